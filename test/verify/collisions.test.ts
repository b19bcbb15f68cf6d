import { describe, expect, test } from 'vitest';
import { apart, collisionsOf, meet, MOST_ORDERS, type Alone } from '../../src/verify/collisions.js';
import { overlaps } from '../../src/verify/overlap.js';
import type { Access, Command, Step, TouchKind } from '../../src/verify/recording.js';

type Said = readonly [operation: string, kind: TouchKind, name: string, access: Access, more?: Partial<Command>];

/** What a role said alone, twice the same unless told. */
function alone(role: string, said: readonly Said[], again: readonly Said[] = said): Alone {
  const recording = (all: readonly Said[]): Alone[0] => ({
    dials: [],
    uses: [],
    unread: [],
    commands: all.map(([operation, kind, name, access, more], seq) => ({
      seq,
      unit: seq,
      at: seq,
      role,
      connection: 0,
      process: { pid: 1, thread: 0 },
      service: 'redis',
      database: '0',
      operation,
      touches: [{ kind, name, access }],
      text: `${operation} ${name}`,
      reply: 'ok',
      inTransaction: false,
      ...more,
    })),
  });
  return [recording(said), recording(again)];
}

const told = (steps: readonly Step[]): string => steps.map(({ role, operation, nth }) => `${role}:${operation}${nth > 0 ? `#${nth}` : ''}`).join(' ');
const orders = (a: Alone, b: Alone): readonly string[] => collisionsOf(a, b).map(({ bad }) => told(bad));

const sets = alone('A', [
  ['SET', 'key', 'cart', 'write'],
  ['GET', 'key', 'cart', 'read'],
]);

test('a wipe between a write and its read comes first', () => {
  const [first] = orders(sets, alone('B', [['FLUSHDB', 'keyspace', '', 'clear']]));
  expect(first).toBe('A:SET B:FLUSHDB A:GET');
});

test('a count amid the writes of another is an order too', () => {
  const counts = alone('B', [['DBSIZE', 'keyspace', '', 'read']]);
  const writes = alone('A', [
    ['SET', 'key', 'a', 'write'],
    ['DEL', 'key', 'a', 'clear'],
  ]);
  expect(orders(writes, counts)).toContain('A:SET B:DBSIZE A:DEL');
  expect(orders(alone('A', [['SET', 'key', 'a', 'write']]), counts)).toContain('A:SET B:DBSIZE');
});

test('a database that is dropped takes its tables with it, wherever the command was sent', () => {
  const reads = alone('A', [['SELECT', 'table', 'orders', 'read', { database: 'shop' }]]);
  const drops = (name: string) => alone('B', [['DROP DATABASE', 'database', name, 'clear', { database: 'main' }]]);
  expect(meet(reads, drops('shop'))).toBe(true);
  expect(meet(reads, drops('main'))).toBe(false);
  expect(meet(drops('shop'), drops('shop'))).toBe(true);
});

test('a table that is named with its database is that table', () => {
  const far = (database: string) =>
    alone('B', [['DELETE', 'table', 'orders', 'clear', { database: 'main', touches: [{ kind: 'table', name: 'orders', access: 'clear', database }] }]]);
  const reads = alone('A', [['SELECT', 'table', 'orders', 'read', { database: 'shop' }]]);
  expect(meet(reads, far('shop'))).toBe(true);
  expect(meet(reads, far('store'))).toBe(false);
});

describe('within a transaction', () => {
  const inside = { inTransaction: true };
  const begin: Said = ['BEGIN', 'table', 'none', 'read', { ...inside, touches: [] }];
  const end = (operation: string): Said => [operation, 'table', 'none', 'read', { ...inside, touches: [] }];
  const inserts: Said = ['INSERT', 'table', 'orders', 'write', inside];
  const counts: Said = ['SELECT', 'table', 'orders', 'read'];
  const deletes: Said = ['DELETE', 'table', 'orders', 'clear', inside];

  test('a write is there for others when it is committed', () => {
    const [first] = collisionsOf(alone('A', [begin, end('COMMIT'), begin, inserts, end('COMMIT'), counts]), alone('B', [begin, deletes, end('COMMIT')]));
    expect(told(first!.bad)).toBe('A:INSERT A:COMMIT#1 B:DELETE B:COMMIT A:SELECT');
    expect(first?.met).toBe(3);
  });

  test('what is read inside, or never committed, has no such moment', () => {
    const reads: Said = ['SELECT', 'table', 'orders', 'read', inside];
    const [first] = orders(alone('A', [begin, inserts, reads, end('COMMIT')]), alone('B', [deletes]));
    expect(first).toBe('A:INSERT B:DELETE A:SELECT');
    expect(orders(alone('A', [begin, inserts, end('ROLLBACK'), begin, end('COMMIT'), counts]), alone('B', [deletes]))[0]).toBe('A:INSERT B:DELETE A:SELECT');
  });
});

test('those who only read, other keys and other databases do not meet', () => {
  const reads = alone('B', [['GET', 'key', 'cart', 'read']]);
  expect(meet(reads, alone('A', [['GET', 'key', 'cart', 'read']]))).toBe(false);
  expect(meet(sets, alone('B', [['SET', 'key', 'basket', 'write']]))).toBe(false);
  expect(meet(sets, alone('B', [['SET', 'key', 'cart', 'write', { database: '1' }]]))).toBe(false);
  expect(meet(sets, alone('B', [['FLUSHALL', 'server', '', 'clear', { database: '1' }]]))).toBe(true);
  expect(orders(sets, alone('B', [['SET', 'key', 'basket', 'write']]))).toEqual([]);
});

test('names that differ from run to run are no step', () => {
  const random = alone('B', [['SET', 'key', 'cart-17', 'write']], [['SET', 'key', 'cart-93', 'write']]);
  expect(orders(alone('A', [['KEYS', 'key', 'cart-*', 'read']]), random)).toEqual([]);
});

test('paths meet by name, where a folder is looked into, and where one is removed with all in it', () => {
  const files = { service: 'files', database: '' } as const;
  const makes = alone('A', [['writeFile', 'path', 'out/a.csv', 'write', files]]);
  const other = (operation: string, name: string, access: Access): Alone => alone('B', [[operation, 'path', name, access, files]]);
  expect(meet(makes, other('readFile', 'out/a.csv', 'read'))).toBe(true);
  expect(meet(makes, other('readdir', 'out', 'read'))).toBe(true);
  expect(meet(makes, other('readdir', '.', 'read'))).toBe(false);
  expect(meet(makes, other('writeFile', 'out/b.csv', 'write'))).toBe(false);
  expect(meet(makes, other('mkdir', 'out', 'write'))).toBe(false);
  expect(meet(makes, other('rm', 'out', 'clear'))).toBe(true);
  expect(meet(makes, other('rm', 'ou', 'clear'))).toBe(false);
});

test('a port is free for the second when the first is over', () => {
  const listens = (role: string): Alone => alone(role, [['listen', 'port', '4448', 'write', { service: 'ports', database: '' }]]);
  expect(orders(listens('A'), listens('B'))).toEqual(['A:listen B:listen', 'B:listen A:listen']);
  expect(told(apart(listens('A'), listens('B')))).toBe('A:end B:listen');
});

test('what one unit holds together is not parted, and set-up of the run is not of the tests', () => {
  const queued = alone('A', [
    ['SET', 'key', 'cart', 'write', { unit: 1 }],
    ['GET', 'key', 'cart', 'read', { unit: 1 }],
  ]);
  expect(orders(queued, alone('B', [['DEL', 'key', 'cart', 'clear']])).filter((order) => order.startsWith('A:SET B:DEL A:GET'))).toEqual([]);
  const withSetUp = alone('B', [
    ['FLUSHDB', 'keyspace', '', 'clear'],
    ['GET', 'key', 'other', 'read', { worker: '2' }],
  ]);
  expect(orders(sets, withSetUp)).toEqual([]);
});

test('the control lets the first be done before the second begins', () => {
  const b = alone('B', [
    ['GET', 'key', 'other', 'read'],
    ['DEL', 'key', 'cart', 'clear'],
    ['DEL', 'key', 'cart', 'clear'],
  ]);
  expect(told(apart(sets, b))).toBe('A:GET B:DEL');
  expect(told(apart(b, sets))).toBe('B:DEL#1 A:SET');
  expect(apart(sets, alone('B', [['GET', 'key', 'other', 'read']]))).toEqual([]);
});

describe('of many recordings', () => {
  /** A small generator with a seed: the same recordings each time. */
  const random = (seed: number) => (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const KEYS = ['cart', 'user:1', 'user:*', 'gate'];
  const recorded = (role: string, next: (below: number) => number): Alone =>
    alone(
      role,
      Array.from({ length: 1 + next(12) }, (): Said => {
        const access = (['read', 'write', 'clear'] as const)[next(3)]!;
        return next(6) === 0
          ? [`ALL-${access}`, 'keyspace', '', access, { database: String(next(2)) }]
          : [`ONE-${access}`, 'key', KEYS[next(KEYS.length)]!, access, { database: String(next(2)) }];
      }),
    );
  const commandOf = ([{ commands }]: Alone, step: Step): Command =>
    commands.filter(
      ({ operation, touches }) => operation === step.operation && touches.some(({ kind, name }) => kind === step.touch?.kind && name === step.touch.name),
    )[step.nth]!;

  test.each(Array.from({ length: 60 }, (_, at) => at + 1))('orders hold what they promise (%i)', (seed) => {
    const next = random(seed * 7919);
    const [a, b] = [recorded('A', next), recorded('B', next)];
    const all = collisionsOf(a, b);
    expect(all.length).toBeLessThanOrEqual(MOST_ORDERS);
    expect(new Set(all.map(({ bad }) => JSON.stringify(bad))).size).toBe(all.length);
    if (all.length > 0) expect(meet(a, b)).toBe(true);
    for (const { bad } of all) {
      const [outer, inner] = [bad[0]!, bad[1]!];
      expect(inner.role).not.toBe(outer.role);
      const uses = bad.map((step) => {
        const command = commandOf(step.role === 'A' ? a : b, step);
        return { command, touch: command.touches[0]! };
      });
      // Every step is a command of its role, in its order, and the two of one role have that of the other in common with it.
      expect(overlaps(uses[0]!, uses[1]!)).toBe(true);
      expect([uses[0]!.touch.access, uses[1]!.touch.access]).not.toEqual(['read', 'read']);
      if (uses[2]) {
        expect(bad[2]!.role).toBe(outer.role);
        expect(uses[2].command.seq).toBeGreaterThan(uses[0]!.command.seq);
        expect(overlaps(uses[2], uses[1]!)).toBe(true);
      }
    }
  });
});
