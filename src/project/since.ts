import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { askGit } from './git-ref.js';

const run = promisify(execFile);

/**
 * Files below the root that differ from where this branch left a git ref: committed, staged, changed and new ones alike.
 * Deleted files are left out. Paths are relative to the root.
 */
export async function changedSince(root: string, ref: string): Promise<ReadonlySet<string>> {
  const { top, git } = await askGit(root, '--since', ref);
  const base = await mergeBase(root, ref);
  const [changed, added] = await Promise.all([
    git(['diff', '--name-only', '--no-renames', '--diff-filter=d', '-z', base, '--', '.']),
    git(['ls-files', '--others', '--exclude-standard', '--full-name', '-z', '--', '.']),
  ]);
  const prefix = relative(top, realpathSync(root)).split(sep).join('/');
  const files = new Set<string>();
  for (const path of `${changed}${added}`.split('\0')) {
    if (path !== '' && (prefix === '' || path.startsWith(`${prefix}/`))) files.add(prefix === '' ? path : path.slice(prefix.length + 1));
  }
  return files;
}

/** Where the branch left the ref; histories without a common commit (a shallow clone) compare with the ref itself. */
async function mergeBase(root: string, ref: string): Promise<string> {
  try {
    return (await run('git', ['merge-base', ref, 'HEAD'], { cwd: root })).stdout.trim() || ref;
  } catch {
    return ref;
  }
}
