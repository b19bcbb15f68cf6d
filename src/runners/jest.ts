import type { Command, Runner, RunnerUse, Schedule, Vocabulary, Word } from '../model/runner.js';
import { flag, flagOn } from './support/flags.js';
import { flagsOf, layout, optionsOf } from './support/jest-layout.js';
import { fitting, named } from './support/lanes.js';
import { booleanOf, computedNotes, countOf, recordOf, textOf, textsOf, titled, type Options } from './support/options.js';
import { mainCommands, optionText, overlapOf, type Ground, type Ruling } from './support/overlap.js';
import { configFolder } from './support/paths.js';
import { everything } from './support/states.js';

const test: Word = { role: 'test' };
const suite: Word = { role: 'suite' };
const each = (when: 'before' | 'after'): Word => ({ role: 'hook', when, scope: 'test' });
const all = (when: 'before' | 'after'): Word => ({ role: 'hook', when, scope: 'file' });

const vocabulary: Vocabulary = {
  modules: ['@jest/globals'],
  globals: true,
  words: {
    test,
    it: test,
    describe: suite,
    fit: { ...test, modifier: 'only' },
    xit: { ...test, modifier: 'skip' },
    xtest: { ...test, modifier: 'skip' },
    fdescribe: { ...suite, modifier: 'only' },
    xdescribe: { ...suite, modifier: 'skip' },
    beforeAll: all('before'),
    afterAll: all('after'),
    beforeEach: each('before'),
    afterEach: each('after'),
  },
  modifiers: { only: 'only', skip: 'skip', todo: 'todo', concurrent: 'concurrent', each: 'each', failing: 'fails' },
  members: {},
  context: {},
  cleanups: [],
  sets: { NODE_ENV: 'test' },
  sharedContext: 'this',
};

function schedule(use: RunnerUse): Schedule {
  const options = optionsOf(use);
  const workers = countOf(options['maxWorkers']);
  const custom = textOf(options['runner']);
  const ground: Ground =
    workers !== undefined && workers <= 1
      ? { overlap: 'serial', reason: optionText(use, `maxWorkers: ${workers}`), key: 'maxWorkers' }
      : custom?.includes('serial')
        ? { overlap: 'serial', reason: optionText(use, `runner: ${custom}`), key: 'runner' }
        : workers !== undefined
          ? { overlap: 'parallel', reason: optionText(use, `maxWorkers: ${workers}`), key: 'maxWorkers' }
          : { overlap: 'parallel', reason: 'Jest runs test files in parallel by default' };
  const verdict = overlapOf(use, ground, ruling);
  const serial = verdict.files.overlap === 'serial';
  const threads = mainCommands(use).some((command) => flagOn(flagsOf(command), 'workerThreads')) || booleanOf(options['workerThreads']) === true;
  const restores = booleanOf(options['restoreMocks']) === true || mainCommands(use).some((command) => flagOn(flagsOf(command), 'restoreMocks'));
  const forgets = ['clearMocks', 'resetMocks'].some(
    (key) => booleanOf(options[key]) === true || mainCommands(use).some((command) => flagOn(flagsOf(command), key)),
  );
  const title = titled('Jest', use);
  return {
    runner: 'jest',
    ...(use.version ? { version: use.version } : {}),
    dir: use.dir,
    mode: `${title}, ${serial ? 'in band' : threads ? 'worker threads' : 'worker processes'}`,
    files: verdict.files,
    canParallel: true,
    ...(serial ? { parallelSwitch: '--maxWorkers=50%' } : {}),
    tests: 'sequential',
    unit: threads ? 'thread' : 'process',
    // Each file has its own realm and module registry and a copy of `process`; what belongs to the host outlives it.
    // HTTP interceptors do too: they patch core modules.
    crossFile: everything.filter(
      (kind) => ['host-intrinsic', 'core-module', 'http-mock', 'handle', 'port', 'file'].includes(kind) || (kind === 'cwd' && !threads),
    ),
    preloadsAll: false,
    rootHooks: 'file',
    restores: [
      ...(restores ? [{ state: 'mock', after: 'test', by: '`restoreMocks`' } as const] : []),
      { state: 'mock', after: 'file', by: 'Jest, which puts its spies back at the end of a file' },
    ],
    ...(forgets ? { forgetsCalls: true as const } : {}),
    // With one worker `workerThreads` runs in the main thread, where chdir works.
    chdirThrows: threads && !serial,
    // Tried by hand with Jest 24 to 27, measured with 29 and 30.
    workerIds: [
      { name: 'JEST_WORKER_ID', form: 'env', unique: true, bounded: true, first: 1, serial: '1', since: [24, 0], unsetIn: ['config', 'global-setup'] },
    ],
    why: `${serial ? 'With several workers, ' : ''}${title} runs test files at the same time in separate worker ${threads ? 'threads' : 'processes'}`,
    whyWithin: `${title} runs the tests of a file one after another in one realm, and the files of a worker in one ${threads ? 'thread' : 'process'}`,
    notes: [...verdict.notes, ...notesOf(use, options)],
  };
}

function ruling(command: Command): Ruling | undefined {
  const flags = flagsOf(command);
  if (flagOn(flags, 'runInBand')) return { overlap: 'serial', said: `passes \`${command.words.includes('-i') ? '-i' : '--runInBand'}\`` };
  if (flagOn(flags, 'detectOpenHandles')) return { overlap: 'serial', said: 'passes `--detectOpenHandles`, which runs in band', isAside: true };
  const written = flag(flags, 'maxWorkers');
  if (written === undefined) return undefined;
  const workers = countOf(written);
  return { overlap: workers !== undefined && workers <= 1 ? 'serial' : 'parallel', said: `passes \`--maxWorkers=${written}\`` };
}

function notesOf(use: RunnerUse, options: Options): string[] {
  const outside = textsOf(options['projects']);
  const preset = textOf(options['preset']);
  const timers = recordOf(options['fakeTimers'])['enableGlobally'] === true || options['timers'] === 'fake';
  return [
    ...computedNotes(use, [
      'maxWorkers',
      'projects',
      'workerThreads',
      'testMatch',
      'testRegex',
      'roots',
      'rootDir',
      'preset',
      'setupFiles',
      'setupFilesAfterEnv',
      'globalSetup',
      'restoreMocks',
      'runner',
    ]),
    ...(outside.length > 0 ? [`\`projects\` names other configurations, each read where it stands: ${outside.join(', ')}.`] : []),
    // Presets inside the project are part of the configuration by now; those of ts-jest say nothing about tests.
    ...(preset !== undefined && !/^\.|^<rootDir>|^ts-jest/.test(preset) ? [`Options of preset \`${preset}\` are not read.`] : []),
    ...(options['resetMocks'] === true ? ['`resetMocks` leaves spies installed, and they return undefined.'] : []),
    ...(timers ? ['Fake timers are on in every test file.'] : []),
    ...(options['workerIdleMemoryLimit'] !== undefined
      ? ['`workerIdleMemoryLimit` replaces workers between files, so what survives a file varies from run to run.']
      : []),
  ];
}

const jest: Runner = {
  id: 'jest',
  language: 'typescript',
  title: 'Jest',
  packages: ['jest', 'jest-cli', '@jest/core', 'react-scripts'],
  commands: ['jest', 'jest-cli', 'react-scripts test', 'react-app-rewired test', 'craco test'],
  configFiles: ['jest.config.{js,cjs,mjs,ts,cts,mts,json}'],
  packageKey: 'jest',
  vocabulary,
  layout,
  schedule,
  // On the command line the patterns take the place of those of the configuration. Tried with 30.5.
  lane(use, files) {
    const { options, computed } = use;
    const ignored = options['testPathIgnorePatterns'] === undefined ? ['/node_modules/'] : textsOf(options['testPathIgnorePatterns']);
    // A pattern that begins anywhere leaves out `other/orders.test.js` with `orders.test.js`.
    const own = files.map((file) => `<rootDir>/${fitting(file, '.')}$`);
    const isRooted = configFolder(use) === '' && options['rootDir'] === undefined && options['projects'] === undefined;
    const isKnown = isRooted && !computed.some(({ key }) => /^(?:testPathIgnorePatterns|rootDir|projects)\b/.test(key));
    return {
      alone: `jest --runInBand --runTestsByPath ${named(files)}`,
      ...(isKnown ? { others: `jest --testPathIgnorePatterns ${named([...ignored, ...own])}` } : {}),
    };
  },
};
export default jest;
