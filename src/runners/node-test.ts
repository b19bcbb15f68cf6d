import type { Command, Layout, Runner, RunnerUse, Schedule, Vocabulary, Word } from '../model/runner.js';
import { flag, flagList, readFlags, splitShort, names, type Flags } from './support/flags.js';
import { computedNotes, countOf, textsOf, titled, versionOf } from './support/options.js';
import { mainCommands, overlapOf, type Ruling } from './support/overlap.js';
import { isGlob, under } from './support/paths.js';
import { named } from './support/lanes.js';
import { everything } from './support/states.js';

const test: Word = { role: 'test' };
const suite: Word = { role: 'suite' };
const hook = (when: 'before' | 'after', scope: 'file' | 'suite' | 'test'): Word => ({ role: 'hook', when, scope });
const words: Readonly<Record<string, Word>> = {
  test,
  it: test,
  describe: suite,
  suite,
  before: hook('before', 'file'),
  after: hook('after', 'file'),
  beforeEach: hook('before', 'test'),
  afterEach: hook('after', 'test'),
};

const vocabulary: Vocabulary = {
  modules: ['node:test', 'test'],
  globals: false,
  words: { default: test, ...words },
  modifiers: { only: 'only', skip: 'skip', todo: 'todo', expectFailure: 'fails' },
  // `module.exports` is `test` itself, with every other word on it.
  members: words,
  context: { test, before: hook('before', 'suite'), after: 'cleanup', beforeEach: hook('before', 'test'), afterEach: hook('after', 'test') },
  cleanups: [],
};

/** Flags with a value written apart: `node --help` of 24.21, and `borp` 1.0. */
const nodeGrammar = {
  values: names(`import require loader experimentalLoader conditions envFile envFileIfExists disableWarning inputType watchPath testConcurrency testReporter
    testReporterDestination testNamePattern testSkipPattern testTimeout testShard testIsolation experimentalTestIsolation testGlobalSetup
    testCoverageInclude testCoverageExclude testCoverageBranches testCoverageFunctions testCoverageLines testRandomSeed testRerunFailures
    experimentalConfigFile tsconfig`),
  aliases: { r: 'require', C: 'conditions', testConcurrency: 'testConcurrency', experimentalTestIsolation: 'testIsolation' },
};
const borpGrammar = {
  values: ['pattern', 'testConcurrency', 'timeout', 'coverageExclude', 'ignore', 'postCompile', 'reporter', 'lines', 'branches', 'functions', 'statements'],
  aliases: {
    p: 'pattern',
    c: 'testConcurrency',
    concurrency: 'testConcurrency',
    C: 'coverage',
    t: 'timeout',
    X: 'coverageExclude',
    i: 'ignore',
    P: 'postCompile',
    r: 'reporter',
    o: 'only',
    w: 'watch',
    T: 'noTypescript',
  },
};
const isBorp = (command: Command): boolean => command.words[0] === 'borp';
const flagsOf = (command: Command): Flags =>
  isBorp(command) ? readFlags(splitShort(command.words, 'ct'), borpGrammar) : readFlags(command.words, nodeGrammar);

/** Node's documentation of `--test`: 24.21; TypeScript files count where types are stripped without a flag, from 22.18. */
const defaults = (extensions: string): string[] => [
  `**/*.test.{${extensions}}`,
  `**/*-test.{${extensions}}`,
  `**/*_test.{${extensions}}`,
  `**/test-*.{${extensions}}`,
  `**/test.{${extensions}}`,
  `**/test/**/*.{${extensions}}`,
];
/** `borp` 1.0 README. */
const BORP = ['**/*.test.{js,mjs,cjs,ts,mts,cts}'];

function stripsTypes(use: RunnerUse, command: Command | undefined): boolean {
  const version = versionOf(use);
  if (version && (version.major > 22 || (version.major === 22 && version.minor >= 18))) return true;
  return command?.words.some((word) => /^--experimental-(?:strip|transform)-types$|tsx|ts-node|swc|esbuild/.test(word)) ?? false;
}

function layout(use: RunnerUse): Layout {
  const include: string[] = [];
  const exclude = ['**/node_modules/**'];
  const setup: string[] = [];
  const globalSetup: string[] = [];
  for (const command of use.commands.length > 0 ? use.commands : [undefined]) {
    const flags = command ? flagsOf(command) : undefined;
    const borp = command !== undefined && isBorp(command);
    const js = stripsTypes(use, command) ? 'cjs,mjs,js,cts,mts,ts' : 'cjs,mjs,js';
    const written = [...(flags?.rest ?? []), ...(borp ? textsOf(use.options['files']) : [])];
    const patterns = written.length > 0 ? written : flags && borp ? flagList(flags, 'pattern') : [];
    if (patterns.length === 0) include.push(...(borp ? BORP : defaults(js)));
    for (const pattern of patterns) {
      const path = pattern.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
      if (path.startsWith('!')) exclude.push(path.slice(1));
      else if (isGlob(path) || /\.[A-Za-z]+$/.test(path)) include.push(path);
      // A folder is searched as the working directory is (Node 20; later ones want a glob).
      else include.push(...(/(?:^|\/)test$/.test(path) ? [`${path}/**/*.{${js}}`] : defaults(js).map((glob) => under(path, glob))));
    }
    if (!flags) continue;
    exclude.push(...flagList(flags, 'ignore'));
    setup.push(...flagList(flags, 'import'), ...flagList(flags, 'require'));
    globalSetup.push(...flagList(flags, 'testGlobalSetup'));
  }
  return {
    dir: use.dir,
    include: [...new Set(include)],
    exclude: [...new Set(exclude)],
    setupFiles: [...new Set(setup)],
    globalSetup: [...new Set(globalSetup)],
  };
}

const inOneProcess = (command: Command): boolean => flag(flagsOf(command), 'testIsolation') === 'none';

function ruling(command: Command): Ruling | undefined {
  const flags = flagsOf(command);
  if (inOneProcess(command))
    return { overlap: 'serial', said: `passes \`${command.words.find((word) => word.includes('test-isolation'))?.split('=')[0] ?? '--test-isolation'}=none\`` };
  const written = flag(flags, 'testConcurrency');
  if (written === undefined) return undefined;
  const count = countOf(written) ?? 2;
  return { overlap: count <= 1 ? 'serial' : 'parallel', said: `passes \`${isBorp(command) ? '--concurrency' : '--test-concurrency'}=${written}\`` };
}

function schedule(use: RunnerUse): Schedule {
  const verdict = overlapOf(use, { overlap: 'parallel', reason: 'Node runs test files in parallel by default' }, ruling);
  const one = verdict.command !== undefined && inOneProcess(verdict.command);
  const borp = use.commands.some(isBorp);
  const title = titled('Node', use);
  // Absent from Node 20 and 22; 24 has it, the exact release is not known (nodejs/node pull request 61394).
  const known = versionOf(use);
  return {
    runner: 'node-test',
    ...(use.version ? { version: use.version } : {}),
    dir: use.dir,
    mode: `${title} test runner${borp ? ' through borp' : ''}, ${one ? 'one process' : 'a process per file'}`,
    files: verdict.files,
    canParallel: true,
    ...(verdict.files.overlap === 'serial' ? { parallelSwitch: one ? '--test-isolation=process' : borp ? '--concurrency=4' : '--test-concurrency=4' } : {}),
    tests: 'sequential',
    unit: 'process',
    crossFile: one ? everything : ['file'],
    preloadsAll: one,
    rootHooks: one ? 'run' : 'file',
    restores: [],
    chdirThrows: false,
    workerIds:
      known && known.major < 24
        ? []
        : [
            { name: 'NODE_TEST_WORKER_ID', form: 'env', unique: true, bounded: true, first: 1, serial: '1', unsetIn: ['config', 'global-setup'] },
            {
              name: 't.workerId',
              form: 'property',
              unique: true,
              bounded: true,
              first: 1,
              serial: '1',
              unsetIn: ['config', 'global-setup', 'setup', 'import'],
            },
          ],
    why: `${title} runs each test file in a process of its own, several at the same time`,
    whyWithin: one
      ? `${title} loads all test files into one process and runs them there`
      : `${title} runs the tests of a file in one process, which ends with the file`,
    notes: [
      ...verdict.notes,
      ...computedNotes(use, ['files', 'concurrency']),
      ...(mainCommands(use).some(inOneProcess) && !one ? ['A command runs all files in one process.'] : []),
    ],
  };
}

const nodeTest: Runner = {
  id: 'node-test',
  language: 'typescript',
  title: 'Node test runner',
  packages: ['borp'],
  commands: ['node --test', 'tsx --test', 'ts-node --test', 'borp'],
  configFiles: ['.borp.{yaml,yml}'],
  vocabulary,
  layout,
  schedule,
  // Since Node 21 and 20.10.
  lane: (_, files) => ({ alone: `node --test --test-concurrency=1 ${named(files)}` }),
};
export default nodeTest;
