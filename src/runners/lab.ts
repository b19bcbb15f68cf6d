import type { Command, Layout, Runner, RunnerUse, Schedule, Vocabulary, Word } from '../model/runner.js';
import { flagList, flagOn, names, readFlags, type Flags } from './support/flags.js';
import { booleanOf, computedNotes, textsOf, titled } from './support/options.js';
import { fileGlobs } from './support/paths.js';
import { everything } from './support/states.js';

const test: Word = { role: 'test' };
const suite: Word = { role: 'suite' };
const hook = (when: 'before' | 'after', scope: 'file' | 'test'): Word => ({ role: 'hook', when, scope });

const vocabulary: Vocabulary = {
  modules: ['@hapi/lab', 'lab'],
  globals: false,
  maker: 'script',
  words: {
    experiment: suite,
    describe: suite,
    suite,
    test,
    it: test,
    before: hook('before', 'file'),
    after: hook('after', 'file'),
    beforeEach: hook('before', 'test'),
    afterEach: hook('after', 'test'),
  },
  modifiers: { only: 'only', skip: 'skip' },
  members: {},
  context: {},
  cleanups: [],
  sharedContext: 'context',
  sets: { NODE_ENV: 'test' },
};

/** `@hapi/lab` 26.0, `lib/cli`. */
const grammar = {
  values: names(`assert contextTimeout coverageExclude coveragePath coveragePattern coveragePredicates defaultPlanThreshold environment globals grep id
    linter lintOptions lintErrorsThreshold lintWarningsThreshold output pattern reporter require retries seed threshold timeout transform typesTest`),
  aliases: {
    a: 'assert',
    M: 'contextTimeout',
    p: 'defaultPlanThreshold',
    e: 'environment',
    f: 'flat',
    I: 'globals',
    ignore: 'globals',
    g: 'grep',
    i: 'id',
    n: 'linter',
    o: 'output',
    P: 'pattern',
    r: 'reporter',
    req: 'require',
    R: 'retries',
    t: 'threshold',
    m: 'timeout',
    T: 'transform',
  },
};
const flagsOf = (command: Command): Flags => readFlags(command.words, grammar);

function layout(use: RunnerUse): Layout {
  const { options } = use;
  const commands = use.commands.map(flagsOf);
  const include: string[] = [];
  for (const flags of commands.length > 0 ? commands : [readFlags(['lab'], grammar)]) {
    const given = (key: string): readonly string[] => (flagList(flags, key).length > 0 ? flagList(flags, key) : textsOf(options[key]));
    const on = (key: string): boolean => flagOn(flags, key) ?? booleanOf(options[key]) ?? false;
    const extensions = ['js', 'mjs', 'cjs', ...(on('typescript') || given('transform').length > 0 ? ['ts', 'tsx'] : [])];
    const paths = flags.rest.length > 0 ? flags.rest : textsOf(options['paths']);
    for (const path of paths.length > 0 ? paths : ['test']) include.push(...inFolder(fileGlobs(path, extensions, !on('flat')), given('pattern')));
  }
  return {
    dir: use.dir,
    include: [...new Set(include)],
    exclude: ['**/node_modules/**', '**/.*'],
    setupFiles: [...textsOf(options['require']), ...commands.flatMap((flags) => flagList(flags, 'require'))],
    globalSetup: [],
  };
}

/** A pattern is a regular expression over the name of a file; where it is plain text, a glob says the same: `-P unit` is `*unit*.js`. */
const inFolder = (globs: readonly string[], [pattern]: readonly string[]): readonly string[] =>
  pattern !== undefined && /^[\w-]+$/.test(pattern) ? globs.map((glob) => glob.replace(/(^|\/)\*\.(?=[^/]*$)/, `$1*${pattern}*.`)) : globs;

function schedule(use: RunnerUse): Schedule {
  const title = titled('Lab', use);
  return {
    runner: 'lab',
    ...(use.version ? { version: use.version } : {}),
    dir: use.dir,
    mode: `${title}, one process`,
    files: { overlap: 'serial', by: 'default', reason: 'Lab runs all test files in one process, one after another' },
    canParallel: false,
    tests: 'sequential',
    unit: 'process',
    crossFile: everything,
    preloadsAll: true,
    rootHooks: 'file',
    restores: [],
    chdirThrows: false,
    workerIds: [],
    why: 'Two runs of Lab on one machine are two processes',
    whyWithin: `${title} loads all test files into one process and runs their tests there, one after another`,
    notes: computedNotes(use, ['paths', 'pattern', 'require', 'flat']),
  };
}

const lab: Runner = {
  id: 'lab',
  language: 'typescript',
  title: 'Lab',
  packages: ['@hapi/lab', 'lab'],
  commands: ['lab'],
  configFiles: ['.labrc.{js,cjs}'],
  vocabulary,
  layout,
  schedule,
};
export default lab;
