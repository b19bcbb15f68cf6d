import { setImmediate as breathe } from 'node:timers/promises';
import type { Progress, ScanOptions } from './scan-options.js';

/** Steps between two looks at the event loop: signals and timers wait no longer than this many files take. */
const BREATH = 32;

export type Tell = (progress: Progress) => Promise<void>;

/** Shows progress, and lets signals in now and then. */
export async function teller({ onProgress, signal }: ScanOptions): Promise<Tell> {
  let steps = 0;
  await breathe();
  return async (progress) => {
    onProgress?.(progress);
    if (steps++ % BREATH === 0 || progress.total === 0) await breathe();
    signal?.throwIfAborted();
  };
}
