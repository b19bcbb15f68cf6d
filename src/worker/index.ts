/**
 * `isolation-audit/worker`: what tests need to be alone. Names, numbers and places that no other worker has.
 * Owns no connection and must import nothing of the scan: it runs inside the tests of others.
 */
import { type NameKind } from './kinds.js';
import { nameOf } from './names.js';
import { idIn, pathOf } from './place.js';
import { ask } from './service.js';
import { forgetWorker, thisWorker } from './slot.js';

export { workerConnection, type ConnectionKind } from './connections.js';
export { workerDatabase, workerKeyPrefix, type DatabaseOptions } from './databases.js';
export { pointEnvironment, type EnvironmentOptions } from './environment.js';
export type { NameKind } from './kinds.js';
export { freePort, workerDirectory, workerPort } from './places.js';

/** The number of this worker. No other worker that runs at the same time has it. */
export function workerSlot(): number {
  return thisWorker().slot;
}

/** The id of this run: 19 letters and digits, equal in all its workers and in no other run. */
export function runId(): string {
  return thisWorker().run;
}

export interface NameOptions {
  /** What the name is for: decides letters and length. */
  readonly kind: NameKind;
  /** Where each test needs its own: what tells the test from all others of this worker, as its full title does. */
  readonly test?: string;
}

/** `base` with the run and the worker in it, legal for its kind. Two bases never give one name. */
export function workerName(base: string, { kind, test }: NameOptions): string {
  const { run, slot } = thisWorker();
  return nameOf({ base, run, slot, kind, test });
}

/**
 * Ends the run that this process leads: removes what its workers have made, and returns when that is done. Without it the same happens a moment after
 * the process has ended. For global teardown; other processes than the runner's main one end nothing by it.
 */
export function endRun(): void {
  forgetWorker();
  const place = pathOf(process.pid);
  if (idIn(place) !== undefined) ask({ do: 'end', place });
}
