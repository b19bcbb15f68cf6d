import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { errorCode, errorText, UserError } from './user-error.js';

const run = promisify(execFile);

/**
 * Files below the root that differ from where this branch left a git ref: committed, staged, changed and new ones alike.
 * Deleted files are left out. Paths are relative to the root.
 */
export async function changedSince(root: string, ref: string): Promise<ReadonlySet<string>> {
  if (ref === '' || ref.startsWith('-')) throw new UserError(`\`--since ${ref}\` names no git ref. Pass a branch, a tag or a commit: --since origin/main.`);
  const top = (await git(root, ref, ['rev-parse', '--show-toplevel'])).trim();
  await git(root, ref, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  const base = await mergeBase(root, ref);
  const [changed, added] = await Promise.all([
    git(root, ref, ['diff', '--name-only', '--no-renames', '--diff-filter=d', '-z', base, '--', '.']),
    git(root, ref, ['ls-files', '--others', '--exclude-standard', '--full-name', '-z', '--', '.']),
  ]);
  const prefix = relative(realpathSync(top), realpathSync(root)).split(sep).join('/');
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

async function git(root: string, ref: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run('git', ['-c', 'core.quotePath=false', ...args], { cwd: root, maxBuffer: 256 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    if (errorCode(error) === 'ENOENT')
      throw new UserError('`--since` asks git which files have changed, and git is not installed. Install it or leave `--since` out.', { cause: error });
    if (args.includes('--verify'))
      throw new UserError(`\`--since ${ref}\`: git knows no commit of that name. In CI the checkout may be shallow: fetch the branch first (fetch-depth: 0).`, {
        cause: error,
      });
    if (args.includes('--show-toplevel'))
      throw new UserError(`\`--since ${ref}\`: ${root} is not in a git repository. Leave \`--since\` out or scan a clone.`, { cause: error });
    throw new UserError(`\`--since ${ref}\`: git failed: ${errorText(error).trim().split('\n').at(-1) ?? ''}`, { cause: error });
  }
}
