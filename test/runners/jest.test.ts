import { describe, expect, test } from 'vitest';
import jest from '../../src/runners/jest.js';
import { layout, picks, schedule } from './use.js';

describe('whether files overlap', () => {
  test.each([
    ['jest', {}, 'parallel', 'default'],
    ['jest -i', {}, 'serial', 'command'],
    ['jest --runInBand', {}, 'serial', 'command'],
    ['jest --run-in-band=true', {}, 'serial', 'command'],
    ['jest --maxWorkers=1', {}, 'serial', 'command'],
    ['jest -w 1', {}, 'serial', 'command'],
    ['jest -w1', {}, 'serial', 'command'],
    ['jest --detectOpenHandles', {}, 'serial', 'command'],
    ['jest --maxWorkers=50%', {}, 'parallel', 'default'],
    ['jest', { maxWorkers: 1 }, 'serial', 'config'],
    ['jest', { maxWorkers: '1' }, 'serial', 'config'],
    ['jest', { maxWorkers: 4 }, 'parallel', 'config'],
    ['jest', { maxWorkers: '50%' }, 'parallel', 'default'],
    ['jest', { runner: 'jest-serial-runner' }, 'serial', 'config'],
    ['jest -w 4', { maxWorkers: 1 }, 'parallel', 'command'],
    ['react-scripts test --runInBand', {}, 'serial', 'command'],
  ] as const)('%s with %o: %s by %s', (command, options, overlap, by) => {
    expect(schedule(jest, { commands: [command], options }).files).toMatchObject({ overlap, by });
  });
});

describe('what survives a file', () => {
  test('host objects, core modules, open handles and the working directory', () => {
    expect([...schedule(jest).crossFile].sort()).toEqual(['core-module', 'cwd', 'file', 'handle', 'host-intrinsic', 'http-mock', 'port']);
  });

  test('in worker threads the working directory cannot change', () => {
    const threads = schedule(jest, { options: { workerThreads: true } });
    expect(threads).toMatchObject({ unit: 'thread', chdirThrows: true });
    expect(threads.crossFile).not.toContain('cwd');
    expect(schedule(jest, { commands: ['jest --workerThreads'] }).unit).toBe('thread');
    // With one worker there is no thread.
    expect(schedule(jest, { options: { workerThreads: true }, commands: ['jest -i'] }).chdirThrows).toBe(false);
  });

  test.each([
    [{}, []],
    [{ restoreMocks: true }, ['mock']],
    [{ resetMocks: true }, []],
    [{ clearMocks: true }, []],
  ])('%o puts back %o after each test', (options, states) => {
    expect(
      schedule(jest, { options })
        .restores.filter((each) => each.after === 'test')
        .map((each) => each.state),
    ).toEqual(states);
  });

  test('`resetMocks` and fake timers everywhere are told', () => {
    expect(schedule(jest, { options: { resetMocks: true, fakeTimers: { enableGlobally: true } } }).notes).toEqual([
      '`resetMocks` leaves spies installed, and they return undefined.',
      'Fake timers are on in every test file.',
    ]);
  });
});

test('the worker id is a slot from 1, and unset in the main process', () => {
  expect(schedule(jest).workerIds).toEqual([
    { name: 'JEST_WORKER_ID', form: 'env', unique: true, bounded: true, first: 1, serial: '1', since: [24, 0], unsetIn: ['config', 'global-setup'] },
  ]);
});

test('the mode names version and workers', () => {
  expect(schedule(jest, { version: '29.7.0' }).mode).toBe('Jest 29.7, worker processes');
  expect(schedule(jest, { version: '30.5.2', commands: ['jest -i'] })).toMatchObject({ mode: 'Jest 30.5, in band', parallelSwitch: '--maxWorkers=50%' });
});

test('computed options are told', () => {
  const computed = [
    { key: 'maxWorkers', why: '`process.env.CI ? 1 : 4`' },
    { key: 'collectCoverage', why: 'a call' },
  ];
  expect(schedule(jest, { computed }).notes).toEqual(['Option `maxWorkers` is computed: `process.env.CI ? 1 : 4`.']);
});

const TREE = [
  'src/orders.ts',
  'src/orders.test.ts',
  'src/orders.spec.mjs',
  'src/__tests__/invoices.js',
  'test/orders.e2e-spec.ts',
  'node_modules/a/a.test.js',
  'lib/orders.test.js',
];

describe('which files are tests', () => {
  test.each([
    [{}, undefined, ['src/orders.test.ts', 'src/orders.spec.mjs', 'src/__tests__/invoices.js', 'lib/orders.test.js']],
    [{}, '29.7.0', ['src/orders.test.ts', 'src/__tests__/invoices.js', 'lib/orders.test.js']],
    [{ roots: ['<rootDir>/src'] }, undefined, ['src/orders.test.ts', 'src/orders.spec.mjs', 'src/__tests__/invoices.js']],
    [{ testMatch: ['<rootDir>/test/**/*.ts'] }, undefined, ['test/orders.e2e-spec.ts']],
    [{ testMatch: ['**/*.test.*', '!**/lib/**'] }, undefined, ['src/orders.test.ts']],
    [{ testRegex: '.e2e-spec.ts$' }, undefined, ['test/orders.e2e-spec.ts']],
    [{ testRegex: ['^.+\\.test\\.[jt]s$'], roots: ['src'] }, undefined, ['src/orders.test.ts']],
    [{ testPathIgnorePatterns: ['/node_modules/', '<rootDir>/lib/'] }, '29.7.0', ['src/orders.test.ts', 'src/__tests__/invoices.js']],
    [{ testPathIgnorePatterns: ['/lib/'] }, '29.7.0', ['src/orders.test.ts', 'src/__tests__/invoices.js', 'node_modules/a/a.test.js']],
    [{ modulePathIgnorePatterns: ['<rootDir>/src'] }, '29.7.0', ['lib/orders.test.js']],
    [
      { testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/', '<rootDir>/(lib|dist)/'] },
      '29.7.0',
      ['src/orders.test.ts', 'src/__tests__/invoices.js'],
    ],
    [{ modulePathIgnorePatterns: ['./src'] }, '29.7.0', ['lib/orders.test.js']],
  ])('%o in version %s', (options, version, expected) => {
    expect(picks(layout(jest, { options, ...(version ? { version } : {}) }), TREE)).toEqual(expected);
  });

  test('`rootDir` counts from the folder of the configuration file', () => {
    expect(layout(jest, { dir: 'packages/shop', configPath: 'packages/shop/test/jest-e2e.json', options: { rootDir: '.' } }).dir).toBe('packages/shop/test');
    expect(layout(jest, { dir: 'packages/shop', configPath: 'packages/shop/test/jest-e2e.json', options: { rootDir: '..' } }).dir).toBe('packages/shop');
  });

  test('patterns that every command passes replace those of the configuration', () => {
    expect(picks(layout(jest, { commands: ['jest --testRegex e2e-spec'], options: { testMatch: ['**/*.test.js'] } }), TREE)).toEqual([
      'test/orders.e2e-spec.ts',
    ]);
    expect(
      picks(layout(jest, { commands: ['jest --testRegex e2e-spec', 'script test:unit: jest'], options: { testMatch: ['**/lib/*.test.js'] } }), TREE),
    ).toEqual(['lib/orders.test.js']);
  });

  test('inline projects together; what one leaves out may be of the other', () => {
    const given = layout(jest, {
      options: {
        globalSetup: './start.js',
        projects: [
          { testMatch: ['<rootDir>/src/**/*.test.ts'], testPathIgnorePatterns: ['/node_modules/', 'e2e'] },
          { testMatch: ['<rootDir>/test/**/*.ts'], testPathIgnorePatterns: ['/node_modules/'], setupFilesAfterEnv: ['<rootDir>/test/setup.ts'] },
          'packages/*',
        ],
      },
    });
    expect(picks(given, TREE)).toEqual(['src/orders.test.ts', 'test/orders.e2e-spec.ts']);
    expect(given).toMatchObject({ setupFiles: ['./test/setup.ts'], globalSetup: ['./start.js'] });
  });

  test('a project with a root of its own', () => {
    const given = layout(jest, { options: { projects: [{ rootDir: '<rootDir>/lib' }, { rootDir: '<rootDir>/test', testRegex: '<rootDir>/.*spec' }] } });
    expect(picks(given, TREE)).toEqual(['test/orders.e2e-spec.ts', 'lib/orders.test.js']);
  });

  test('projects elsewhere are told, not guessed', () => {
    expect(layout(jest, { options: { projects: ['packages/*'] } }).include).toEqual([]);
    expect(schedule(jest, { options: { projects: ['packages/*'] } }).notes).toEqual([
      '`projects` names other configurations, each read where it stands: packages/*.',
    ]);
  });

  test('application scripts bring their own configuration', () => {
    const given = layout(jest, { commands: ['react-scripts test'] });
    expect(picks(given, TREE)).toEqual(['src/orders.test.ts', 'src/__tests__/invoices.js']);
    expect(given.setupFiles).toContain('./src/setupTests.ts');
  });
});

test('setup files, environments of the project, global setup and aliases', () => {
  const given = layout(jest, {
    options: {
      testEnvironment: '<rootDir>/test/environment.ts',
      setupFiles: ['dotenv/config'],
      setupFilesAfterEnv: ['<rootDir>/test/setup.ts', 'jest-extended/all'],
      globalSetup: '<rootDir>/test/start.ts',
      globalTeardown: './test/stop.ts',
      moduleNameMapper: { '^@shop/(.*)$': '<rootDir>/src/$1', '^lib$': ['lib/a', 'lib/b'] },
    },
  });
  expect(given.setupFiles).toEqual(['./test/environment.ts', 'dotenv/config', './test/setup.ts', 'jest-extended/all']);
  expect(given.globalSetup).toEqual(['./test/start.ts', './test/stop.ts']);
  expect(given.aliases).toEqual([
    { find: '^@shop/(.*)$', replacement: './src/$1' },
    { find: '^lib$', replacement: 'lib/a' },
    { find: '^lib$', replacement: 'lib/b' },
  ]);
});
