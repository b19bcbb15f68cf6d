import type { Command, Layout, Runner, RunnerUse, Schedule, Vocabulary, Word } from '../model/runner.js';
import { flag, flagList, readFlags, splitShort, names, type Flags } from './support/flags.js';
import { computedNotes, countOf, textsOf, titled, versionOf, type Options } from './support/options.js';
import { optionText, overlapOf, type Ground, type Ruling } from './support/overlap.js';
import { fileGlobs, under } from './support/paths.js';

const test: Word = { role: 'test' };
/** The default export is the root test itself: `t.test(...)`, never called. */
const root: Word = { role: 'suite' };
const hook = (when: 'before' | 'after', scope: 'file' | 'suite' | 'test'): Word => ({ role: 'hook', when, scope });
const hooks: Readonly<Record<string, Word>> = {
  before: hook('before', 'file'),
  after: hook('after', 'file'),
  teardown: hook('after', 'file'),
  // The name until 14.
  tearDown: hook('after', 'file'),
  beforeEach: hook('before', 'test'),
  afterEach: hook('after', 'test'),
};

const vocabulary: Vocabulary = {
  modules: ['tap', '@tapjs/test', 'libtap'],
  // Until 15 `tap.mochaGlobals()` made the words of Mocha global; without it nobody can call them.
  globals: true,
  words: { default: root, t: root, tap: root, test, ...hooks, describe: { role: 'suite' }, context: { role: 'suite' }, it: test, specify: test },
  modifiers: { only: 'only', skip: 'skip', todo: 'todo' },
  members: { test, ...hooks },
  context: {
    test,
    before: hook('before', 'suite'),
    beforeEach: hook('before', 'test'),
    afterEach: hook('after', 'test'),
    after: 'cleanup',
    teardown: 'cleanup',
    tearDown: 'cleanup',
  },
  cleanups: [],
  sharedContext: 'context',
  // `t.equal` of 21.1 gives false back, unless a run is told to bail out.
  checksGoOn: true,
};

/** `@tapjs/config` 5.4. */
const grammar = {
  values: names(`reporter reporterArg coverageReporter timeout files jobs before after outputFile outputDir include exclude serial testArg testEnv nodeArg
    plugin save coverageMap testRegex testIgnore grep`),
  aliases: {
    R: 'reporter',
    r: 'reporterArg',
    j: 'jobs',
    J: 'jobsAuto',
    t: 'timeout',
    o: 'outputFile',
    d: 'outputDir',
    b: 'bail',
    B: 'noBail',
    c: 'color',
    C: 'noColor',
    w: 'watch',
    n: 'changed',
    s: 'save',
    g: 'grep',
  },
};
const flagsOf = (command: Command): Flags => readFlags(splitShort(command.words, 'jt'), { ...grammar, skip: command.words[1] === 'run' ? 2 : 1 });

const EXTENSIONS = ['js', 'jsx', 'ts', 'tsx', 'mjs', 'cjs', 'mts', 'cts'];
const ext = `{${EXTENSIONS.join(',')}}`;
/** `@tapjs/config` 5.4, `include` and `exclude`. */
const INCLUDE = [`**/{test,tests,__test__,__tests__}/**/*.${ext}`, `**/*.{test,tests,spec}.${ext}`, `**/{test,tests}.${ext}`];
const EXCLUDE = ['**/{fixture,fixtures,dist}/**'];
const NEVER = ['**/{node_modules,tap-snapshots,.git,.hg,.tap}/**'];

function layout(use: RunnerUse): Layout {
  const { options } = use;
  const commands = use.commands.map(flagsOf);
  const named = commands.flatMap((flags) => [...flags.rest, ...flagList(flags, 'files')]);
  const files = [...(commands.length > 0 && commands.every((flags) => flags.rest.length > 0) ? [] : textsOf(options['files'])), ...named];
  const include = textsOf(options['include']);
  const searched = files.length === 0 || commands.some((flags) => flags.rest.length === 0 && textsOf(options['files']).length === 0);
  const excluded = [...textsOf(options['exclude']), ...commands.flatMap((flags) => flagList(flags, 'exclude'))];
  const modules = (key: string): readonly string[] => [...textsOf(options[key]), ...commands.flatMap((flags) => flagList(flags, key))];
  return {
    dir: use.dir,
    include: [
      ...new Set([
        ...files.flatMap((file) => fileGlobs(file, EXTENSIONS, true)),
        ...(searched ? (include.length > 0 ? include.map((glob) => under('', glob)) : INCLUDE) : []),
      ]),
    ],
    exclude: [...(excluded.length > 0 ? excluded : EXCLUDE), ...NEVER],
    setupFiles: [...nodeArguments(options)],
    // Programs of their own, before and after the run.
    globalSetup: [...modules('before'), ...modules('after')],
  };
}

/** `node-arg: [--import=./setup.js]` loads a file into every test process. */
const nodeArguments = (options: Options): string[] =>
  textsOf(options['node-arg'] ?? options['nodeArg']).flatMap((each) => /^(?:--import|--require|-r)=(.+)$/.exec(each)?.[1] ?? []);

function schedule(use: RunnerUse): Schedule {
  const jobs = countOf(use.options['jobs']);
  const old = (versionOf(use)?.major ?? 18) <= 12;
  const ground: Ground =
    jobs !== undefined
      ? { overlap: jobs <= 1 ? 'serial' : 'parallel', reason: optionText(use, `jobs: ${jobs}`), key: 'jobs' }
      : // The manual page of tap 12 has one job as default.
        old
        ? { overlap: 'serial', reason: 'tap 12 and older run test files one after another by default' }
        : { overlap: 'parallel', reason: 'tap runs test files in parallel by default' };
  const verdict = overlapOf(use, ground, ruling);
  const serialFolders = [...textsOf(use.options['serial']), ...use.commands.flatMap((command) => flagList(flagsOf(command), 'serial'))];
  const title = titled('tap', use);
  return {
    runner: 'tap',
    ...(use.version ? { version: use.version } : {}),
    dir: use.dir,
    mode: `${title}, a process per file`,
    files: verdict.files,
    canParallel: true,
    ...(verdict.files.overlap === 'serial' ? { parallelSwitch: '--jobs=4' } : {}),
    tests: 'sequential',
    unit: 'process',
    crossFile: ['file'],
    preloadsAll: false,
    rootHooks: 'file',
    restores: [],
    chdirThrows: false,
    workerIds: [
      { name: 'TAP_JOB_ID', form: 'env', unique: true, bounded: true, first: 0, serial: '0', unsetIn: ['config', 'global-setup'] },
      // Counts files, not workers.
      { name: 'TAP_CHILD_ID', form: 'env', unique: true, bounded: false, first: 1, serial: '1', unsetIn: ['config', 'global-setup'] },
    ],
    why: `${title} runs each test file in a process of its own, several at the same time`,
    whyWithin: `${title} runs the tests of a file in one process, which ends with the file`,
    notes: [
      ...verdict.notes,
      ...computedNotes(use, ['jobs', 'files', 'include', 'exclude', 'serial']),
      ...(serialFolders.length > 0 ? [`Test files in ${serialFolders.join(', ')} run alone (\`serial\`).`] : []),
    ],
  };
}

function ruling(command: Command): Ruling | undefined {
  const flags = flagsOf(command);
  const written = flag(flags, 'jobs');
  if (written !== undefined) return { overlap: (countOf(written) ?? 2) <= 1 ? 'serial' : 'parallel', said: `passes \`--jobs=${written}\`` };
  const set = countOf(command.env['TAP_JOBS']);
  if (set !== undefined) return { overlap: set <= 1 ? 'serial' : 'parallel', said: `sets \`TAP_JOBS=${set}\`` };
  return flags.named.has('jobsAuto') ? { overlap: 'parallel', said: 'passes `-J`' } : undefined;
}

const tap: Runner = {
  id: 'tap',
  language: 'typescript',
  title: 'tap',
  packages: ['tap'],
  commands: ['tap'],
  configFiles: ['.taprc'],
  packageKey: 'tap',
  vocabulary,
  layout,
  schedule,
};
export default tap;
