import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

interface Replaced {
  /** Absolute. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** It is made, in a folder that is there. */
  readonly isNew?: true;
}

/** Replaces several files or none: all are written beside first, and what has been renamed is put back when one fails. */
export function replaceTogether(files: readonly Replaced[]): void {
  const ready: { readonly file: Replaced; readonly target: string; readonly beside: string }[] = [];
  let done = 0;
  try {
    for (const file of files) {
      if (file.isNew && existsSync(file.path)) throw new UserError(`\`${file.path}\` has come in the meantime. Run the command again.`);
      const target = file.isNew ? file.path : realpathSync(file.path);
      if (!file.isNew && readFileSync(target, 'utf8') !== file.before)
        throw new UserError(`\`${file.path}\` has changed in the meantime. Run the command again.`);
      const beside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
      unfinished.add(beside);
      ready.push({ file, target, beside });
      writeFileSync(beside, file.after, { mode: modeOf(target) });
    }
    for (const { target, beside } of ready) {
      renameSync(beside, target);
      done++;
    }
  } catch (error) {
    for (const { file, target } of ready.slice(0, done)) {
      if (file.isNew) rmSync(target, { force: true });
      else writeFileAtomic(target, file.before);
    }
    if (error instanceof UserError) throw error;
    throw new UserError(`Cannot write ${ready[done]?.file.path ?? 'the files'}: ${reason(error)}. Nothing has been changed.`, { cause: error });
  } finally {
    for (const { beside } of ready) {
      rmSync(beside, { force: true });
      unfinished.delete(beside);
    }
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
