/** What several findings of a suite need is run once. */
import { expect, test } from 'vitest';
import { isLate, judgeCollision, judgePair, nothingKnown, type Pass, type ServiceBench } from '../../src/verify/services.js';

test('a file is run alone twice as a role, whatever it is paired with', async () => {
  const ran: string[] = [];
  const pass = (file: string): Pass =>
    ({
      outcome: { tests: [{ file, name: 'is kept', state: 'passed' }], broken: [], milliseconds: 1 },
      // Each speaks of a key of its own, so that no order has to be forced.
      recording: {
        commands: [{ role: 'A', service: 'redis', operation: 'SET', text: `SET ${file}`, touches: [{ kind: 'key', name: file, access: 'write' }] }],
      },
    }) as unknown as Pass;
  const bench: ServiceBench = {
    known: nothingKnown(),
    alone: (role, file) => Promise.resolve((ran.push(`${role} ${file}`), pass(file))),
    both: () => Promise.reject(new Error('nothing is in common')),
  };
  const about = (...files: string[]): Parameters<typeof judgeCollision>[0] =>
    ({ deeds: [], finding: { files, resource: { resource: { kind: 'redis' } } } }) as unknown as Parameters<typeof judgeCollision>[0];
  for (const files of [
    ['orders', 'bills'],
    ['orders', 'desks'],
    ['orders', 'bills'],
  ])
    expect((await judgeCollision(about(...files), bench)).word).toBe('NOT-CONFIRMED');
  expect(ran).toEqual(['A orders', 'A orders', 'B bills', 'B bills', 'B desks', 'B desks']);
});

test('a file without a test that passes alone is tried with no other file, and does not count', async () => {
  const ran: string[] = [];
  const state = (file: string): string => (file.startsWith('hooks') ? 'none' : file.startsWith('broken') ? 'failed' : 'passed');
  const alone = (role: string, file: string) => {
    ran.push(`${role} ${file}`);
    const tests = state(file) === 'none' ? [] : [{ file, name: 'is kept', state: state(file), message: 'no' }];
    const commands = [{ role, service: 'redis', operation: 'SET', text: '', touches: [{ kind: 'key', name: file, access: 'write' }] }];
    return Promise.resolve({ outcome: { tests, broken: [], milliseconds: 1 }, recording: { commands } });
  };
  const bench = { known: nothingKnown(), alone, both: () => Promise.reject(new Error('nothing is in common')) } as unknown as ServiceBench;
  const files = ['hooks', 'broken', 'orders', 'bills', 'desks'];
  const deeds = [{ file: 'hooks', does: 'write', op: 'wipe' }];
  const about = { deeds, finding: { files, resource: { resource: { kind: 'redis' } } } } as unknown as Parameters<typeof judgeCollision>[0];
  expect(await judgeCollision(about, bench)).toMatchObject({ word: 'NOT-CONFIRMED', a: { file: 'orders' }, b: { file: 'bills' } });
  expect(new Set(ran)).toEqual(new Set(['A hooks', 'A broken', 'A orders', 'B bills', 'B desks', 'A bills']));
  const lame = { ...about, finding: { ...about.finding, files: ['orders', 'broken'] } };
  expect(await judgeCollision(lame, bench)).toMatchObject({ word: 'ALREADY-FAILING', a: { file: 'orders' }, b: { file: 'broken' } });
});

test('a confirmed order is not counted together with others, that broke nothing', async () => {
  const touch = { kind: 'key', name: 'cart' } as const;
  const sent = (role: string, operation: string, access: string, unit: number) => ({
    role,
    service: 'redis',
    operation,
    text: '',
    unit,
    seq: unit,
    database: '0',
    touches: [{ ...touch, access }],
  });
  const outcome = (file: string, state = 'passed') => ({
    tests: [{ file, name: 'is kept', state, message: 'expected 1 to be 2' }],
    broken: [],
    milliseconds: 1,
  });
  const schedule = { outcome: 'followed', reached: 9 };
  let runs = 0;
  const bench = {
    known: nothingKnown(),
    alone: (role: string, file: string) =>
      Promise.resolve({ outcome: outcome(file), recording: { commands: [sent(role, 'SET', 'write', 0), sent(role, 'GET', 'read', 1)] } }),
    both: (a: string, b: string) => {
      // The first order passes, the second one breaks B, then comes the control order.
      const state = ++runs > 1 && runs < 5 ? 'failed' : 'passed';
      return Promise.resolve({ outcomes: { A: outcome(a), B: outcome(b, state) }, recording: { commands: [], schedule } });
    },
  } as unknown as ServiceBench;
  const { word, trials } = await judgePair('north', 'south', 'redis', bench);
  expect(word).toBe('CONFIRMED');
  expect(trials.filter(({ order }) => order === 'bad').map(({ passed }) => passed)).toEqual([false, false, false]);
});

test.each([
  ['Timeout of 5500ms exceeded. For async tests and hooks, ensure "done()" is called', true],
  ['Exceeded timeout of 5000 ms for a test.', true],
  ['Test timed out in 2000ms.', true],
  ['Timeout of 30000ms exceeded.', false],
  ['expected null to be 3', false],
])('a test that had too little time to be held back proves nothing: %s', (message, late) => {
  expect(isLate({ message })).toBe(late);
});
