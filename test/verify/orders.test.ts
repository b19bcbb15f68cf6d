import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLab, type Lab } from '../../src/verify/lab.js';
import type { Watch } from '../../src/verify/preload/settings.js';
import { END, type Step } from '../../src/verify/recording.js';
import { buildPrograms } from './programs.js';
import { MYSQL, POSTGRES, REDIS, roles } from './roles.js';

const { folder, script, start, both } = roles();
let lab: Lab;

beforeAll(async () => {
  lab = await openLab({ needs: [{ kind: 'redis' }, { kind: 'postgres' }, { kind: 'mysql' }], programs: await buildPrograms() });
}, 60_000);
afterAll(async () => lab.close());

const ROUNDS = 3;
const key = { kind: 'key', name: 'cart' } as const;
const set: Step = { role: 'A', service: 'redis', operation: 'SET', touch: key, nth: 0 };
const get: Step = { role: 'A', service: 'redis', operation: 'GET', touch: key, nth: 0 };
const flush: Step = { role: 'B', service: 'redis', operation: 'FLUSHDB', nth: 0 };
/** Clients of two servers that do the same. */
const DATABASES = [
  {
    service: 'postgres',
    connect: POSTGRES,
    insert: "await db.query('INSERT INTO users (email) VALUES ($1)', ['a@b.c']);",
    count: "assert.equal(Number((await db.query('SELECT count(*) FROM users WHERE email = $1', ['a@b.c'])).rows[0].count), 1);",
  },
  {
    service: 'mysql',
    connect: MYSQL,
    insert: "await db.execute('INSERT INTO users (email) VALUES (?)', ['a@b.c']);",
    count: "assert.equal((await db.query('SELECT COUNT(*) AS count FROM users WHERE email = ?', ['a@b.c']))[0][0].count, 1);",
  },
] as const;

test('a test that empties Redis breaks another in one order and not in the other', async () => {
  const a = script('redis-a', REDIS, "await redis.set('cart', '1');", "assert.equal(await redis.get('cart'), '1');", 'redis.quit();');
  const b = script('redis-b', REDIS, 'await redis.flushdb();', 'redis.quit();');
  for (let round = 0; round < ROUNDS; round++) {
    const bad = await both(lab, a, b, [set, flush, get]);
    expect(bad.codes).toEqual([1, 0]);
    expect(bad.recording.schedule).toEqual({ outcome: 'followed', reached: 3 });
    const control = await both(lab, a, b, [set, get, flush]);
    expect(control.codes).toEqual([0, 0]);
    expect(control.recording.schedule).toEqual({ outcome: 'followed', reached: 3 });
  }
}, 60_000);

describe.each(DATABASES)('$service', ({ service, connect, insert, count }) => {
  const users = { kind: 'table', name: 'users' } as const;
  const step = (role: string, operation: string): Step => ({ role, service, operation, touch: users, nth: 0 });
  const [inserts, truncates, counts] = [step('A', 'INSERT'), step('B', 'TRUNCATE'), step('A', 'SELECT')];
  const table = "await db.query('CREATE TABLE IF NOT EXISTS users (email text)').catch(() => {});";
  const end = 'await db.end();';
  const b = script(`${service}-b`, connect, table, "await db.query('TRUNCATE users');", end);

  test('a test that truncates a table breaks another in one order and not in the other', async () => {
    const a = script(`${service}-a`, connect, table, insert, count, end);
    for (let round = 0; round < ROUNDS; round++) {
      const bad = await both(lab, a, b, [inserts, truncates, counts]);
      expect(bad.codes).toEqual([1, 0]);
      expect(bad.recording.schedule).toEqual({ outcome: 'followed', reached: 3 });
      const control = await both(lab, a, b, [inserts, counts, truncates]);
      expect(control.codes).toEqual([0, 0]);
      expect(control.recording.schedule).toEqual({ outcome: 'followed', reached: 3 });
    }
  }, 60_000);

  test.each([
    ['a table', 'TRUNCATE users', 'TRUNCATE'],
    ['rows', 'DELETE FROM users WHERE email IS NOT NULL', 'DELETE'],
  ])(
    'a lock on %s that the order would have to break is said at once',
    async (what, sql, operation) => {
      // PostgreSQL's DELETE does not see what another has not committed, and waits for nobody.
      if (service === 'postgres' && what === 'rows') return;
      const a = script(`${service}-locks-a`, connect, table, "await db.query('BEGIN');", insert, count, "await db.query('ROLLBACK');", end);
      const other = script(`${service}-locks-b`, connect, table, `await db.query('${sql}');`, end);
      const { codes, recording } = await both(lab, a, other, [inserts, step('B', operation), counts]);
      expect(codes).toEqual([0, 0]);
      expect(recording.schedule).toEqual({ outcome: 'blocked', reached: 1, why: `${operation} of B waits for a lock that A holds until its transaction ends` });
      expect(recording.commands.find(({ operation: each }) => each === 'SELECT')?.held).toBeLessThan(2000);
    },
    60_000,
  );
});

test('what Redis does as one unit cannot be parted', async () => {
  const a = script(
    'multi-a',
    REDIS,
    "await redis.multi({ pipeline: false }); await redis.set('cart', '1'); await redis.get('cart'); await redis.exec();",
    'redis.quit();',
  );
  const b = script('multi-b', REDIS, 'await redis.flushdb();', 'redis.quit();');
  const { codes, recording } = await both(lab, a, b, [set, flush, get]);
  expect(codes).toEqual([0, 0]);
  expect(recording.schedule).toMatchObject({ outcome: 'blocked', reached: 0 });
}, 60_000);

test('a command that waits for another by design lets the other come', async () => {
  const a = script('waits-a', REDIS, "assert.deepEqual(await redis.blpop('jobs', 5), ['jobs', 'x']);", 'redis.quit();');
  const b = script('waits-b', REDIS, "await redis.lpush('jobs', 'x');", 'redis.quit();');
  const jobs = { kind: 'key', name: 'jobs' } as const;
  const { codes, recording } = await both(lab, a, b, [
    { role: 'A', service: 'redis', operation: 'BLPOP', touch: jobs, nth: 0 },
    { role: 'B', service: 'redis', operation: 'LPUSH', touch: jobs, nth: 0 },
  ]);
  expect(codes).toEqual([0, 0]);
  expect(recording.schedule?.outcome).toBe('followed');
}, 60_000);

test('nobody waits for a role that has ended, nor for one that never moves', async () => {
  const a = script('never-a', REDIS, "await redis.set('cart', '1');", 'redis.quit();');
  const none = script('never-b', REDIS, "await redis.set('other', '1');", 'redis.quit();');
  const gone = await both(lab, a, none, [flush, set]);
  expect(gone.codes).toEqual([0, 0]);
  expect(gone.recording.schedule).toEqual({ outcome: 'not-reached', reached: 0, why: 'B ended before FLUSHDB of B' });

  const sleeps = script('never-c', REDIS, 'await redis.ping();', 'setInterval(() => {}, 1000);');
  const run = await lab.run({ schedule: [flush, set], patience: 300 });
  const silent = start(run, 'B', sleeps);
  expect(await start(run, 'A', a)).toMatchObject({ code: 0 });
  expect((await run.finish()).schedule).toMatchObject({ outcome: 'not-reached', reached: 0 });
  expect(await silent).toMatchObject({ code: null });
}, 60_000);

const file = (role: string, operation: string): Step => ({ role, service: 'files', operation, touch: { kind: 'path', name: 'note.txt' }, nth: 0 });
const listens = (role: string): Step => ({ role, service: 'ports', operation: 'listen', touch: { kind: 'port', name: '4459' }, nth: 0 });
const ends = (role: string): Step => ({ role, service: 'ports', operation: END, nth: 0 });
const watch = (): Watch => ({ paths: [join(realpathSync(folder), 'note.txt')], bases: [{ folder: realpathSync(folder), as: '' }] });

test.each(['Sync', ''])(
  'calls for a path are held in either order, those that block too: writeFile%s',
  async (sync) => {
    const call = (name: string, more: string): string => (sync === '' ? `await fs.promises.${name}('note.txt'${more})` : `fs.${name}Sync('note.txt'${more})`);
    const writes = (name: string): readonly [string, string] =>
      script(
        `${name}${sync}`,
        "const fs = require('node:fs');",
        `${call('writeFile', `, '${name}'`)};`,
        `assert.equal(${call('readFile', ", 'utf8'")}, '${name}');`,
      );
    const [a, b] = [writes('a'), writes('b')];
    for (let round = 0; round < ROUNDS; round++) {
      const bad = await both(lab, a, b, [file('A', 'writeFile'), file('B', 'writeFile'), file('A', 'readFile')], watch());
      expect(bad.codes).toEqual([1, 0]);
      expect(bad.recording.schedule).toEqual({ outcome: 'followed', reached: 3 });
      const control = await both(lab, a, b, [file('A', 'readFile'), file('B', 'writeFile')], watch());
      expect(control.codes).toEqual([0, 0]);
      expect(control.recording.uses.map(({ role, operation }) => `${role}:${operation}`)).toEqual(['A:writeFile', 'A:readFile', 'B:writeFile', 'B:readFile']);
    }
  },
  60_000,
);

test('a port that is never closed is free when its role is over', async () => {
  // The server of a process that outlives the command keeps the port until it is ended too.
  const leaves = script(
    'leaves',
    `const child = require('node:child_process').spawn(process.execPath, ['-e', "require('node:net').createServer().listen(4459, () => console.log('open'))"]);`,
    "await new Promise((done) => child.stdout.once('data', done));",
    'process.exit();',
  );
  const needs = script('needs', "await new Promise((done, fail) => require('node:net').createServer().on('error', fail).listen(4459, done)); process.exit();");
  for (let round = 0; round < ROUNDS; round++) {
    const bad = await both(lab, leaves, needs, [listens('A'), listens('B')], watch());
    expect(bad.codes).toEqual([0, 1]);
    expect(bad.recording.schedule).toEqual({ outcome: 'followed', reached: 2 });
    const control = await both(lab, leaves, needs, [ends('A'), listens('B')], watch());
    expect(control.codes).toEqual([0, 0]);
  }
}, 60_000);

test('an order of calls that cannot be followed is given up, and says why', async () => {
  const writes = script('writes', "require('node:fs').writeFileSync('note.txt', '');");
  const idle = script('idle', '');
  const gone = await both(lab, writes, idle, [file('B', 'rm'), file('A', 'writeFile')], watch());
  expect(gone).toMatchObject({ codes: [0, 0], recording: { schedule: { outcome: 'not-reached', reached: 0, why: 'B ended before rm note.txt of B' } } });

  const atOnce = script(
    'at-once',
    "const fs = require('node:fs'); await Promise.all([fs.promises.writeFile('note.txt', ''), fs.promises.readFile('note.txt')]);",
  );
  const one = await both(lab, atOnce, writes, [file('A', 'writeFile'), file('B', 'writeFile'), file('A', 'readFile')], watch());
  expect(one).toMatchObject({
    codes: [0, 0],
    recording: { schedule: { outcome: 'not-reached', why: 'A begins the next call before writeFile note.txt of A has ended' } },
  });

  const sleeps = script('never', "console.log('runs'); setInterval(() => {}, 1000);");
  const run = await lab.run({ schedule: [file('B', 'rm'), file('A', 'writeFile')], watch: watch(), patience: 300 });
  const silent = start(run, 'B', sleeps);
  expect(await start(run, 'A', writes)).toMatchObject({ code: 0 });
  expect((await run.finish()).schedule).toEqual({ outcome: 'not-reached', reached: 0, why: 'rm note.txt of B did not come within 0.3 s' });
  expect(await silent).toMatchObject({ code: null });
}, 60_000);
