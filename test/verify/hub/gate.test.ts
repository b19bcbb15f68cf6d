import { expect, test } from 'vitest';
import { createGate, type Entry, type Gate } from '../../../src/verify/hub/gate.js';
import type { Step } from '../../../src/verify/recording.js';
import type { Said } from '../../../src/verify/wire/wire.js';

const said = (operation: string, key?: string): Said => ({
  operation,
  touches: key === undefined ? [] : [{ kind: 'key', name: key, access: 'write' }],
  text: operation,
  inTransaction: false,
});
const step = (role: string, operation: string, key?: string, nth = 0): Step => ({
  role,
  service: 'redis',
  operation,
  ...(key === undefined ? {} : { touch: { kind: 'key', name: key } }),
  nth,
});
const nothing = (): void => undefined;
const enter = (gate: Gate, role: string, ...commands: Said[]): Entry => gate.enter(role, 'redis', commands);

test('a later step waits until the earlier ones are answered, and others never wait', () => {
  let changes = 0;
  const gate = createGate([step('A', 'SET', 'cart'), step('B', 'FLUSHDB'), step('A', 'GET', 'cart')], () => changes++);
  const flush = enter(gate, 'B', said('FLUSHDB'));
  expect(gate.mustWait(flush)).toBe(true);
  expect(gate.mustWait(enter(gate, 'A', said('SET', 'other')))).toBe(false);
  const set = enter(gate, 'A', said('SET', 'cart'));
  expect(gate.mustWait(set)).toBe(false);
  const get = enter(gate, 'A', said('GET', 'cart'));
  expect(gate.mustWait(flush)).toBe(true);
  gate.answered(set);
  expect([gate.mustWait(flush), gate.mustWait(get), changes]).toEqual([false, true, 1]);
  gate.answered(flush);
  gate.answered(get);
  expect(gate.outcome()).toEqual({ outcome: 'followed', reached: 3 });
});

test('a step is the command of its number among those of the role that fit', () => {
  const gate = createGate([step('A', 'GET', 'cart', 1), step('B', 'FLUSHDB', undefined, 1)], nothing);
  const first = enter(gate, 'B', said('FLUSHDB'));
  const second = enter(gate, 'B', said('FLUSHDB'));
  expect([gate.mustWait(first), gate.mustWait(second)]).toEqual([false, true]);
  gate.answered(enter(gate, 'A', said('GET', 'cart')));
  expect(gate.mustWait(second)).toBe(true);
  gate.answered(enter(gate, 'A', said('GET', 'cart')));
  expect(gate.mustWait(second)).toBe(false);
});

test('what is sent as one cannot have another step inside', () => {
  const gate = createGate([step('A', 'SET', 'cart'), step('B', 'FLUSHDB'), step('A', 'GET', 'cart')], nothing);
  const entry = enter(gate, 'A', said('SET', 'cart'), said('GET', 'cart'));
  expect(gate.mustWait(entry)).toBe(false);
  expect(gate.outcome()).toEqual({
    outcome: 'blocked',
    reached: 0,
    why: 'A sends SET cart of A and GET cart of A as one, so that FLUSHDB of B cannot come between',
  });
});

test('a role that ends before its step sets all free, whether the step is the next or comes to be', () => {
  const gate = createGate([step('A', 'SET', 'cart'), step('B', 'FLUSHDB'), step('A', 'GET', 'cart')], nothing);
  const set = enter(gate, 'A', said('SET', 'cart'));
  const get = enter(gate, 'A', said('GET', 'cart'));
  gate.ended('B');
  expect([gate.next?.role, gate.mustWait(get)]).toEqual(['A', true]);
  gate.answered(set);
  expect(gate.mustWait(get)).toBe(false);
  expect(gate.outcome()).toEqual({ outcome: 'not-reached', reached: 1, why: 'B ended before FLUSHDB of B' });
});

test('a run that ends too early says which step was missing', () => {
  expect(createGate([step('A', 'SET', 'cart')], nothing).outcome()).toEqual({ outcome: 'not-reached', reached: 0, why: 'the run ended before SET cart of A' });
});
