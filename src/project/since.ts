import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { askGit } from './git-ref.js';

/**
 * Files below the root that differ from where this branch left a git ref: committed, staged, changed and new ones alike.
 * Deleted files are left out. Paths are relative to the root.
 */
export async function changedSince(root: string, ref: string): Promise<ReadonlySet<string>> {
  const { top, git } = await askGit(root, '--since', ref);
  // Where the branch left the ref; histories without a common commit (a shallow clone) compare with the ref itself.
  const base = (await git(['merge-base', ref, 'HEAD']).catch(() => '')).trim() || ref;
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
