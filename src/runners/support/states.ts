import type { StateKind } from '../../model/state.js';

/** Everything: the next file runs in the same process, realm and module registry. */
export const everything: readonly StateKind[] = [
  'module',
  'global',
  'intrinsic',
  'host-intrinsic',
  'core-module',
  'console',
  'env',
  'process',
  'cwd',
  'mock',
  'module-mock',
  'timers',
  'env-stub',
  'global-stub',
  'http-mock',
  'handle',
  'port',
  'file',
];
export const without = (kinds: readonly StateKind[], ...gone: readonly StateKind[]): readonly StateKind[] => kinds.filter((kind) => !gone.includes(kind));
