import type { Layout, Runner, RunnerUse, Schedule, Vocabulary, Word } from '../model/runner.js';
import { flagOn } from './support/flags.js';
import { named } from './support/lanes.js';
import { computedNotes, environmentOf, option, recordOf, textsOf, titled, versionOf } from './support/options.js';
import { mainCommands, overlapOf, type Ground } from './support/overlap.js';
import { everything } from './support/states.js';
import { layout } from './support/vitest-layout.js';
import { groundOf, isSingle, modeOf, ruling, survivors, type Mode } from './support/vitest-mode.js';
import { declared, flagsOf, onlyProjects, projectsOf, type Project } from './support/vitest-projects.js';
import { grouped } from '../model/grouped.js';

const test: Word = { role: 'test' };
const suite: Word = { role: 'suite' };
const hook = (when: 'before' | 'after' | 'around', scope: 'file' | 'test'): Word => ({ role: 'hook', when, scope });
const hooks: Readonly<Record<string, Word>> = {
  beforeAll: hook('before', 'file'),
  afterAll: hook('after', 'file'),
  beforeEach: hook('before', 'test'),
  afterEach: hook('after', 'test'),
  aroundAll: hook('around', 'file'),
  aroundEach: hook('around', 'test'),
};

const vocabulary: Vocabulary = {
  modules: ['vitest', 'vite-plus/test', '@fast-check/vitest', '@effect/vitest'],
  globals: true,
  words: { test, it: test, describe: suite, suite, ...hooks },
  modifiers: {
    only: 'only',
    skip: 'skip',
    todo: 'todo',
    concurrent: 'concurrent',
    sequential: 'serial',
    each: 'each',
    for: 'each',
    fails: 'fails',
    skipIf: 'if',
    runIf: 'if',
    extend: 'extend',
    shuffle: 'parallel',
  },
  // Hooks and suites hang on `test` since 4.1 (`@vitest/runner` 4.1, `TestAPI`).
  members: { describe: suite, ...hooks },
  context: { onTestFinished: 'cleanup', onTestFailed: 'cleanup' },
  cleanups: ['onTestFinished', 'onTestFailed'],
  sets: { NODE_ENV: 'test', VITEST: 'true' },
};

function schedule(use: RunnerUse): Schedule {
  const major = versionOf(use)?.major ?? 4;
  const projects = projectsOf(use);
  const commands = mainCommands(use).map(flagsOf);
  const modes = projects.map((project) => modeOf(use, project.test, commands));
  const grounds = projects.map((project, at) => groundOf(use, project, modes[at]!));
  // Files of one project may be serial while another's are not: then some files overlap.
  const ground = grounds.find((each) => each.overlap === 'parallel') ?? grounds[0]!;
  const verdict = overlapOf(use, ground, ruling);
  const oneWorker = verdict.files.overlap === 'serial';
  const mode = modes[0]!;
  const single = mode.single || (major < 4 && commands.some(isSingle));
  const thread = modes.some((each) => each.pool.endsWith('hreads'));
  const states = new Set(modes.flatMap((each) => survivors(use, { ...each, single }, oneWorker)));
  const crossFile = everything.filter((kind) => states.has(kind));
  const alone = modes.every((each) => !each.pool.startsWith('vm') && each.isolate && !single);
  const on = (key: string): boolean => projects.every((project) => project.test[key] === true);
  const title = titled('Vitest', use);
  const unit = thread ? 'thread' : 'process';
  const concurrent =
    projects.some((project) => option(project.test, 'sequence.concurrent') === true) || commands.some((flags) => flagOn(flags, 'sequence.concurrent'));
  const isolation = mode.pool.startsWith('vm')
    ? crossFile.includes('module')
      ? 'one context for all files'
      : 'a context per file'
    : !mode.isolate
      ? 'not isolated'
      : single
        ? 'one worker'
        : 'isolated';
  return {
    runner: 'vitest',
    ...(use.version ? { version: use.version } : {}),
    dir: use.dir,
    mode: `${title}, pool ${[...new Set(modes.map((each) => each.pool))].join(' and ')}, ${isolation}`,
    files: verdict.files,
    canParallel: true,
    ...(oneWorker ? { parallelSwitch: mode.singleKey ? `--${mode.singleKey}=false` : '--fileParallelism --maxWorkers=50%' } : {}),
    tests: concurrent ? 'concurrent' : 'sequential',
    unit,
    crossFile,
    preloadsAll: false,
    rootHooks: 'file',
    restores: [
      ...(on('restoreMocks') ? [{ state: 'mock', after: 'test', by: '`test.restoreMocks`' } as const] : []),
      // Until 2 a reset left the spy in place with an empty implementation.
      ...(on('mockReset') && major >= 3 ? [{ state: 'mock', after: 'test', by: '`test.mockReset`' } as const] : []),
      ...(on('unstubEnvs') ? [{ state: 'env-stub', after: 'test', by: '`test.unstubEnvs`' } as const] : []),
      ...(on('unstubGlobals') ? [{ state: 'global-stub', after: 'test', by: '`test.unstubGlobals`' } as const] : []),
      { state: 'mock', after: 'file', by: 'Vitest, which puts its spies back at the end of a file' },
    ],
    ...(on('clearMocks') || on('mockReset') ? { forgetsCalls: true as const } : {}),
    chdirThrows: thread,
    workerIds: [
      // Before 1.2 two forks could have one number (vitest pull request 5002).
      { name: 'VITEST_POOL_ID', form: 'env', unique: true, bounded: true, first: 1, serial: '1', since: [2, 0], unsetIn: ['config', 'global-setup'] },
      // Counts files, not workers.
      {
        name: 'VITEST_WORKER_ID',
        form: 'env',
        unique: true,
        bounded: false,
        first: major === 4 ? 0 : 1,
        serial: major === 4 ? '0' : '1',
        unsetIn: ['config', 'global-setup'],
      },
    ],
    why: `${oneWorker ? 'With several workers, ' : ''}${
      alone
        ? `${title} runs each test file in a worker ${unit} of its own, several at the same time`
        : `${title} runs test files at the same time in separate worker ${unit === 'thread' ? 'threads' : 'processes'}`
    }`,
    whyWithin: alone
      ? `${title} runs the tests of a file in one worker ${unit} and starts a new one for the next file`
      : `${title} runs test files one after another in the same worker ${unit}${crossFile.includes('module') ? '' : crossFile.includes('global') ? ', with modules reset between them' : ', each in a context of its own'}`,
    notes: [...verdict.notes, ...notesOf(use, projects, modes, grounds, oneWorker)],
  };
}

/** Projects with other rules for isolation or overlap have schedules of their own. */
function split(use: RunnerUse): readonly RunnerUse[] {
  const projects = projectsOf(use);
  const commands = mainCommands(use).map(flagsOf);
  const groups = grouped(projects, (project) => {
    const mode = modeOf(use, project.test, commands);
    return JSON.stringify([mode, groundOf(use, project, mode).overlap]);
  });
  return groups.size < 2 ? [use] : [...groups.values()].map((group) => onlyProjects(use, group));
}

function notesOf(use: RunnerUse, projects: readonly Project[], modes: readonly Mode[], grounds: readonly Ground[], oneWorker: boolean): string[] {
  const major = versionOf(use)?.major ?? 4;
  const test = recordOf(use.options['test']);
  const outside = textsOf(declared(use));
  const differ = new Set(modes.map((each) => JSON.stringify([each.pool, each.isolate]))).size > 1;
  const serial = projects.filter((_, at) => grounds[at]!.overlap === 'serial').map((project) => project.name || 'unnamed');
  const vm = modes.some((each) => each.pool.startsWith('vm'));
  const keys = [
    'pool',
    'isolate',
    'fileParallelism',
    'maxWorkers',
    'minWorkers',
    'poolOptions',
    'sequence',
    'projects',
    'workspace',
    'include',
    'exclude',
    'dir',
    'root',
    'setupFiles',
    'globalSetup',
    'restoreMocks',
    'unstubEnvs',
    'unstubGlobals',
  ];
  return [
    ...computedNotes(use, ['root', ...keys.map((key) => `test.${key}`)]),
    ...(outside.length > 0 ? [`\`projects\` names other configurations, each read where it stands: ${outside.join(', ')}.`] : []),
    ...(differ ? ['Projects differ in pool or isolation; the weakest isolation among them is assumed for all.'] : []),
    ...(serial.length > 0 && serial.length < projects.length && !oneWorker ? [`Files of project ${serial.join(', ')} run one at a time.`] : []),
    ...(major >= 4 && test['poolOptions'] !== undefined ? ['`test.poolOptions` has no effect since Vitest 4.'] : []),
    ...(major >= 4 && test['minWorkers'] !== undefined ? ['`test.minWorkers` has no effect since Vitest 4.'] : []),
    ...(vm && major === 4
      ? [
          oneWorker
            ? 'With one worker this version runs all files of a vm pool in one context.'
            : 'Where the machine gives it one worker only, this version runs all files of a vm pool in one context.',
        ]
      : []),
    ...(vm && test['isolate'] === false ? ['`test.isolate` has no effect on vm pools.'] : []),
    ...(recordOf(test['browser'])['enabled'] === true || projects.some((project) => recordOf(project.test['browser'])['enabled'] === true)
      ? ['Browser mode is not modelled.']
      : []),
    ...(test['poolMatchGlobs'] !== undefined ? ['`test.poolMatchGlobs` gives some files another pool; this is not modelled.'] : []),
  ];
}

/** What the configuration sets for all tests, and what its inline projects set for theirs where no other says otherwise. */
function environmentsOf(use: RunnerUse): Pick<Layout, 'environment' | 'computedEnvironment'> {
  const own = environmentOf(use, 'test.env');
  const all = projectsOf(use).flatMap(({ place }) => (place === undefined ? [] : (environmentOf(use, `${place}.test.env`).environment ?? [])));
  const more = all.filter(
    ({ name, value }) => !own.environment?.some((each) => each.name === name) && all.every((each) => each.name !== name || each.value === value),
  );
  const environment = [...(own.environment ?? []), ...new Map(more.map((each) => [each.name, each])).values()];
  return environment.length > 0 ? { ...own, environment } : own;
}

const vitest: Runner = {
  id: 'vitest',
  language: 'typescript',
  title: 'Vitest',
  packages: ['vitest', 'vite-plus'],
  commands: ['vitest'],
  // In the order of precedence; a workspace file is read where no other stands.
  configFiles: ['vitest.config.{js,cjs,mjs,ts,cts,mts}', 'vite.config.{js,cjs,mjs,ts,cts,mts}', 'vitest.{workspace,projects}.{js,mjs,ts,mts,json}'],
  vocabulary,
  split,
  layout: (use) => ({ ...layout(use), ...environmentsOf(use) }),
  schedule,
  // `--exclude` adds to what the configuration leaves out. Tried with 4.1.
  lane: (_, files) => ({ alone: `vitest run --no-file-parallelism ${named(files)}`, others: `vitest run ${named(files, '--exclude')}` }),
};
export default vitest;
