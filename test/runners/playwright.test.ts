import { describe, expect, test } from 'vitest';
import playwright from '../../src/runners/playwright.js';
import { layout, picks, schedule } from './use.js';

describe('whether files overlap', () => {
  test.each([
    ['playwright test', {}, 'parallel', 'default'],
    ['playwright test --workers=1', {}, 'serial', 'command'],
    ['playwright test --workers 1', {}, 'serial', 'command'],
    ['playwright test -j 1', {}, 'serial', 'command'],
    ['playwright test -j1', {}, 'serial', 'command'],
    ['playwright test --workers=50%', {}, 'parallel', 'default'],
    ['playwright test --debug', {}, 'serial', 'command'],
    ['PWDEBUG=1 playwright test', {}, 'serial', 'command'],
    ['playwright test', { workers: 1 }, 'serial', 'config'],
    ['playwright test', { workers: 4 }, 'parallel', 'config'],
    ['playwright test', { workers: '50%' }, 'parallel', 'default'],
    ['playwright test --workers=4', { workers: 1 }, 'parallel', 'command'],
    ['playwright test', { projects: [{ name: 'api', workers: 1 }] }, 'serial', 'config'],
    ['playwright test', { projects: [{ name: 'api', workers: 1 }, { name: 'ui' }] }, 'parallel', 'default'],
  ] as const)('%s with %o: %s by %s', (command, options, overlap, by) => {
    expect(schedule(playwright, { commands: [command], options }).files).toMatchObject({ overlap, by });
  });
});

test.each([
  ['playwright test', {}, 'sequential'],
  ['playwright test', { fullyParallel: true }, 'workers'],
  ['playwright test --fully-parallel', {}, 'workers'],
  ['playwright test', { projects: [{ fullyParallel: true }] }, 'workers'],
  ['playwright test', { fullyParallel: true, workers: 1 }, 'sequential'],
] as const)('tests of a file with %s and %o: %s', (command, options, tests) => {
  expect(schedule(playwright, { commands: [command], options }).tests).toBe(tests);
});

test('everything survives a file in the same worker', () => {
  expect(schedule(playwright).crossFile).toHaveLength(18);
});

test('slots and growing ids, as variables and as properties', () => {
  expect(schedule(playwright).workerIds.map(({ name, bounded, first }) => [name, bounded, first])).toEqual([
    ['TEST_PARALLEL_INDEX', true, 0],
    ['TEST_WORKER_INDEX', false, 0],
    ['testInfo.parallelIndex', true, 0],
    ['testInfo.workerIndex', false, 0],
    ['workerInfo.parallelIndex', true, 0],
    ['workerInfo.workerIndex', false, 0],
  ]);
});

test('a computed number of workers is told', () => {
  expect(schedule(playwright, { computed: [{ key: 'workers', why: '`process.env.CI ? 1 : undefined`' }] })).toMatchObject({
    files: { overlap: 'parallel', by: 'default' },
    notes: [
      'Option `workers` is computed: `process.env.CI ? 1 : undefined`.',
      'The number of workers is not known before the run; files are taken to overlap.',
    ],
  });
});

test('projects that repeat files, and the one server, are told', () => {
  expect(schedule(playwright, { options: { projects: [{ name: 'a' }, { name: 'b', workers: 1 }], webServer: { command: 'npm start' } } }).notes).toEqual([
    'A test file can run once for each of 2 projects, and two such runs can overlap.',
    'Files of project b run one at a time, beside those of the other projects.',
    'All workers talk to one server, started by `webServer`.',
  ]);
});

const TREE = ['e2e/cart.spec.ts', 'e2e/deep/pay.test.js', 'e2e/cart.e2e.ts', 'src/unit.test.ts', 'e2e/auth.setup.ts'];
describe('which files are tests', () => {
  test.each([
    [{}, ['e2e/cart.spec.ts', 'e2e/deep/pay.test.js', 'src/unit.test.ts']],
    [{ testDir: './e2e' }, ['e2e/cart.spec.ts', 'e2e/deep/pay.test.js']],
    [{ testDir: 'e2e', testMatch: '*.e2e.ts' }, ['e2e/cart.e2e.ts']],
    [{ testDir: 'e2e', testMatch: '/.*\\.e2e\\.ts/' }, ['e2e/cart.e2e.ts']],
    [{ testMatch: { regex: 'pay|unit' } }, ['e2e/deep/pay.test.js', 'src/unit.test.ts']],
    [{ testDir: 'e2e', testIgnore: '**/deep/**' }, ['e2e/cart.spec.ts']],
    [{ testIgnore: ['/deep/', 'src/**'] }, ['e2e/cart.spec.ts']],
    [
      { testDir: 'e2e', testIgnore: '**/deep/**', projects: [{ name: 'setup', testMatch: '/.*\\.setup\\.ts/' }, { name: 'chromium' }] },
      ['e2e/cart.spec.ts', 'e2e/auth.setup.ts'],
    ],
    [{ projects: [{ testDir: 'e2e/deep' }, { testDir: 'src' }] }, ['e2e/deep/pay.test.js', 'src/unit.test.ts']],
  ])('%o', (options, expected) => {
    expect(picks(layout(playwright, { options }), TREE)).toEqual(expected);
  });

  test('folders count from the configuration file', () => {
    expect(layout(playwright, { configPath: 'e2e/playwright.config.ts' }).dir).toBe('e2e');
  });
});

test('global setup and teardown', () => {
  expect(layout(playwright, { options: { globalSetup: ['./a.ts', './b.ts'], globalTeardown: './c.ts' } }).globalSetup).toEqual(['./a.ts', './b.ts', './c.ts']);
});
