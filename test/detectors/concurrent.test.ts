import { expect, test } from 'vitest';
import { places } from './audit.js';

const ava = { runner: 'ava' } as const;

test('a variable that a hook fills before each of several tests at once', () => {
  const file = (write: string, word = 'test'): string => `
import test from 'ava';
let user;
test.beforeEach(async () => { ${write} });
${word}('renames', async (t) => { t.is(user.name, 'a'); });
${word}('removes', async (t) => { t.is(user.name, 'a'); });
`;
  expect(places('shared-module-state', { 'a.test.ts': file('user = await sign();') }, ava)).toEqual(['a.test.ts:4']);
  expect(places('shared-module-state', { 'a.test.ts': file('user = undefined;') }, ava)).toEqual([]);
  expect(places('shared-module-state', { 'a.test.ts': file('user = await sign();', 'test.serial') }, ava)).toEqual([]);
  expect(places('shared-module-state', { 'a.test.ts': file('t.context.user = await sign();').replaceAll('user.name', 't.context.user.name') }, ava)).toEqual(
    [],
  );
});

test('a hook around concurrent tests alone counts', () => {
  const file = (suite: string): string => `
import { beforeEach, describe, expect, test } from 'vitest';
${suite}('orders', () => {
  let order;
  beforeEach(async () => { order = await make(); });
  test('ships', async () => { expect(order.state).toBe('new'); });
  test('bills', async () => { expect(order.state).toBe('new'); });
});
`;
  expect(places('shared-module-state', { 'a.test.ts': file('describe.concurrent') })).toEqual(['a.test.ts:5']);
  expect(places('shared-module-state', { 'a.test.ts': file('describe') })).toEqual([]);
});
