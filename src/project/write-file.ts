import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { errorCode, errorText, UserError } from './user-error.js';

/** Temporary files of writes that have begun and not ended, for `abandonWrites`. */
const unfinished = new Set<string>();

/** Writes beside and renames, so that a reader and an interrupted run see the old file or the new one, never a half. */
export function writeFileAtomic(target: string, content: string | Uint8Array): void {
  // A device or pipe (`/dev/null`) is written to, never replaced; a link stays, and what it leads to is replaced.
  const known = statSync(target, { throwIfNoEntry: false });
  if (known && !known.isFile()) {
    writeFileSync(target, content);
    return;
  }
  const path = known ? realpathSync(target) : target;
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  unfinished.add(beside);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(beside, content, { mode: modeOf(path) });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  } finally {
    unfinished.delete(beside);
  }
}

/** The same for what the user asked to have written: failures become a message. `what` is a noun: `the report`. */
export function writeForUser(path: string, content: string, what: string): void {
  try {
    if (!holds(path, content)) writeFileAtomic(path, content);
  } catch (error) {
    throw new UserError(`Cannot write ${what} to ${path}: ${reason(error)}. Choose another path or make that folder writable.`, { cause: error });
  }
}

/** A file that has the content already keeps its time: nobody who watches it is woken. */
function holds(path: string, content: string): boolean {
  const known = statSync(path, { throwIfNoEntry: false });
  return known?.isFile() === true && known.size === Buffer.byteLength(content) && readFileSync(path, 'utf8') === content;
}

/** Removes what interrupted writes left: called on SIGINT and SIGTERM. */
export function abandonWrites(): void {
  for (const path of unfinished) rmSync(path, { force: true });
  unfinished.clear();
}

function modeOf(path: string): number {
  try {
    return statSync(path).mode & 0o777;
  } catch {
    return 0o666;
  }
}

function reason(error: unknown): string {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return 'no permission';
    case 'EROFS':
      return 'the file system is read-only';
    case 'ENOSPC':
      return 'the disk is full';
    case 'EISDIR':
      return 'it is a folder';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a part of the path is a file';
    default:
      return errorText(error);
  }
}
