import { expect, test } from 'vitest';
import japa from '../../src/runners/japa.js';
import { places } from '../detectors/audit.js';
import { repaired } from '../remedies/repair.js';
import { layout, picks, schedule } from './use.js';

test('one process, all files first, nothing at once', () => {
  const given = schedule(japa, { version: '3.1.1' });
  expect(given).toMatchObject({ mode: 'Japa 3.1, one process', preloadsAll: true, rootHooks: 'run', canParallel: false, restores: [], workerIds: [] });
  expect(given.files).toMatchObject({ overlap: 'serial', by: 'default' });
  expect(given.crossFile).toHaveLength(18);
});

test('files are found by the names of its templates', () => {
  const tree = ['tests/unit/orders.spec.ts', 'test/orders.test.js', 'src/orders.spec.ts', 'tests/bootstrap.ts', 'build/tests/unit/orders.spec.js'];
  expect(picks(layout(japa), tree)).toEqual(['tests/unit/orders.spec.ts', 'test/orders.test.js', 'src/orders.spec.ts']);
});

const orders = (group: string): string => `import { test } from '@japa/runner';
test.group('orders', (group) => { ${group}
  test('is open', ({ assert }) => { assert.equal(process.env.ORDERS, 'open'); });
});
test.group('closed orders', () => { test('reads', ({ assert }) => { assert.isUndefined(process.env.ORDERS); }); });`;
test.each([
  ['group.setup(() => { process.env.ORDERS = "open"; });', ['a.test.ts:2']],
  ['group.each.setup(() => { process.env.ORDERS = "open"; });', ['a.test.ts:2']],
  ['group.beforeEach(() => { process.env.ORDERS = "open"; });', ['a.test.ts:2']],
  ['group.setup(() => { process.env.ORDERS = "open"; }); group.teardown(() => { delete process.env.ORDERS; });', []],
  ['group.each.setup(() => { process.env.ORDERS = "open"; }); group.each.teardown(() => { delete process.env.ORDERS; });', []],
  ['group.each.setup(() => { process.env.ORDERS = "open"; return () => { delete process.env.ORDERS; }; });', []],
])('hooks of a group: %s', (group, finds) => {
  expect(places('leaked-env', { 'a.test.ts': orders(group) }, { runner: 'japa' })).toEqual(finds);
});

test('no repair writes a hook outside a group', () => {
  const text = `import { test } from '@japa/runner';
test.group('orders', () => {
  test('is open', () => {
    process.env.ORDERS = 'open';
  });
  test('reads', () => {
    console.log(process.env.ORDERS);
  });
});
`;
  expect(repaired('leaked-env', text, { runner: 'japa' })).toBe('refused: the runner has no such hook');
});
