import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { promisify } from 'node:util';
import { errorCode, errorText, UserError } from './user-error.js';

const run = promisify(execFile);

export interface Repository {
  /** Its outermost folder, without links. */
  readonly top: string;
  /** Runs a command of git in the project's folder and gives what it prints. */
  readonly git: (args: readonly string[]) => Promise<string>;
}

/** The repository of a folder, in which a ref that an option of ours has named leads to a commit. Whatever fails says the option. */
export async function askGit(root: string, option: '--since' | '--against', ref: string): Promise<Repository> {
  const asked = `\`${option} ${ref}\``;
  if (ref === '' || ref.startsWith('-')) throw new UserError(`${asked} names no git ref. Pass a branch, a tag or a commit: ${option} origin/main.`);
  const git = async (args: readonly string[]): Promise<string> => {
    try {
      const { stdout } = await run('git', ['-c', 'core.quotePath=false', ...args], { cwd: root, maxBuffer: 256 * 1024 * 1024 });
      return stdout;
    } catch (error) {
      if (errorCode(error) === 'ENOENT')
        throw new UserError(`\`${option}\` asks git, and git is not installed. Install it or leave \`${option}\` out.`, { cause: error });
      if (args.includes('--verify'))
        throw new UserError(`${asked}: git knows no commit of that name. In CI the checkout may be shallow: fetch the branch first (fetch-depth: 0).`, {
          cause: error,
        });
      if (args.includes('--show-toplevel'))
        throw new UserError(`${asked}: ${root} is not in a git repository. Leave \`${option}\` out or take a clone.`, { cause: error });
      throw new UserError(`${asked}: git failed: ${errorText(error).trim().split('\n').at(-1) ?? ''}`, { cause: error });
    }
  };
  const top = realpathSync((await git(['rev-parse', '--show-toplevel'])).trim());
  await git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  return { top, git };
}
