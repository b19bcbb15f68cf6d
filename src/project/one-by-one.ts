import type { Command } from '../model/runner.js';
import { filterOf } from './file-filters.js';
import { matching } from './layout-files.js';
import { isObject } from './json-file.js';
import type { Packages } from './packages.js';
import type { SuiteUse } from './test-files.js';
import type { Walk } from './walk.js';

/** Starts commands beside each other. */
const AT_ONCE = /\b(concurrently|run-p|parallel|turbo)\b|npm-run-all\b.*\s-p\b|[^&]&\s|&$/;

/** `test:orders: mocha test/orders.js`, and one like it for each other file: no two of them ever run together, so each is a suite of its own. */
export function oneByOne(suite: SuiteUse, walk: Walk, packages: Packages): readonly SuiteUse[] {
  const { use, testFiles } = suite;
  const alone = testFiles.length > 1 && use.commands.length > 1 ? use.commands.map((command) => onlyFileOf(suite, command, walk)) : [];
  if (alone.length === 0 || alone.includes(undefined) || testFiles.some((file) => !alone.includes(file)) || runsAtOnce(use.dir, packages)) return [suite];
  return testFiles.map((file) => ({ ...suite, use: { ...use, commands: use.commands.filter((_, index) => alone[index] === file) }, testFiles: [file] }));
}

/** The one test file that a command runs. */
function onlyFileOf({ use, runner, testFiles }: SuiteUse, command: Command, walk: Walk): string | undefined {
  // Without the name of a file a command runs what the configuration says.
  if (!command.words.some((word) => testFiles.some((file) => file.endsWith(word.replace(/^\.\//, ''))))) return undefined;
  const own = { ...use, commands: [command] };
  const filter = filterOf(own);
  const [file, ...others] = matching(runner.layout(own), walk).filter((path) => testFiles.includes(path) && (filter?.(path) ?? true));
  return others.length === 0 ? file : undefined;
}

/** By a script of the package, or of the whole repository. */
function runsAtOnce(dir: string, packages: Packages): boolean {
  return [dir, ''].some((each) => {
    const scripts = packages.owner(each)?.json['scripts'];
    return isObject(scripts) && Object.values(scripts).some((text) => typeof text === 'string' && AT_ONCE.test(text));
  });
}
