import type { Command, Layout, Runner, RunnerUse, Schedule, Vocabulary, Word } from '../model/runner.js';
import { flag, flagList, readFlags, type Flags } from './support/flags.js';
import { computedNotes, countOf, option, textOf, textsOf, titled, versionOf } from './support/options.js';
import { overlapOf, type Ruling } from './support/overlap.js';
import { under } from './support/paths.js';
import { everything } from './support/states.js';

const test: Word = { role: 'test' };
const suite: Word = { role: 'suite' };
const hook = (when: 'before' | 'after', scope: 'file' | 'test'): Word => ({ role: 'hook', when, scope });

const vocabulary: Vocabulary = {
  modules: ['jasmine', 'jasmine-core', 'jasmine-core/noGlobals'],
  globals: true,
  words: {
    describe: suite,
    it: test,
    fit: { ...test, modifier: 'only' },
    xit: { ...test, modifier: 'skip' },
    fdescribe: { ...suite, modifier: 'only' },
    xdescribe: { ...suite, modifier: 'skip' },
    beforeAll: hook('before', 'file'),
    afterAll: hook('after', 'file'),
    beforeEach: hook('before', 'test'),
    afterEach: hook('after', 'test'),
  },
  modifiers: {},
  members: {},
  context: {},
  cleanups: [],
  sharedContext: 'this',
};

/** `jasmine` 7.0, `lib/command`: every value follows an equals sign, and `NAME=value` words set variables. */
const flagsOf = (command: Command): Flags =>
  readFlags(
    command.words.filter((word) => !/^\w+=/.test(word)),
    { values: [] },
  );

function layout(use: RunnerUse): Layout {
  const { options } = use;
  // Without a configuration Jasmine runs only files named by the command; these are the patterns that `jasmine init` writes (7.0).
  const written = options['spec_files'] !== undefined;
  const folder = textOf(options['spec_dir']) ?? (written ? '' : 'spec');
  const files = written ? textsOf(options['spec_files']) : ['**/*[sS]pec.?(m)js'];
  const helpers = options['helpers'] !== undefined || written ? textsOf(options['helpers']) : ['helpers/**/*.?(m)js'];
  const commands = use.commands.map(flagsOf);
  const named = commands.filter((flags) => flags.rest.length > 0).flatMap((flags) => flags.rest.map((file) => under('', file)));
  // Files named by a command replace the configured ones, for that command.
  const include =
    commands.length > 0 && commands.every((flags) => flags.rest.length > 0) && !written
      ? named
      : [...files.filter((glob) => !glob.startsWith('!')).map((glob) => under(folder, glob)), ...named];
  return {
    dir: use.dir,
    include: [...new Set(include)],
    exclude: ['**/node_modules/**', ...files.filter((glob) => glob.startsWith('!')).map((glob) => under(folder, glob.slice(1)))],
    setupFiles: [
      ...textsOf(options['requires']),
      ...commands.flatMap((flags) => flagList(flags, 'require')),
      ...helpers.filter((glob) => !glob.startsWith('!')).map((glob) => `./${under(folder, glob)}`),
      ...commands.flatMap((flags) => flagList(flags, 'helper')),
    ],
    globalSetup: [],
  };
}

function schedule(use: RunnerUse): Schedule {
  const verdict = overlapOf(use, { overlap: 'serial', reason: 'Jasmine runs test files in one process unless `--parallel` is passed' }, ruling);
  const serial = verdict.files.overlap === 'serial';
  // Parallel mode came with Jasmine 5.
  const canParallel = (versionOf(use)?.major ?? 5) >= 5;
  const title = titled('Jasmine', use);
  const random = option(use.options, 'env.random') ?? use.options['random'];
  return {
    runner: 'jasmine',
    ...(use.version ? { version: use.version } : {}),
    dir: use.dir,
    mode: `${title}, ${serial ? 'one process' : 'parallel, cluster workers'}${random === false ? ', fixed order' : ', random order'}`,
    files: verdict.files,
    canParallel,
    ...(serial && canParallel ? { parallelSwitch: '--parallel=auto' } : {}),
    tests: 'sequential',
    unit: 'cluster',
    crossFile: everything,
    preloadsAll: serial,
    rootHooks: serial ? 'run' : 'file',
    restores: [{ state: 'mock', after: 'test', by: 'Jasmine, which removes its spies after each spec' }],
    chdirThrows: false,
    workerIds: [],
    why: serial
      ? `With \`--parallel\`, ${canParallel ? title : 'a later Jasmine'} runs test files at the same time in workers of one cluster`
      : `${title} runs test files at the same time in workers of one cluster`,
    whyWithin: serial
      ? `${title} loads all test files into one process and runs their specs there${random === false ? '' : ', in random order'}`
      : `${title} runs test files one after another in the same worker process, with their modules kept`,
    notes: [
      ...verdict.notes,
      ...computedNotes(use, ['spec_dir', 'spec_files', 'helpers', 'requires', 'env']),
      ...(serial ? [] : ['Workers of a cluster share listening ports: two files on one port get each other’s connections, without an error.']),
    ],
  };
}

function ruling(command: Command): Ruling | undefined {
  const written = flag(flagsOf(command), 'parallel');
  if (written === undefined) return undefined;
  return { overlap: (countOf(written) ?? 2) <= 1 ? 'serial' : 'parallel', said: `passes \`--parallel=${written}\`` };
}

const jasmine: Runner = {
  id: 'jasmine',
  language: 'typescript',
  title: 'Jasmine',
  packages: ['jasmine', 'jasmine-ts'],
  commands: ['jasmine', 'jasmine-ts'],
  configFiles: ['jasmine.{mjs,json,js}'],
  vocabulary,
  layout,
  schedule,
};
export default jasmine;
