import { describe, expect, test } from 'vitest';
import { KINDS, type NameKind } from '../../src/worker/kinds.js';
import { nameOf, runOfName } from '../../src/worker/names.js';
import { mintRun } from '../../src/worker/run.js';

/** What each server accepts, written down anew from the manuals: the rules under test must not judge themselves. */
const ACCEPTS: Readonly<Record<NameKind, (name: string) => boolean>> = {
  postgres: (name) => Buffer.byteLength(name) <= 63 && /^[a-z_][a-z0-9_]*$/.test(name) && !name.startsWith('pg_'),
  mysql: (name) => name.length <= 64 && /^[0-9a-z_]+$/.test(name) && /[a-z_]/.test(name),
  mongodb: (name) => Buffer.byteLength(name) <= 63 && !/[/\\. "$*<>:|?\0]/.test(name),
  neo4j: (name) => name.length >= 3 && name.length <= 63 && /^[a-z][a-z0-9.-]*[a-z0-9]$/.test(name) && !name.startsWith('system'),
  clickhouse: (name) => name.length <= 200 && /^[a-zA-Z_][0-9a-zA-Z_]*$/.test(name),
  cassandra: (name) => name.length <= 48 && /^[a-zA-Z][a-zA-Z0-9_]*$/.test(name),
  elasticsearch: (name) => Buffer.byteLength(name) <= 255 && name === name.toLowerCase() && !/[\\/*?"<>| ,#:]/.test(name) && !/^[-_+]/.test(name),
  dynamodb: (name) => name.length >= 3 && name.length <= 255 && /^[A-Za-z0-9_.-]+$/.test(name),
  s3: (name) =>
    name.length >= 3 && name.length <= 63 && /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(name) && !name.includes('..') && !/^(xn--|sthree-|amzn-s3-demo-)/.test(name),
  kafka: (name) => name.length <= 249 && /^[A-Za-z0-9-]+$/.test(name),
  rabbitmq: (name) => Buffer.byteLength(name) <= 255 && !name.startsWith('amq.'),
  redis: (name) => /^[^\s{}*?[\]\\]+:$/.test(name),
  memcached: (name) => Buffer.byteLength(name) <= 150 && !/[\s\p{Cc}]/u.test(name),
  file: (name) => Buffer.byteLength(name) <= 255 && /^[a-z0-9_][a-z0-9_.-]*$/.test(name) && !name.includes('..'),
  docker: (name) => name.length <= 63 && /^[a-z0-9][a-z0-9_-]*$/.test(name),
};
const kinds = Object.keys(KINDS) as NameKind[];

/** Small seeded generator: a failure says with which seed it comes back. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const run = mintRun(4711, 'abcde', 1_790_000_000);
const other = mintRun(4712, 'abcde', 1_790_000_000);

/** Bases that try the rules: short, long, in capitals, with every kind of sign, equal in all but one letter, made of our own names. */
function bases(seed: number, count: number): readonly string[] {
  const next = random(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const signs = Array.from('abcxyzABCXYZ0129__--..::$/\\ "\'{}*üß漢😀\n\0');
  const words = [
    'orders',
    'Orders',
    'orders-test',
    'orders_test',
    'pg_',
    'system',
    'xn--',
    'amq.',
    'template1',
    '9lives',
    'x',
    't',
    run,
    `${run}_1`,
    `_${run}_1`,
  ];
  const made = new Set<string>(['a', 'A', '-', '_', '0', '漢', 'orders.csv', 'orders.CSV', 'a'.repeat(300), 'a'.repeat(299), '_'.repeat(80)]);
  while (made.size < count) {
    const start = next() < 0.6 ? pick(words) : '';
    const rest = Array.from({ length: Math.floor(next() * (next() < 0.2 ? 120 : 12)) }, () => pick(signs)).join('');
    if (start + rest !== '') made.add(start + rest);
  }
  return [...made];
}

describe.each(kinds)('%s names', (kind) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const all = bases(seed, 1500);

  test('are legal, whatever the base and however many workers there are', () => {
    const illegal = all.flatMap((base) => [0, 1, 16, 12345].map((slot) => nameOf({ base, run, slot, kind }))).filter((name) => !ACCEPTS[kind](name));
    expect(illegal, `seed ${seed}`).toEqual([]);
  });

  test('are never equal: not of two bases, workers, runs or tests', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const base of all) {
      for (const parts of [
        { run, slot: 1 },
        { run, slot: 11 },
        { run, slot: 't' as const },
        { run: other, slot: 1 },
        { run, slot: 1, test: 'counts' },
        { run, slot: 1, test: 'counts ' },
      ]) {
        const who = JSON.stringify({ base, ...parts });
        const name = nameOf({ base, kind, ...parts });
        if (seen.has(name)) twice.push(`${name}: ${seen.get(name) ?? ''} ${who}`);
        seen.set(name, who);
      }
    }
    expect(twice, `seed ${seed}`).toEqual([]);
  });

  test('tell the run they were made for', () => {
    const lost = all.filter((base) => [1, 16, 't' as const].some((slot) => runOfName(nameOf({ base, run, slot, kind }))?.run !== run));
    expect(lost, `seed ${seed}`).toEqual([]);
  });
});

test('a base that the kind allows stays readable, and so does the start of one that it does not', () => {
  expect(nameOf({ base: 'orders_test', run, slot: 3, kind: 'postgres' })).toBe(`orders_test_${run}_3`);
  expect(nameOf({ base: 'orders_test', run, slot: 3, kind: 'neo4j' })).toMatch(new RegExp(`^orders-test-${run}-3x[a-z0-9]{8}$`));
  expect(nameOf({ base: 'Orders Test', run, slot: 3, kind: 'mysql' })).toMatch(new RegExp(`^orders_test_${run}_3x[a-z0-9]{8}$`));
  expect(nameOf({ base: 'orders.csv', run, slot: 3, kind: 'file' })).toBe(`orders_${run}_3.csv`);
  expect(nameOf({ base: 'carts', run, slot: 3, kind: 'redis' })).toBe(`carts:${run}:3:`);
});

test('an empty base is refused', () => {
  expect(() => nameOf({ base: '', run, slot: 1, kind: 'postgres' })).toThrow('the base given is empty');
});

test('names that only look like ours belong to no run', () => {
  const wrong = run.slice(0, -1) + (run.endsWith('0') ? '1' : '0');
  for (const name of [
    'orders_test',
    'orders_test_1',
    `orders_${wrong}_1`,
    `orders_${run}`,
    `orders_${run}_1_copy`,
    `orders_${run}_one`,
    `${run}_1`,
    `orders_${run.toUpperCase()}_1`,
    `orders_${run}_1x`,
  ])
    expect([name, runOfName(name)]).toEqual([name, undefined]);
});
