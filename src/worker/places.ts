/** Directories and ports that only one worker has. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { note, noted } from './place.js';
import { reservePort } from './ports.js';
import { ask } from './service.js';
import { thisWorker } from './slot.js';

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
export const freePort = (host = '127.0.0.1'): Promise<number> => reservePort(thisWorker().run, host);

/**
 * This worker's port in the place of one that the tests name: the same for each call with that number, and given to no other worker of this machine. For
 * numbers that stand in several places, on the side of the server and of its clients; where the server's own port can be read back, 0 is better.
 */
export function workerPort(port: number): number {
  const { run, slot, path } = thisWorker();
  const folder = join(path, 'made', String(slot));
  const known = noted(folder, `port ${port}`);
  if (typeof known === 'number') return known;
  const own = Number(ask({ do: 'port', run }));
  note(folder, `port ${port}`, own);
  return own;
}
