import type { Command, Json, Layout, Runner, RunnerUse, Schedule, Vocabulary, Word, WorkerId } from '../model/runner.js';
import { flag, flagOn, readFlags, splitShort, names, type Flags } from './support/flags.js';
import { booleanOf, computedNotes, countOf, isList, isRecord, option, textOf, textsOf, titled, type Options } from './support/options.js';
import { mainCommands, optionText, overlapOf, type Ground, type Ruling } from './support/overlap.js';
import { configFolder, joinPath, patternsOf, regexUnder, under, unite, type LayoutPart } from './support/paths.js';
import { fitting, named } from './support/lanes.js';
import { everything } from './support/states.js';

const test: Word = { role: 'test' };
const suite: Word = { role: 'suite' };
const hook = (when: 'before' | 'after', scope: 'file' | 'test'): Word => ({ role: 'hook', when, scope });

/** `playwright` 1.65, `lib/index.js`: an automatic fixture asks for `_combinedContextOptions`, and that for these. */
const GIVEN = names(`acceptDownloads baseURL bypassCSP clientCertificates colorScheme contextOptions contrast deviceScaleFactor extraHTTPHeaders forcedColors
  geolocation hasTouch httpCredentials ignoreHTTPSErrors isMobile javaScriptEnabled locale offline permissions proxy reducedMotion screen serviceWorkers
  storageState timezoneId userAgent viewport`);

const vocabulary: Vocabulary = {
  modules: [
    '@playwright/test',
    'playwright/test',
    '@playwright/experimental-ct-react',
    '@playwright/experimental-ct-vue',
    '@playwright/experimental-ct-svelte',
  ],
  globals: false,
  words: { test, default: test, it: test },
  modifiers: { only: 'only', skip: 'skip', fixme: 'skip', fail: 'fails', parallel: 'parallel', serial: 'serial', extend: 'extend' },
  members: {
    describe: suite,
    beforeAll: hook('before', 'file'),
    afterAll: hook('after', 'file'),
    beforeEach: hook('before', 'test'),
    afterEach: hook('after', 'test'),
  },
  context: {},
  cleanups: [],
  given: GIVEN,
};

/** `@playwright/test` 1.65, options of `playwright test`. */
const grammar = {
  skip: 2,
  values: names(`addReporter browser config globalTimeout grep grepInvert lastFailedFile maxFailures output repeatEach reporter retries runAgents shard
    testList testListInvert timeout trace tsconfig uiHost uiPort updateSourceMethod workers`),
  lists: ['project'],
  optional: { debug: ['inspector', 'cli'], updateSnapshots: ['all', 'changed', 'missing', 'none', 'default'] },
  aliases: { c: 'config', g: 'grep', G: 'grepInvert', u: 'updateSnapshots', j: 'workers', x: 'maxFailuresOne' },
};
const flagsOf = (command: Command): Flags => readFlags(splitShort(command.words, 'j'), grammar);
const projectsOf = (options: Options): readonly Options[] => (isList(options['projects']) ? options['projects'].filter(isRecord) : []);

/** `@playwright/test` 1.65, `lib/common`; patterns may match at any depth under the test folder. */
const MATCH = '**/*.@(spec|test).?(c|m)[jt]s?(x)';

function layout(use: RunnerUse): Layout {
  const { options } = use;
  const projects = projectsOf(options);
  const parts = (projects.length > 0 ? projects : [{}]).map((project) => partOf(options, project));
  const setup = ['globalSetup', 'globalTeardown'].flatMap((key) => textsOf(options[key]));
  return { ...unite(joinPath(use.dir, configFolder(use)), parts), globalSetup: setup };
}

function partOf(options: Options, project: Options): LayoutPart {
  const own = (key: string): Json | undefined => project[key] ?? options[key];
  const folder = joinPath(textOf(own('testDir')) ?? '');
  const deep = (glob: string): string => (glob.startsWith('**/') ? under(folder, glob) : joinPath(folder, '**', glob));
  const match = patternsOf(own('testMatch'));
  const ignore = patternsOf(own('testIgnore'));
  const include = match.globs.length + match.regexes.length > 0 ? match.globs : [MATCH];
  return {
    folder,
    include: include.map(deep),
    exclude: ['**/node_modules/**', ...ignore.globs.map(deep)],
    includeRegex: match.regexes.map((source) => regexUnder([folder], source)),
    excludeRegex: ignore.regexes.map((source) => regexUnder([folder], source)),
  };
}

const property = (name: string, bounded: boolean): WorkerId => ({
  name,
  form: 'property',
  unique: true,
  bounded,
  first: 0,
  serial: '0',
  unsetIn: ['config', 'global-setup', 'setup', 'import'],
});
const variable = (name: string, bounded: boolean): WorkerId => ({
  name,
  form: 'env',
  unique: true,
  bounded,
  first: 0,
  serial: '0',
  // Measured with Playwright 1.65; which release began with it is not known here.
  since: [1, 40],
  unsetIn: ['config', 'global-setup'],
});

function schedule(use: RunnerUse): Schedule {
  const { options } = use;
  const projects = projectsOf(options);
  const workers = countOf(options['workers']);
  const ground: Ground =
    workers !== undefined
      ? { overlap: workers <= 1 ? 'serial' : 'parallel', reason: optionText(use, `workers: ${workers}`), key: 'workers' }
      : projects.length === 1 && countOf(projects[0]!['workers']) === 1
        ? { overlap: 'serial', reason: optionText(use, 'projects[0].workers: 1'), key: 'projects.0.workers' }
        : { overlap: 'parallel', reason: 'Playwright runs test files in parallel by default' };
  const verdict = overlapOf(use, ground, ruling);
  const serial = verdict.files.overlap === 'serial';
  const full =
    booleanOf(options['fullyParallel']) === true ||
    projects.some((project) => project['fullyParallel'] === true) ||
    mainCommands(use).some((command) => flagOn(flagsOf(command), 'fullyParallel'));
  const title = titled('Playwright', use);
  return {
    runner: 'playwright',
    ...(use.version ? { version: use.version } : {}),
    dir: use.dir,
    mode: `${title}, ${serial ? 'one worker process' : 'worker processes'}${full ? ', fully parallel' : ''}`,
    files: verdict.files,
    canParallel: true,
    ...(serial ? { parallelSwitch: '--workers=50%' } : {}),
    tests: full && !serial ? 'workers' : 'sequential',
    unit: 'process',
    crossFile: everything,
    preloadsAll: false,
    rootHooks: 'file',
    restores: [],
    chdirThrows: false,
    ...(options['webServer'] === undefined ? {} : { servers: serversOf(use) }),
    workerIds: [
      variable('TEST_PARALLEL_INDEX', true),
      variable('TEST_WORKER_INDEX', false),
      property('testInfo.parallelIndex', true),
      property('testInfo.workerIndex', false),
      property('workerInfo.parallelIndex', true),
      property('workerInfo.workerIndex', false),
    ],
    why: full
      ? `${title} runs tests, of one file too, at the same time in separate worker processes`
      : `${title} runs test files at the same time in separate worker processes`,
    whyWithin: `${title} runs test files one after another in the same worker process, which it replaces only after a failing test`,
    notes: [...verdict.notes, ...notesOf(use, projects)],
  };
}

/** `@playwright/test` 1.65: `webServer` is one server or a list; each starts in its `cwd`, else in the folder of the configuration. */
function serversOf(use: RunnerUse): readonly string[] {
  const written = use.options['webServer'];
  const home = joinPath(use.dir, configFolder(use));
  return [...new Set((isList(written) ? written : [written]).map((each) => joinPath(home, (isRecord(each) && textOf(each['cwd'])) || '')))];
}

function ruling(command: Command): Ruling | undefined {
  const flags = flagsOf(command);
  if (flagOn(flags, 'debug') || (command.env['PWDEBUG'] && command.env['PWDEBUG'] !== '0')) return { overlap: 'serial', said: 'debugs, with one worker' };
  const written = flag(flags, 'workers');
  if (written === undefined) return undefined;
  return { overlap: countOf(written) === 1 ? 'serial' : 'parallel', said: `passes \`--workers=${written}\`` };
}

function notesOf(use: RunnerUse, projects: readonly Options[]): string[] {
  const { options } = use;
  const single = projects.filter((project) => countOf(project['workers']) === 1).map((project) => textOf(project['name']) ?? 'unnamed');
  const computed = use.computed.some(({ key }) => key === 'workers');
  return [
    ...computedNotes(use, ['workers', 'fullyParallel', 'projects', 'testDir', 'testMatch', 'testIgnore', 'globalSetup']),
    ...(computed ? ['The number of workers is not known before the run; files are taken to overlap.'] : []),
    ...(projects.length > 1 ? [`A test file can run once for each of ${projects.length} projects, and two such runs can overlap.`] : []),
    ...(single.length > 0 && projects.length > 1 ? [`Files of project ${single.join(', ')} run one at a time, beside those of the other projects.`] : []),
    ...(options['webServer'] !== undefined
      ? [`All workers talk to one server, started by \`webServer\`${option(options, 'webServer.reuseExistingServer') === true ? ' or already running' : ''}.`]
      : []),
  ];
}

const playwright: Runner = {
  id: 'playwright',
  language: 'typescript',
  title: 'Playwright',
  packages: ['@playwright/test', '@playwright/experimental-ct-react', '@playwright/experimental-ct-vue', '@playwright/experimental-ct-svelte'],
  commands: ['playwright test'],
  configFiles: ['playwright.config.{js,cjs,mjs,ts,cts,mts}', 'playwright-ct.config.{js,mjs,ts,mts}'],
  vocabulary,
  layout,
  schedule,
  // Files are named by regular expressions. Tried with 1.65.
  lane: (_, files) => ({ alone: `playwright test --workers=1 ${named(files.map((file) => fitting(file, '.')))}` }),
};
export default playwright;
