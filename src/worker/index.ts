/**
 * `isolation-audit/worker`: what tests need to be alone. Names, numbers and places that no other worker has.
 * Owns no connection and must import nothing of the scan: it runs inside the tests of others.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type NameKind } from './kinds.js';
import { nameOf } from './names.js';
import { home, idIn, pathOf, textOf } from './place.js';
import { isOver } from './run.js';
import { ask } from './service.js';
import { forgetWorker, thisWorker } from './slot.js';

export { workerDatabase, workerKeyPrefix, type DatabaseOptions } from './databases.js';
export { pointEnvironment, type EnvironmentOptions } from './environment.js';
export type { NameKind } from './kinds.js';

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

/** A directory of this worker, there from the first call to the end of the run. */
export function workerDirectory(): string {
  const { path, slot } = thisWorker();
  const directory = join(path, 'tmp', String(slot));
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return directory;
}

/**
 * A TCP port that is free now and that no other worker of this machine is given. A program that was not asked for can still take it before it is bound:
 * where the server under test can bind port 0, that is better.
 */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const { run } = thisWorker();
  for (;;) {
    const server = createServer();
    await new Promise<void>((done, failed) => server.once('error', failed).listen(0, host, done));
    const { port } = server.address() as AddressInfo;
    const reserved = reserve(port, run);
    await new Promise((done) => server.close(done));
    if (reserved) return port;
  }
}

/** While the port is bound nobody else can reserve it, so the file needs no lock. */
function reserve(port: number, run: string): boolean {
  const folder = join(home(), 'ports');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, String(port));
  const holder = textOf(file);
  if (holder !== undefined && !isOver(holder)) return false;
  writeFileSync(file, run, { mode: 0o600 });
  return true;
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
