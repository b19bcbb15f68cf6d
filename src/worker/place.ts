/**
 * The folder of a run, below the system's temporary directory: its id, what it has made, its temporary files. It exists so that workers which share no
 * memory agree, and so that somebody can clean up when none of them is left.
 */
import { linkSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { bornAt } from '../processes.js';
import { digest } from './digest.js';
import { mintRun } from './run.js';

export interface Place {
  readonly run: string;
  readonly path: string;
  /** This process is the one that made the run's id. */
  readonly isNew: boolean;
}

/** All runs of this user. What lies there names databases and how to reach them, so it is for nobody else. */
export function home(): string {
  const path = join(tmpdir(), `isolation-audit-${process.getuid?.() ?? 'user'}`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const stats = lstatSync(path);
  if (process.getuid && (!stats.isDirectory() || stats.uid !== process.getuid() || (stats.mode & 0o022) !== 0)) {
    throw new Error(`${path} belongs to another user or is writable by others: remove it, or set TMPDIR to a directory of your own.`);
  }
  return path;
}

/** The place of the run whose main process is `root`. Whoever comes first makes it; all others find the same id. */
export function placeOf(root: number): Place {
  const path = pathOf(root);
  const known = idIn(path);
  if (known !== undefined) return { run: known, path, isNew: false };
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const mine = mintRun(root);
  const draft = join(path, `id.${randomUUID()}`);
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    // Unlike a rename, a link does not replace what another worker has put there meanwhile.
    linkSync(draft, join(path, 'id'));
    return { run: mine, path, isNew: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { run: readFileSync(join(path, 'id'), 'utf8'), path, isNew: false };
  } finally {
    rmSync(draft, { force: true });
  }
}

export const pathOf = (root: number): string => join(home(), `${root}-${bornAt(root)}`);

export const idIn = (path: string): string | undefined => textOf(join(path, 'id'));

export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** What was noted under a key; nothing where it never was. */
export function noted(folder: string, key: string): unknown {
  try {
    return JSON.parse(readFileSync(noteFile(folder, key), 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}

export function note(folder: string, key: string, value: unknown): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = noteFile(folder, key);
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
  renameSync(draft, file);
}

const noteFile = (folder: string, key: string): string => join(folder, `${digest(key, 20)}.json`);
