/** How what a statement does reads in a recording. */
import type { SqlReading } from '../../core.js';
import type { Access } from '../recording.js';

/** One thing that a statement does, in whatever language. */
export type Does = SqlReading['does'][number];

export const accessOf = ({ op }: Does): Access => (op === 'wipe' || op === 'drop' ? 'clear' : op === 'read' || op === 'count' ? 'read' : 'write');
