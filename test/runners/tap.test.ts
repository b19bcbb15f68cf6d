import { describe, expect, test } from 'vitest';
import tap from '../../src/runners/tap.js';
import { layout, picks, schedule } from './use.js';

test.each([
  ['tap', {}, '21.8.0', 'parallel', 'default'],
  ['tap --jobs=1', {}, '21.8.0', 'serial', 'command'],
  ['tap -j1', {}, '21.8.0', 'serial', 'command'],
  ['tap -j 1', {}, '21.8.0', 'serial', 'command'],
  ['TAP_JOBS=1 tap', {}, '21.8.0', 'serial', 'command'],
  ['tap', { jobs: 1 }, '21.8.0', 'serial', 'config'],
  ['tap', { jobs: 4 }, '21.8.0', 'parallel', 'config'],
  ['tap', {}, '12.7.0', 'serial', 'default'],
  ['tap -J', {}, '12.7.0', 'parallel', 'command'],
] as const)('%s with %o in %s: %s by %s', (command, options, version, overlap, by) => {
  expect(schedule(tap, { commands: [command], options, version }).files).toMatchObject({ overlap, by });
});

test('a process per file: only files on disk survive', () => {
  expect(schedule(tap, { version: '21.8.0' })).toMatchObject({
    mode: 'tap 21.8, a process per file',
    crossFile: ['file'],
    unit: 'process',
    tests: 'sequential',
    preloadsAll: false,
  });
});

test('the job id is a slot, the child id counts files', () => {
  expect(schedule(tap).workerIds).toMatchObject([
    { name: 'TAP_JOB_ID', bounded: true, first: 0 },
    { name: 'TAP_CHILD_ID', bounded: false, first: 1 },
  ]);
});

test('folders that run alone are told', () => {
  expect(schedule(tap, { options: { serial: ['test/db'] } }).notes).toEqual(['Test files in test/db run alone (`serial`).']);
});

const TREE = ['test/orders.js', 'test/deep/carts.ts', 'test/fixtures/db.js', 'src/orders.test.mjs', 'src/orders.js', 'test.js', 'node_modules/a/test.js'];
describe('which files are tests', () => {
  test.each([
    ['tap', {}, ['test/orders.js', 'test/deep/carts.ts', 'src/orders.test.mjs', 'test.js']],
    ['tap test/*.js', {}, ['test/orders.js']],
    ['tap run test/orders.js', {}, ['test/orders.js']],
    ['tap t*st/{deep,wide}/', {}, ['test/deep/carts.ts']],
    ['tap', { files: ['src/**/*.test.mjs'] }, ['src/orders.test.mjs']],
    ['tap', { include: ['**/*.test.*'] }, ['src/orders.test.mjs']],
    ['tap', { exclude: '**/deep/**' }, ['test/orders.js', 'test/fixtures/db.js', 'src/orders.test.mjs', 'test.js']],
  ])('%s with %o', (command, options, expected) => {
    expect(picks(layout(tap, { commands: [command], options }), TREE)).toEqual(expected);
  });
});

test('programs before and after the run, and preloaded modules', () => {
  expect(
    layout(tap, { options: { before: './test/up.js', after: './test/down.js', 'node-arg': ['--import=./test/setup.js', '--no-warnings'] } }),
  ).toMatchObject({
    globalSetup: ['./test/up.js', './test/down.js'],
    setupFiles: ['./test/setup.js'],
  });
});
