import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { errorText } from './user-error.js';

const run = promisify(execFile);

const TOOLS = [
  { name: 'prettier', bin: 'prettier/bin/prettier.cjs', words: ['--write', '--ignore-unknown', '--log-level', 'warn'] },
  { name: 'eslint', bin: 'eslint/bin/eslint.js', words: ['--fix', '--no-warn-ignored'] },
];

/**
 * Runs the formatters that are installed in the project over files of it, with its own configuration. This executes code of the project. Answers with what
 * ran and, where one failed, why: a linter that still complains is no failure of the repair.
 */
export async function formatFiles(root: string, paths: readonly string[]): Promise<readonly { readonly tool: string; readonly why?: string }[]> {
  const out: { readonly tool: string; readonly why?: string }[] = [];
  for (const { name, bin, words } of TOOLS) {
    const program = join(root, 'node_modules', bin);
    const own = name === 'eslint' ? paths.filter((path) => /\.[cm]?[jt]sx?$/.test(path)) : paths;
    if (!existsSync(program) || own.length === 0) continue;
    try {
      await run(process.execPath, [program, ...words, ...own], { cwd: root });
      out.push({ tool: name });
    } catch (error) {
      out.push({ tool: name, why: errorText(error).split('\n')[0] ?? 'it failed' });
    }
  }
  return out;
}
