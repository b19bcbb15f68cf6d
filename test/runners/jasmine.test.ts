import { describe, expect, test } from 'vitest';
import jasmine from '../../src/runners/jasmine.js';
import { layout, picks, schedule } from './use.js';

test.each([
  ['jasmine', 'serial', 'default'],
  ['jasmine --parallel=auto', 'parallel', 'command'],
  ['jasmine --parallel=4', 'parallel', 'command'],
] as const)('%s: %s by %s', (command, overlap, by) => {
  expect(schedule(jasmine, { commands: [command] }).files).toMatchObject({ overlap, by });
});

test('one process, all files first, hooks of the run, random order', () => {
  const given = schedule(jasmine, { version: '7.0.0' });
  expect(given).toMatchObject({
    mode: 'Jasmine 7.0, one process, random order',
    preloadsAll: true,
    rootHooks: 'run',
    canParallel: true,
    parallelSwitch: '--parallel=auto',
    unit: 'cluster',
  });
  expect(given.crossFile).toHaveLength(18);
});

test('in parallel, a cluster whose workers share ports', () => {
  const given = schedule(jasmine, { commands: ['jasmine --parallel=2'] });
  expect(given).toMatchObject({ preloadsAll: false, rootHooks: 'file', unit: 'cluster' });
  expect(given.notes).toEqual(['Workers of a cluster share listening ports: two files on one port get each other’s connections, without an error.']);
});

test('spies are removed after each spec', () => {
  expect(schedule(jasmine).restores).toMatchObject([{ state: 'mock', after: 'test' }]);
});

test.each([[{ env: { random: false } }], [{ random: false }]])('a fixed order with %o', (options) => {
  expect(schedule(jasmine, { options }).mode).toBe('Jasmine, one process, fixed order');
});

test('there is no worker id, and versions before 5 cannot run in parallel', () => {
  expect(schedule(jasmine, { version: '4.6.0' })).toMatchObject({ workerIds: [], canParallel: false });
});

const TREE = ['spec/ordersSpec.js', 'spec/helpers/db.js', 'spec/support/invoices.spec.js', 'tests/carts_test.js', 'spec/old/ordersSpec.js'];
describe('which files are tests', () => {
  test.each([
    ['jasmine', {}, ['spec/ordersSpec.js', 'spec/support/invoices.spec.js', 'spec/old/ordersSpec.js']],
    ['jasmine', { spec_dir: 'tests', spec_files: ['**/*_test.js'] }, ['tests/carts_test.js']],
    ['jasmine', { spec_files: ['spec/**/*Spec.js', '!spec/old/**'] }, ['spec/ordersSpec.js']],
    ['jasmine spec/support/*.js', {}, ['spec/support/invoices.spec.js']],
  ])('%s with %o', (command, options, expected) => {
    expect(picks(layout(jasmine, { commands: [command], options }), TREE)).toEqual(expected);
  });
});

test('helpers and required modules are setup', () => {
  expect(
    layout(jasmine, {
      options: { spec_dir: 'spec', spec_files: ['*.js'], helpers: ['helpers/**/*.js'], requires: ['ts-node/register'] },
      commands: ['jasmine --helper=spec/more.js'],
    }).setupFiles,
  ).toEqual(['ts-node/register', './spec/helpers/**/*.js', 'spec/more.js']);
});
