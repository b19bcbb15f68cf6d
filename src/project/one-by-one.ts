import type { Command } from '../model/runner.js';
import { filterOf } from './file-filters.js';
import { matching } from './layout-files.js';
import { isObject } from './json-file.js';
import type { Packages } from './packages.js';
import type { SuiteUse } from './test-files.js';
import type { Walk } from './walk.js';

/** Starts commands beside each other. */
const AT_ONCE = /\b(concurrently|run-p|parallel|turbo)\b|npm-run-all\b.*\s-p\b|[^&]&\s|&$/;

/** `test:orders: mocha test/orders.js`, and other commands for the other files: no other test file ever runs together with this one, so it is a suite of its own. */
export function oneByOne(suite: SuiteUse, walk: Walk, packages: Packages): readonly SuiteUse[] {
  const { use, testFiles } = suite;
  if (testFiles.length < 2 || use.commands.length < 2) return [suite];
  const ran = use.commands.map((command) => ({ command, files: filesOf(suite, command, walk) }));
  // Without the name of a file a command runs what the configuration says.
  const alone = testFiles.filter((file) => ran.every(({ files }) => files.length > 0 && (files.length === 1 || !files.includes(file))));
  if (alone.length === 0 || testFiles.some((file) => ran.every(({ files }) => !files.includes(file))) || runsAtOnce(use.dir, packages)) return [suite];
  const part = (files: readonly string[]): SuiteUse => ({
    ...suite,
    use: { ...use, commands: ran.flatMap((each) => (files.some((file) => each.files.includes(file)) ? [each.command] : [])) },
    testFiles: files,
  });
  const others = testFiles.filter((file) => !alone.includes(file));
  return [...(others.length > 0 ? [part(others)] : []), ...alone.map((file) => part([file]))];
}

/** The test files that a command names; none where it names none. */
function filesOf({ use, runner, testFiles }: SuiteUse, command: Command, walk: Walk): readonly string[] {
  if (!command.words.some((word) => NAMES_FILES.test(word))) return [];
  const own = { ...use, commands: [command] };
  const filter = filterOf(own);
  return matching(runner.layout(own), walk).filter((path) => testFiles.includes(path) && (filter?.(path) ?? true));
}

/** A file, or a pattern for files: `test/orders.js`, `test/*.test.js`. */
const NAMES_FILES = /^[^-$]*\.[cm]?[jt]sx?$/;

/** By a script of the package, or of the whole repository. */
function runsAtOnce(dir: string, packages: Packages): boolean {
  return [dir, ''].some((each) => {
    const scripts = packages.owner(each)?.json['scripts'];
    return isObject(scripts) && Object.values(scripts).some((text) => typeof text === 'string' && AT_ONCE.test(text));
  });
}
