import { posix } from 'node:path';
import { globTest } from './globs.js';
import type { Package } from './packages.js';
import { assign, isAssignment, type ShellCommand } from './shell.js';

/** Programs that run the program named by their later words. */
export const WRAPPERS = new Set(
  'cross-env cross-env-shell env dotenv dotenvx env-cmd dotenv-flow c8 nyc istanbul time nice sudo timeout xvfb-run wtfnode start-server-and-test start-test concurrently retry op doppler infisical with-server-test bash sh zsh npx bunx pnpx pnx tsx ts-node ts-node-esm node nodejs electron babel-node esbuild-register docker docker-compose podman script wireit foreground-child exec nohup stdbuf unbuffer trunk varlock heroku aws-vault chamber'.split(
    ' ',
  ),
);
export const NODE_LIKE = new Set(['node', 'nodejs', 'tsx', 'ts-node', 'ts-node-esm', 'babel-node', 'electron']);
export const VALUE_FLAGS = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-e',
  '-f',
  '-p',
  '--project',
  '-P',
  '-C',
  '--conditions',
  '--env-file',
  '-n',
  '-c',
  '--config',
  '--reporter',
  '-O',
]);

/** `node --inspect node_modules/.bin/jest -i` starts jest: the program and its words. */
export function installedProgram(words: readonly string[]): readonly [string, readonly string[]] | undefined {
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (VALUE_FLAGS.has(word)) at++;
    else if (!word.startsWith('-')) return /(?:^|\/)(?:node_modules|\.bin|bin)\//.test(word) ? [nameOf(word), words.slice(at + 1)] : undefined;
  }
  return undefined;
}

/** `node scripts/mocha-in-parallel.js --timeout 9000 -- 'test/**\/*.spec.js'`: a program of the project that hands test files to the runner it is named after. */
export function namedAfter(words: readonly string[], programs: ReadonlySet<string | undefined>): readonly [string, readonly string[]] | undefined {
  const at = words.findIndex((word, index) => index > 0 && !word.startsWith('-') && !VALUE_FLAGS.has(words[index - 1] ?? ''));
  const name = nameOf(words[at] ?? '')
    .split(/[-_.]/)
    .find((part) => programs.has(part) && part !== 'node');
  const rest = words.slice(at + 1);
  return at > 0 && name !== undefined && rest.some((word) => word.includes('*')) ? [name, rest.filter((word) => word !== '--')] : undefined;
}

/** The name of a program: `./node_modules/.bin/_mocha` is `_mocha`, `jest.js` is `jest`, `vitest@2` is `vitest`. */
export function nameOf(word: string): string {
  const base = posix.basename(word.replaceAll('\\', '/')).replace(/\.(?:[cm]?js|cmd|exe)$/, '');
  return base.replace(/(.)@[\w.^~-]+$/, '$1');
}

export function spread(words: readonly string[], rest: readonly string[] | undefined): readonly string[] {
  return rest ? words.flatMap((word) => (/^\$(?:@|\*|\{@\})$/.test(word) ? rest : [word])) : words;
}

export function exported(command: ShellCommand): Record<string, string> {
  const env = { ...command.env };
  for (const word of command.words.slice(1)) if (isAssignment(word)) assign(env, word);
  return env;
}

export function nameTest(filter: string): (each: Package) => boolean {
  const path = filter.startsWith('./') || filter.includes('/') ? globTest([filter.replace(/\/$/, '')]) : undefined;
  const name = globTest([filter.includes('/') ? filter : `{${filter},@*/${filter}}`]);
  return (each) => (each.name !== undefined && name?.(each.name)) || (path?.(each.dir) ?? false) || each.dir === filter || posix.basename(each.dir) === filter;
}

/** The lines that a make target runs, those of the targets it needs first. */
export function recipeOf(makefile: string, target: string, open: readonly string[] = []): string[] {
  const lines = makefile.split(/\r?\n/);
  const at = lines.findIndex((line) => line.startsWith(`${target}:`) && !line.startsWith(`${target}:=`));
  if (at < 0 || open.includes(target)) return [];
  const needed = (lines[at] ?? '')
    .slice(target.length + 1)
    .split(/\s+/)
    .filter((name) => name !== '');
  const recipe = needed.flatMap((name) => recipeOf(makefile, name, [...open, target]));
  for (const line of lines.slice(at + 1)) {
    if (!line.startsWith('\t') && line.trim() !== '') break;
    recipe.push(line.replace(/^\t[@-]*/, '').replaceAll('$$', '$'));
  }
  return recipe;
}
