import { describe, expect, test } from 'vitest';
import ava from '../../src/runners/ava.js';
import { layout, picks, schedule } from './use.js';

describe('whether files overlap, and tests', () => {
  test.each([
    ['ava', {}, 'parallel', 'default', 'concurrent'],
    ['ava --serial', {}, 'serial', 'command', 'sequential'],
    ['ava -s', {}, 'serial', 'command', 'sequential'],
    ['ava --concurrency=1', {}, 'serial', 'command', 'concurrent'],
    ['ava -c 1', {}, 'serial', 'command', 'concurrent'],
    ['ava -c 4', {}, 'parallel', 'default', 'concurrent'],
    ['ava', { serial: true }, 'serial', 'config', 'sequential'],
    ['ava --no-serial', { serial: true }, 'parallel', 'command', 'concurrent'],
    ['ava', { concurrency: 1 }, 'serial', 'config', 'concurrent'],
    ['ava', { concurrency: 0 }, 'parallel', 'default', 'concurrent'],
    ['ava', { concurrency: 5 }, 'parallel', 'config', 'concurrent'],
  ] as const)('%s with %o: %s by %s, tests %s', (command, options, overlap, by, tests) => {
    expect(schedule(ava, { commands: [command], options })).toMatchObject({ files: { overlap, by }, tests });
  });
});

test.each([
  ['ava', {}, '8.0.1', 'thread'],
  ['ava', {}, '3.15.0', 'process'],
  ['ava --no-worker-threads', {}, '8.0.1', 'process'],
  ['ava', { workerThreads: false }, '8.0.1', 'process'],
] as const)('%s with %o in %s: a %s per file', (command, options, version, unit) => {
  expect(schedule(ava, { commands: [command], options, version })).toMatchObject({ unit, chdirThrows: unit === 'thread', crossFile: ['file'] });
});

test('there is no worker id', () => {
  expect(schedule(ava).workerIds).toEqual([]);
});

const TREE = [
  'test.js',
  'src/test.js',
  'src/orders.test.js',
  'src/orders.spec.mjs',
  'test/orders.js',
  'test/_shared.js',
  'test/helpers/db.js',
  'tests/unit/invoices.js',
  'src/__tests__/a.js',
  'src/__tests__/__fixtures__/b.js',
  'src/orders.test.ts',
  'node_modules/a/test.js',
];
describe('which files are tests', () => {
  test.each([
    ['ava', {}, ['test.js', 'src/test.js', 'src/orders.test.js', 'src/orders.spec.mjs', 'test/orders.js', 'tests/unit/invoices.js', 'src/__tests__/a.js']],
    [
      'ava',
      { typescript: { rewritePaths: {} } },
      [
        'test.js',
        'src/test.js',
        'src/orders.test.js',
        'src/orders.spec.mjs',
        'test/orders.js',
        'tests/unit/invoices.js',
        'src/__tests__/a.js',
        'src/orders.test.ts',
      ],
    ],
    ['ava', { extensions: { ts: 'module' } }, ['src/orders.test.ts']],
    ['ava', { files: ['test/**/*', '!test/helpers'] }, ['test/orders.js']],
    ['ava', { files: ['!tests/**'] }, ['test.js', 'src/test.js', 'src/orders.test.js', 'src/orders.spec.mjs', 'test/orders.js', 'src/__tests__/a.js']],
    ['ava tests/**', {}, ['tests/unit/invoices.js']],
    ['ava src/orders.test.js:4-7', {}, ['src/orders.test.js']],
    ['ava tests/**', { files: ['test/*.js'] }, ['test/orders.js']],
  ])('%s with %o', (command, options, expected) => {
    expect(picks(layout(ava, { commands: [command], options }), TREE)).toEqual(expected);
  });
});

test('required modules are setup, with arguments or without', () => {
  expect(layout(ava, { options: { require: ['./test/setup.js', ['tsx/cjs', { a: 1 }]] } }).setupFiles).toEqual(['./test/setup.js', 'tsx/cjs']);
  expect(layout(ava, { options: { require: './test/setup.js' } }).setupFiles).toEqual(['./test/setup.js']);
});
