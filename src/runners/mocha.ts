import type { Command, Layout, Runner, RunnerUse, Schedule, Vocabulary, Word } from '../model/runner.js';
import { flag, flagList, flagOn, readFlags, splitShort, names, type Flags, type Grammar } from './support/flags.js';
import { booleanOf, computedNotes, countOf, textsOf, titled, versionOf } from './support/options.js';
import { mainCommands, optionText, overlapOf, type Ground, type Ruling } from './support/overlap.js';
import { fileGlobs } from './support/paths.js';
import { fitting, named } from './support/lanes.js';
import { everything } from './support/states.js';

const test: Word = { role: 'test' };
const suite: Word = { role: 'suite' };
const skipped = (word: Word): Word => ({ ...word, modifier: 'skip' });
const hook = (when: 'before' | 'after', scope: 'file' | 'test'): Word => ({ role: 'hook', when, scope });

const vocabulary: Vocabulary = {
  modules: ['mocha'],
  globals: true,
  // The words of all interfaces at once: bdd, tdd and qunit do not contradict each other.
  words: {
    describe: suite,
    context: suite,
    suite,
    xdescribe: skipped(suite),
    xcontext: skipped(suite),
    it: test,
    specify: test,
    test,
    xit: skipped(test),
    xspecify: skipped(test),
    before: hook('before', 'file'),
    after: hook('after', 'file'),
    beforeEach: hook('before', 'test'),
    afterEach: hook('after', 'test'),
    suiteSetup: hook('before', 'file'),
    suiteTeardown: hook('after', 'file'),
    setup: hook('before', 'test'),
    teardown: hook('after', 'test'),
  },
  modifiers: { only: 'only', skip: 'skip', retries: 'retry' },
  members: {},
  context: {},
  cleanups: [],
  // https://mochajs.org/#root-hook-plugins, Mocha 8 and later.
  rootHooks: {
    export: 'mochaHooks',
    members: {
      beforeAll: { role: 'hook', when: 'before', scope: 'file' },
      beforeEach: { role: 'hook', when: 'before', scope: 'test' },
      afterAll: { role: 'hook', when: 'after', scope: 'file' },
      afterEach: { role: 'hook', when: 'after', scope: 'test' },
    },
  },
  sharedContext: 'this',
};

/** `mocha` 12.0, `lib/cli/run-option-metadata`, and the Node flags with a value that it hands on. */
const grammar = {
  values: names(`extension file global ignore nodeOption reporterOption require spec watchFiles watchIgnore retries jobs config opts fgrep grep package
    reporter ui slow timeout import loader experimentalLoader conditions envFile typeCheck`),
  aliases: {
    A: 'asyncOnly',
    b: 'bail',
    c: 'color',
    colors: 'color',
    f: 'fgrep',
    globals: 'global',
    g: 'grep',
    exclude: 'ignore',
    i: 'invert',
    j: 'jobs',
    n: 'nodeOption',
    p: 'parallel',
    R: 'reporter',
    O: 'reporterOption',
    reporterOptions: 'reporterOption',
    r: 'require',
    s: 'slow',
    S: 'sort',
    t: 'timeout',
    timeouts: 'timeout',
    u: 'ui',
    w: 'watch',
  },
};
/** `egg-bin` 4 to 7 (`lib/cmd/test`): starts Mocha over `test/**\/*.test.{js,ts}`, fixtures left out. */
const EGG = { spec: 'test/**/*.test.{js,ts}', fixtures: 'test/fixtures/**' };
const isEgg = (command: Command | undefined): boolean => command?.words[0] === 'egg-bin';
/** `ts-mocha` 10: `-p` names the project of TypeScript and is not handed on, so it switches nothing on. */
const tsGrammar = { ...grammar, values: [...grammar.values, 'project'], aliases: { ...grammar.aliases, p: 'project' } };
const grammarOf = (command: Command): Grammar => (isEgg(command) ? { ...grammar, skip: 2 } : command.words[0] === 'ts-mocha' ? tsGrammar : grammar);
const flagsOf = (command: Command): Flags => readFlags(splitShort(command.words, 'jts'), grammarOf(command));
const listed = (values: readonly string[]): readonly string[] => values.flatMap((value) => (value.includes('{') ? [value] : value.split(',')));

function layout(use: RunnerUse): Layout {
  const { options } = use;
  const commands = use.commands.map((command) => ({ command, flags: flagsOf(command) }));
  const typescript = commands.some(({ command }) => command.words[0] === 'ts-mocha');
  const include: string[] = [];
  // A command without patterns runs what the configuration says, and that is added to the patterns of the others.
  for (const { command, flags } of commands.length > 0 ? commands : [{ command: undefined, flags: readFlags(['mocha'], grammar) }]) {
    const given = flagList(flags, 'extension').length > 0 ? flagList(flags, 'extension') : textsOf(options['extension']);
    // `mocha` 12.0, `lib/mocharc.json`.
    const extensions = given.length > 0 ? listed(given).map((each) => each.replace(/^\./, '')) : ['js', 'cjs', 'mjs', ...(typescript ? ['ts'] : [])];
    const recursive = flagOn(flags, 'recursive') ?? booleanOf(options['recursive']) ?? false;
    const specs = [...flags.rest, ...flagList(flags, 'spec'), ...textsOf(options['spec'])];
    for (const spec of specs.length > 0 ? specs : [isEgg(command) ? EGG.spec : './test']) include.push(...fileGlobs(spec, extensions, recursive));
  }
  const unique = (values: readonly string[]): string[] => [...new Set(values)];
  // A script that leaves files out is seldom the only one: only what every command ignores is left out of the suite.
  const perCommand = commands.map(({ command, flags }) => [...listed(flagList(flags, 'ignore')), ...(isEgg(command) ? [EGG.fixtures] : [])]);
  const byAll = (perCommand[0] ?? []).filter((glob) => perCommand.every((list) => list.includes(glob)));
  const ignored = [...byAll, ...textsOf(options['ignore']), ...textsOf(options['exclude'])];
  const loaded = (key: string): readonly string[] =>
    [...textsOf(options[key]), ...commands.flatMap(({ flags }) => flagList(flags, key))].flatMap((value) => value.split(','));
  return {
    dir: use.dir,
    include: unique(include),
    exclude: unique(['**/node_modules/**', ...listed(ignored).map((glob) => glob.replace(/^(\.\/)+/, ''))]),
    setupFiles: unique([...loaded('require'), ...loaded('import'), ...loaded('file')]),
    globalSetup: [],
  };
}

function schedule(use: RunnerUse): Schedule {
  const jobs = countOf(use.options['jobs']);
  const ground: Ground =
    booleanOf(use.options['parallel']) !== true
      ? { overlap: 'serial', reason: 'Mocha runs test files one after another unless `--parallel` is passed' }
      : jobs !== undefined && jobs <= 1
        ? { overlap: 'serial', reason: optionText(use, `jobs: ${jobs}`), key: 'jobs' }
        : { overlap: 'parallel', reason: optionText(use, 'parallel: true'), key: 'parallel' };
  const verdict = overlapOf(use, ground, (command) => ruling(command, jobs, booleanOf(use.options['parallel']) === true));
  const serial = verdict.files.overlap === 'serial';
  // Parallel mode came with Mocha 8.
  const canParallel = (versionOf(use)?.major ?? 8) >= 8;
  const title = titled('Mocha', use);
  const files = use.options['file'] !== undefined || mainCommands(use).some((command) => flag(flagsOf(command), 'file') !== undefined);
  return {
    runner: 'mocha',
    ...(use.version ? { version: use.version } : {}),
    dir: use.dir,
    mode: `${title}, ${serial ? 'one process' : 'parallel, worker processes'}`,
    files: verdict.files,
    canParallel,
    ...(serial && canParallel ? { parallelSwitch: '--parallel' } : {}),
    tests: 'sequential',
    unit: 'process',
    crossFile: everything,
    preloadsAll: serial,
    rootHooks: serial ? 'run' : 'file',
    restores: [],
    chdirThrows: false,
    // A replaced worker gets a new number, so values do not stay below the number of jobs. Measured with Mocha 11 and 12; the first versions with workers set nothing.
    workerIds: [
      { name: 'MOCHA_WORKER_ID', form: 'env', unique: true, bounded: false, first: 0, serial: null, since: [11, 0], unsetIn: ['config', 'global-setup'] },
    ],
    why: serial
      ? `With \`--parallel\`, ${canParallel ? title : 'a later Mocha'} runs test files at the same time in separate worker processes`
      : `${title} runs test files at the same time in separate worker processes`,
    whyWithin: serial
      ? `${title} loads all test files into one process before the first test and runs them there`
      : `${title} runs test files one after another in the same worker process, with their modules kept`,
    notes: [
      ...verdict.notes,
      ...computedNotes(use, ['parallel', 'jobs', 'spec', 'require', 'file', 'ignore', 'extension']),
      ...(files && !serial ? ['Files loaded with `--file` are not supported in parallel mode.'] : []),
    ],
  };
}

function ruling(command: Command, configured: number | undefined, isParallel: boolean): Ruling | undefined {
  const flags = flagsOf(command);
  const jobs = countOf(flag(flags, 'jobs'));
  const parallel = flagOn(flags, 'parallel');
  if (jobs !== undefined && jobs <= 1) return { overlap: 'serial', said: `passes \`--jobs ${jobs}\`` };
  // Without a configuration that switches it on, this says what Mocha does anyway.
  if (parallel === false) return isParallel ? { overlap: 'serial', said: 'passes `--no-parallel`' } : undefined;
  if (!parallel) return undefined;
  return jobs === undefined && configured !== undefined && configured <= 1 ? undefined : { overlap: 'parallel', said: 'passes `--parallel`' };
}

const mocha: Runner = {
  id: 'mocha',
  language: 'typescript',
  title: 'Mocha',
  packages: ['mocha', 'ts-mocha', 'electron-mocha'],
  commands: ['mocha', '_mocha', 'ts-mocha', 'electron-mocha', 'egg-bin test', 'egg-bin cov'],
  // `mocha.opts` until 7.
  configFiles: ['.mocharc.{js,cjs,mjs,yaml,yml,jsonc,json}', 'mocha.opts'],
  packageKey: 'mocha',
  vocabulary,
  layout,
  schedule,
  // Files of the command line are added to a `spec` of the configuration, all of which would run; what is ignored is a glob. Tried with 12.0.
  lane({ options }, files) {
    if (options['spec'] !== undefined) return undefined;
    const own = files.map((file) => fitting(file, '?'));
    return { alone: `mocha ${named(files)}`, others: `mocha --parallel ${named(own, '--ignore')}` };
  },
};
export default mocha;
