import { describe, expect, test } from 'vitest';
import nodeTest from '../../src/runners/node-test.js';
import { layout, picks, schedule } from './use.js';

describe('whether files overlap', () => {
  test.each([
    ['node --test', 'parallel', 'default'],
    ['node --test --test-concurrency=1', 'serial', 'command'],
    ['node --test --test-concurrency 1', 'serial', 'command'],
    ['node --test --test-concurrency=4', 'parallel', 'default'],
    ['node --test --test-isolation=none', 'serial', 'command'],
    ['node --test --experimental-test-isolation=none', 'serial', 'command'],
    ['node --test --test-isolation=process', 'parallel', 'default'],
    ['tsx --test --test-concurrency=1', 'serial', 'command'],
    ['borp', 'parallel', 'default'],
    ['borp --concurrency=1', 'serial', 'command'],
    ['borp -c 1', 'serial', 'command'],
  ] as const)('%s: %s by %s', (command, overlap, by) => {
    expect(schedule(nodeTest, { commands: [command] }).files).toMatchObject({ overlap, by });
  });
});

test('a process per file: only files on disk survive', () => {
  expect(schedule(nodeTest, { version: '22.23.3', commands: ['node --test'] })).toMatchObject({
    mode: 'Node 22.23 test runner, a process per file',
    crossFile: ['file'],
    preloadsAll: false,
    rootHooks: 'file',
    tests: 'sequential',
    unit: 'process',
  });
});

test('without isolation all files share one process, loaded first, with hooks of the run', () => {
  const given = schedule(nodeTest, { commands: ['node --test --experimental-test-isolation=none'] });
  expect(given).toMatchObject({
    preloadsAll: true,
    rootHooks: 'run',
    parallelSwitch: '--test-isolation=process',
    files: { reason: 'script test passes `--experimental-test-isolation=none`' },
  });
  expect(given.crossFile).toHaveLength(18);
});

test('one file at a time is still a process per file', () => {
  expect(schedule(nodeTest, { commands: ['node --test --test-concurrency=1'] })).toMatchObject({
    crossFile: ['file'],
    preloadsAll: false,
    parallelSwitch: '--test-concurrency=4',
  });
});

test.each([
  ['20.20.2', []],
  ['22.23.3', []],
  ['24.21.0', ['NODE_TEST_WORKER_ID', 't.workerId']],
  [undefined, ['NODE_TEST_WORKER_ID', 't.workerId']],
])('worker ids of Node %s: %o', (version, ids) => {
  expect(schedule(nodeTest, { ...(version ? { version } : {}) }).workerIds.map((each) => each.name)).toEqual(ids);
});

const TREE = [
  'src/orders.js',
  'src/orders.test.js',
  'src/orders-test.mjs',
  'src/orders_test.cjs',
  'src/orders.test.ts',
  'src/test.js',
  'test/helper.js',
  'test/orders.spec.ts',
  'spec/invoices.spec.js',
];
describe('which files are tests', () => {
  const js = ['src/orders.test.js', 'src/orders-test.mjs', 'src/orders_test.cjs', 'src/test.js', 'test/helper.js'];
  test.each([
    ['node --test', '20.20.2', js],
    [
      'node --test',
      '22.18.0',
      ['src/orders.test.js', 'src/orders-test.mjs', 'src/orders_test.cjs', 'src/orders.test.ts', 'src/test.js', 'test/helper.js', 'test/orders.spec.ts'],
    ],
    ['node --import tsx --test src/*.test.ts', '20.20.2', ['src/orders.test.ts']],
    [
      'tsx --test',
      '20.20.2',
      ['src/orders.test.js', 'src/orders-test.mjs', 'src/orders_test.cjs', 'src/orders.test.ts', 'src/test.js', 'test/helper.js', 'test/orders.spec.ts'],
    ],
    ['node --test test/', '20.20.2', ['test/helper.js']],
    ['node --test src', '20.20.2', ['src/orders.test.js', 'src/orders-test.mjs', 'src/orders_test.cjs', 'src/test.js']],
    ['node --test --test-reporter spec spec/invoices.spec.js', '20.20.2', ['spec/invoices.spec.js']],
    ['borp', '20.20.2', ['src/orders.test.js', 'src/orders.test.ts']],
    ['borp -p spec/**', '20.20.2', ['spec/invoices.spec.js']],
    ['borp src/** !src/*.ts --ignore src/test.js', '20.20.2', ['src/orders.js', 'src/orders.test.js', 'src/orders-test.mjs', 'src/orders_test.cjs']],
  ])('%s in Node %s', (command, version, expected) => {
    expect(picks(layout(nodeTest, { version, commands: [command] }), TREE)).toEqual(expected);
  });

  test('files of the borp configuration', () => {
    expect(picks(layout(nodeTest, { commands: ['borp'], options: { files: ['spec/**/*.js'] } }), TREE)).toEqual(['spec/invoices.spec.js']);
  });
});

test('preloaded files are setup, and global setup runs in the main process', () => {
  expect(layout(nodeTest, { commands: ['node --import ./test/setup.js -r dotenv/config --test --test-global-setup=test/global.js'] })).toMatchObject({
    setupFiles: ['./test/setup.js', 'dotenv/config'],
    globalSetup: ['test/global.js'],
  });
});
