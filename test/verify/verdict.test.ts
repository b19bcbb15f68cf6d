import { expect, test } from 'vitest';
import { verdictOf } from '../../src/verify/trying.js';

test('a confirmed verdict has its bad run and a line that does it again, and no other has', () => {
  const fails = { file: 'b.test.ts', name: "it's open" };
  const replay = { kind: 'in-one-worker', tests: [fails], fails, says: 'expected 1' } as const;
  const of = (word: 'CONFIRMED' | 'NOT-CONFIRMED') =>
    verdictOf({ word, why: 'seen', trials: [], trace: [], replay }, {} as Parameters<typeof verdictOf>[1], { versions: () => ['Jest 30.5.2'] }, Date.now());
  expect(of('CONFIRMED')).toMatchObject({ replay, again: expect.stringContaining(String.raw`"it'\''s open"`) as string, versions: ['Jest 30.5.2'] });
  expect(Object.keys(of('NOT-CONFIRMED')).sort()).toEqual(['milliseconds', 'trace', 'trials', 'versions', 'why', 'word']);
});
