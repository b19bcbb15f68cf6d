/** What two commands have in common: whether they can touch one thing, and what people call it. Pure. */
import { starPattern } from '../model/patterns.js';
import type { Access, Command, Recording, Touch } from './recording.js';

/** Something that a command does to one thing. */
export interface Use {
  readonly command: Command;
  readonly touch: Touch;
}

/** How much harm it does to others, the least first. */
export const HARM: Readonly<Record<Access, number>> = { clear: 4, write: 2, read: 0 };

export const writes = ({ access }: Touch): boolean => access !== 'read';

/** What it is called: `key cart`, `table users`. */
export const nameOf = ({ kind, name }: Touch): string => (name === '' ? kind : `${kind} ${name}`);

/** Where workers have numbers, a process without one is the runner's own: global set-up and its end. */
export function isOfTests({ commands }: Recording): (command: Command) => boolean {
  const numbered = commands.some(({ worker }) => worker !== undefined);
  return ({ worker, reply }) => (!numbered || worker !== undefined) && reply !== 'none';
}

/** A statement can read and write one table: it is the write that counts. */
export function uniqueTouches({ touches }: Command): readonly Touch[] {
  const named = new Map<string, Touch>();
  for (const touch of touches) {
    const key = `${touch.kind}\0${touch.name}`;
    const known = named.get(key);
    if (!known || HARM[touch.access] > HARM[known.access]) named.set(key, touch);
  }
  return [...named.values()];
}

/** Whether two touches can be of one thing. */
export function overlaps(x: Use, y: Use): boolean {
  if (x.command.service !== y.command.service) return false;
  const [a, b] = [x.touch, y.touch];
  if (a.kind === 'server' || b.kind === 'server') return true;
  // Channels, roles and databases themselves belong to the server.
  if (a.kind === 'channel' || a.kind === 'role') return a.kind === b.kind && a.name === b.name;
  if (a.kind === 'path') return reaches(a, b) || reaches(b, a);
  if (databaseOf(x) !== databaseOf(y)) return false;
  if (isWhole(a) || isWhole(b)) return b.kind !== 'channel' && b.kind !== 'role';
  if (a.kind === 'schema' && b.kind === 'table') return b.name.startsWith(`${a.name}.`);
  if (b.kind === 'schema' && a.kind === 'table') return a.name.startsWith(`${b.name}.`);
  return a.kind === b.kind && (a.name === b.name || (a.kind === 'key' && (fits(a.name, b.name) || fits(b.name, a.name))));
}

/** A database that is made or dropped is what is touched, wherever the command was sent. */
export const databaseOf = ({ command, touch }: Use): string =>
  touch.kind === 'database' && touch.name !== '' ? touch.name : (touch.database ?? command.database);

/** One path; a folder that is removed with all in it, or looked into. */
const reaches = (a: Touch, b: Touch): boolean =>
  a.name === b.name ||
  (a.access === 'clear' && b.name.startsWith(`${a.name}/`)) ||
  (a.access === 'read' && b.name.slice(0, b.name.lastIndexOf('/')) === a.name);

export const isWhole = ({ kind }: Touch): boolean => kind === 'keyspace' || kind === 'database';

/** A pattern as Redis reads it: `user:*`. */
const fits = (pattern: string, name: string): boolean => pattern.includes('*') && starPattern(pattern).test(name);
