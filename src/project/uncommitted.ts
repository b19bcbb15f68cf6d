import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UserError } from './user-error.js';

const run = promisify(execFile);
/** Paths on one command line. */
const AT_ONCE = 100;

/** Those of the files that git could not give back as they are: changed, staged or unknown to it. Nothing where there is no repository to ask. */
export async function uncommitted(root: string, paths: readonly string[]): Promise<readonly string[] | undefined> {
  try {
    await run('git', ['rev-parse', '--show-toplevel'], { cwd: root });
  } catch {
    return undefined;
  }
  try {
    const isChanged = async (some: readonly string[]): Promise<boolean> => {
      const words = ['--no-optional-locks', 'status', '--porcelain', '-z', '--ignored', '--untracked-files=all', '--'];
      return (await run('git', [...words, ...some.map((path) => `:(literal)${path}`)], { cwd: root })).stdout !== '';
    };
    const changed: string[] = [];
    for (let at = 0; at < paths.length; at += AT_ONCE) {
      const some = paths.slice(at, at + AT_ONCE);
      if (!(await isChanged(some))) continue;
      for (const path of some) if (await isChanged([path])) changed.push(path);
    }
    return changed;
  } catch (error) {
    throw new UserError('git does not say which files have uncommitted changes. Repair the repository, or pass `--force`.', { cause: error });
  }
}
