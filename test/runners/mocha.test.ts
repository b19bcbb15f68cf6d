import { describe, expect, test } from 'vitest';
import mocha from '../../src/runners/mocha.js';
import { layout, picks, schedule } from './use.js';

describe('whether files overlap', () => {
  test.each([
    ['mocha', {}, 'serial', 'default'],
    ['mocha --parallel', {}, 'parallel', 'command'],
    ['mocha -p', {}, 'parallel', 'command'],
    ['ts-mocha -p tsconfig.test.json', {}, 'serial', 'default'],
    ['ts-mocha -p tsconfig.test.json --parallel', {}, 'parallel', 'command'],
    ['mocha --parallel --jobs 1', {}, 'serial', 'command'],
    ['mocha --jobs=1', { parallel: true }, 'serial', 'command'],
    ['mocha --no-parallel', { parallel: true }, 'serial', 'command'],
    ['mocha --no-parallel', {}, 'serial', 'default'],
    ['mocha', { parallel: true }, 'parallel', 'config'],
    ['mocha', { parallel: true, jobs: 1 }, 'serial', 'config'],
    ['mocha', { parallel: true, jobs: 4 }, 'parallel', 'config'],
  ] as const)('%s with %o: %s by %s', (command, options, overlap, by) => {
    expect(schedule(mocha, { commands: [command], options }).files).toMatchObject({ overlap, by });
  });
});

test('one process for all files, loaded before the first test, with hooks of the run', () => {
  expect(schedule(mocha, { version: '12.0.3' })).toMatchObject({
    mode: 'Mocha 12.0, one process',
    preloadsAll: true,
    rootHooks: 'run',
    canParallel: true,
    parallelSwitch: '--parallel',
    chdirThrows: false,
  });
});

test('in parallel, file by file, with hooks of the file', () => {
  const given = schedule(mocha, { commands: ['mocha --parallel'] });
  expect(given).toMatchObject({ preloadsAll: false, rootHooks: 'file', unit: 'process' });
  expect(given).not.toHaveProperty('parallelSwitch');
});

test.each(['mocha', 'mocha --parallel'])('%s: everything survives a file', (command) => {
  const given = schedule(mocha, { commands: [command] });
  expect(given.crossFile).toHaveLength(18);
  expect(given.restores).toEqual([]);
});

test('the worker id starts at 0, is unset in a serial run and is no slot', () => {
  expect(schedule(mocha).workerIds).toMatchObject([{ name: 'MOCHA_WORKER_ID', first: 0, serial: null, unique: true, bounded: false }]);
});

test('versions before 8 cannot run in parallel', () => {
  const given = schedule(mocha, { version: '7.2.0' });
  expect(given.canParallel).toBe(false);
  expect(given).not.toHaveProperty('parallelSwitch');
  expect(given.why).toMatch(/^With `--parallel`, a later Mocha runs/);
});

const TREE = ['test/orders.js', 'test/orders.ts', 'test/unit/invoices.js', 'spec/carts.spec.ts', 'lib/orders.js'];
describe('which files are tests', () => {
  test.each([
    ['mocha', {}, ['test/orders.js']],
    ['mocha --recursive', {}, ['test/orders.js', 'test/unit/invoices.js']],
    ['mocha', { recursive: true, extension: ['ts'] }, ['test/orders.ts']],
    ['mocha --extension .ts,js', {}, ['test/orders.js', 'test/orders.ts']],
    ['mocha test/unit', {}, ['test/unit/invoices.js']],
    ['mocha ./test/unit/', {}, ['test/unit/invoices.js']],
    ['mocha test/orders', {}, ['test/orders.js']],
    ['mocha -r ts-node/register spec/**/*.ts', {}, ['spec/carts.spec.ts']],
    ['mocha --timeout 5000 --exit test/**/*.js', {}, ['test/orders.js', 'test/unit/invoices.js']],
    ['mocha', { spec: 'spec/**/*.spec.ts' }, ['spec/carts.spec.ts']],
    ['mocha test/orders.js', { spec: ['spec/**/*.ts'] }, ['test/orders.js', 'spec/carts.spec.ts']],
    ['mocha test/**/*.js', { ignore: ['./test/unit/**'] }, ['test/orders.js']],
    ['mocha test/**/*.js --exclude test/unit/**', {}, ['test/orders.js']],
    ['ts-mocha -p tsconfig.test.json test/orders.ts', {}, ['test/orders.ts']],
  ])('%s with %o', (command, options, expected) => {
    expect(picks(layout(mocha, { commands: [command], options }), TREE)).toEqual(expected);
  });

  test.each([
    ['egg-bin test', ['test/app/orders.test.ts']],
    ['egg-bin cov test/app/invoices.ts --timeout 9000', ['test/app/invoices.ts']],
  ])('those that %s hands to Mocha', (line, expected) => {
    const paths = ['test/app/orders.test.ts', 'test/app/invoices.ts', 'test/fixtures/shop/test/a.test.js', 'app/orders.ts'];
    expect(picks(layout(mocha, { commands: [line] }), paths)).toEqual(expected);
  });

  test.each([
    ['mocha plugins/@(${PLUGINS})/test/*.spec.js', 'plugins/orders/test/a.spec.js'],
    ['mocha ./test/services/$npm_config_service/*.test.js', 'test/services/orders/a.test.js'],
    ['mocha test/$(uname)', 'test/Linux/a.js'],
  ])('what only the shell knows may be anything: %s', (line, path) => {
    expect(picks(layout(mocha, { commands: [line] }), [path, 'other/a.spec.js'])).toEqual([path]);
  });

  test('a word of nothing but a variable says nothing', () => {
    expect(picks(layout(mocha, { commands: ['mocha $FILES'] }), ['test/a.js', 'a.js'])).toEqual([]);
  });

  test('patterns of all commands together', () => {
    expect(picks(layout(mocha, { commands: ['mocha test/unit', 'script test:spec: mocha spec/*.ts'] }), TREE)).toEqual([
      'test/unit/invoices.js',
      'spec/carts.spec.ts',
    ]);
  });
});

test('required and preloaded files are setup', () => {
  expect(
    layout(mocha, { commands: ['mocha -r ./test/hooks.js --file test/first.js'], options: { require: ['ts-node/register', './test/env.ts'] } }).setupFiles,
  ).toEqual(['ts-node/register', './test/env.ts', './test/hooks.js', 'test/first.js']);
});

test('preloaded files and parallel mode do not go together', () => {
  expect(schedule(mocha, { commands: ['mocha --parallel'], options: { file: 'test/first.js' } }).notes).toEqual([
    'Files loaded with `--file` are not supported in parallel mode.',
  ]);
});
