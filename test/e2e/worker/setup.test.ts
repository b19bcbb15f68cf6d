import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServices, type Services } from '../../../scripts/services.mjs';
import { mintRun } from '../../../src/worker/run.js';
import { project, runsIn, type Files, type Told } from './project.js';
import { postgresDatabases, redis, sql } from './servers.js';
import { suites, type Suite } from './suites.js';

const LIMIT = { timeout: 120_000 };

let services: Services;
let server: string;
beforeAll(async () => {
  services = await startServices(['postgres', 'redis']);
  server = services.urls.postgres!;
  await sql(server, 'CREATE DATABASE shop');
  await sql(inside('shop'), 'CREATE TABLE orders (number int)', 'INSERT INTO orders VALUES (1), (2), (3)');
}, 120_000);
afterAll(async () => services.stop());

const inside = (name: string): string => server.replace(/[^/]+$/, name);

/** Read when it is loaded, as the configuration of most applications is. */
const CONFIG: Files = { 'config.cjs': `exports.database = process.env.DATABASE_URL;\nexports.redis = process.env.REDIS_URL;\n` };

/** Everybody wipes, writes one, meets, and counts: without isolation nobody counts one. */
const BODY = `
  const [{ Client }, { Redis }] = [load('pg'), load('ioredis')];
  const client = new Client({ connectionString: config.database });
  const cache = new Redis(config.redis);
  await client.connect();
  const { rows: [{ template }] } = await client.query('SELECT count(*)::int AS template FROM orders');
  await client.query('TRUNCATE orders');
  await cache.flushdb();
  await meet('wiped', 4);
  await client.query('INSERT INTO orders VALUES (7)');
  await cache.set(String(process.pid) + Math.random(), '1');
  await meet('written', 4);
  const { rows: [{ rows, database }] } = await client.query('SELECT count(*)::int AS rows, current_database() AS database FROM orders');
  tell({ template, rows, keys: await cache.dbsize(), database, redis: config.redis });
  await client.end();
  cache.disconnect();
`;

const withConfig = (files: Files): Files => {
  const load = (text: string): string =>
    /^import /m.test(text)
      ? text.replace(
          /^(import \{ test \}.*\n)?/,
          `$1import config from '../config.cjs';\nimport { createRequire } from 'node:module';\nconst load = createRequire(import.meta.url);\n`,
        )
      : `const config = require('../config.cjs');\nconst load = require;\n${text}`;
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, name.startsWith('test/') ? load(text) : text]));
};

const projectOf = (suite: Suite, isSetUp: boolean): ReturnType<typeof project> =>
  project({ ...CONFIG, ...withConfig(suite.files(BODY)), ...(isSetUp ? suite.setUp.files : {}) }, [...suite.packages, 'pg', 'ioredis']);

const distinct = (told: readonly Told[], key: string): number => new Set(told.map((each) => each[key])).size;

describe.each(suites)('$runner', (suite) => {
  test('one line gives each worker its own databases, before modules load, and drops them at the end', LIMIT, async () => {
    const env = { DATABASE_URL: inside('shop'), REDIS_URL: services.urls.redis! };
    const { run } = projectOf(suite, true);
    const runs = await Promise.all([run(suite.setUp.command ?? suite.command, env), run(suite.setUp.command ?? suite.command, env)]);
    for (const { code, output, told } of runs) {
      expect(code, output).toBe(0);
      expect(told.map(({ rows, keys }) => [rows, keys])).toEqual(Array.from({ length: 5 }, () => [1, 1]));
      // Four found the rows of the template; the fifth runs in a database that a neighbour has wiped.
      expect(told.filter(({ template }) => template === 3).length).toBe(4);
    }
    const all = runs.flatMap(({ told }) => told);
    expect(distinct(all, 'database')).toBe(8);
    // Redis counts its databases: what one run has given back, the other may take. That nobody met another's keys is told above.
    for (const { told } of runs) expect(distinct(told, 'redis')).toBe(4);
    await expect.poll(() => postgresDatabases(server), { timeout: 10_000 }).toEqual(['shop']);
    expect(await sql(inside('shop'), 'SELECT count(*)::int AS rows FROM orders')).toEqual([{ rows: 3 }]);
    const left = await redis(services.urls.redis!, async (client) => [await client.dbsize(), await client.info('keyspace')]);
    expect(left).toEqual([0, '# Keyspace\r\n']);
  });
});

const nodeTest = suites.find(({ runner }) => runner === 'node:test')!;
const one = 'node --import isolation-audit/setup/node-test --test test/orders.test.js';
const env = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({ DATABASE_URL: inside('shop'), ...more });

test('without the line the same suite fails', LIMIT, async () => {
  const { told } = await projectOf(nodeTest, false).run(nodeTest.command, env({ REDIS_URL: services.urls.redis! }));
  // The fifth comes when the others have gone.
  expect(told.filter(({ rows, keys }) => rows === 1 && keys === 1).length).toBeLessThan(2);
  expect(told.length).toBeGreaterThan(3);
  await redis(services.urls.redis!, (client) => client.flushall());
  await sql(inside('shop'), 'TRUNCATE orders', 'INSERT INTO orders VALUES (1), (2), (3)');
});

/** Where tests run in the main process, in its threads, or without a realm of their own, set-up files still run for each file. */
test.each([
  ['jest', 'jest --runInBand', 1],
  ['jest', 'jest --workerThreads --maxWorkers=2 --workerIdleMemoryLimit=100GB', 2],
  ['vitest', 'vitest run --maxWorkers=2 --no-isolate', 2],
  ['vitest', 'vitest run --maxWorkers=2 --pool=vmThreads', 2],
  ['vitest', 'vitest run --maxWorkers=2 --pool=vmForks', 2],
  ['vitest', 'vitest run --no-file-parallelism', 1],
  ['mocha', 'node node_modules/mocha/bin/mocha.js --require isolation-audit/setup/mocha test/*.test.js', 1],
  ['playwright', 'playwright test --workers=1', 1],
])('%s as `%s` has one database for each worker', LIMIT, async (runner, command, workers) => {
  const suite = suites.find((each) => each.runner === runner)!;
  const { run } = project(
    { ...suite.files(`tell({ run: worker.runId(), url: process.env.DATABASE_URL }); await meet('all', ${workers});`), ...suite.setUp.files },
    [...suite.packages, 'pg'],
  );
  const { code, output, told } = await run(command, env());
  expect(code, output).toBe(0);
  expect([told.length, distinct(told, 'run'), distinct(told, 'url')]).toEqual([5, 1, workers]);
  expect(told.filter(({ url }) => url === inside('shop'))).toEqual([]);
});

describe('the end of a run', () => {
  const tells = (text: string): Files => ({ 'package.json': '{ "name": "shop" }', 'test/orders.test.js': text });
  const waiting = `const { tell, meet } = require('../tell.cjs'); require('node:test').test('orders', async () => { tell({ url: process.env.DATABASE_URL }); await meet('never', 2); });`;

  test('a killed run leaves nothing', LIMIT, async () => {
    const { start } = project(tells(waiting), ['pg']);
    const run = start(one, env());
    const [{ url }] = (await run.told(1)) as [Told];
    expect(await postgresDatabases(server)).toContain(String(url).split('/').pop());
    run.kill();
    await expect.poll(() => postgresDatabases(server), { timeout: 10_000 }).not.toContain(String(url).split('/').pop());
  });

  test('databases of dead runs are swept, and nobody else loses one', LIMIT, async () => {
    const hour = Math.floor(Date.now() / 1000) - 3600;
    // A process that began after its run is another process with its number.
    const dead = `swept_${mintRun(process.pid, undefined, hour)}_3`;
    const forged = mintRun(process.pid, undefined, hour).replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
    const strangers = [
      'swept',
      'swept_1',
      `swept_${mintRun(process.pid)}_1`,
      `swept_${mintRun(7, 'other', hour)}_1`,
      `swept_${forged}_1`,
      `${dead}_copy`,
      `copy_of_${mintRun(process.pid, undefined, hour)}`,
    ];
    for (const name of [dead, ...strangers]) await sql(server, `CREATE DATABASE "${name}"`);
    const { code, output } = await project(tells(`require('node:test').test('orders', () => {});`), ['pg']).run(one, env());
    expect(code, output).toBe(0);
    await expect.poll(() => postgresDatabases(server), { timeout: 10_000 }).not.toContain(dead);
    const left = await postgresDatabases(server);
    expect(strangers.filter((name) => !left.includes(name))).toEqual([]);
    for (const name of strangers) await sql(server, `DROP DATABASE "${name}"`);
  });

  test.each([
    [
      'jest',
      { 'package.json': '{ "name": "shop", "jest": { "setupFiles": ["isolation-audit/setup/jest"], "globalTeardown": "isolation-audit/setup/jest" } }' },
    ],
    [
      'vitest',
      { 'vitest.config.js': `export default { test: { setupFiles: ['isolation-audit/setup/vitest'], globalSetup: ['isolation-audit/setup/vitest'] } };` },
    ],
    [
      'playwright',
      {
        'playwright.config.js': `require('isolation-audit/setup/playwright');
          module.exports = { testDir: './test', reporter: 'line', globalTeardown: 'isolation-audit/setup/playwright' };`,
      },
    ],
    ['mocha', {}],
    ['node:test', {}],
  ])('%s waits for it', LIMIT, async (runner, files) => {
    const suite = suites.find((each) => each.runner === runner)!;
    const { run, temporary } = project({ ...suite.files(`tell({ url: process.env.DATABASE_URL });`), ...files }, [...suite.packages, 'pg']);
    // With --import node:test loads nothing in its main process.
    const command = (suite.setUp.command ?? suite.command).replace('node --import', 'node --require');
    const { code, output, told } = await run(command, env());
    expect(code, output).toBe(0);
    expect(told).toHaveLength(5);
    expect([runsIn(temporary), (await postgresDatabases(server)).filter((name) => told.some(({ url }) => String(url).endsWith(name)))]).toEqual([[], []]);
  });
});

describe('what a set-up refuses or is told', () => {
  const program = (body: string): Files => ({
    'package.json': '{ "name": "shop" }',
    'program.js': `const worker = require('isolation-audit/worker');\nconst { tell } = require('./tell.cjs');\n${body}\n`,
  });
  const lease = { ISOLATION_AUDIT_SLOT: 'lease' };

  test('the Redis client may be `redis`, and data of others keeps its database', LIMIT, async () => {
    const url = services.urls.redis!;
    const stranger = new URL('/1', url).href;
    await redis(stranger, (client) => client.set('carts', 'of a stranger'));
    const { run } = project(program('tell(worker.pointEnvironment());'), ['redis']);
    const { code, output, told } = await run('node program.js', { ...lease, REDIS_HOST: '127.0.0.1', REDIS_PORT: new URL(url).port, REDIS_DB: '0' });
    expect(code, output).toBe(0);
    expect(Number(told[0]!['REDIS_DB'])).toBeGreaterThan(1);
    expect(await redis(stranger, (client) => client.get('carts'))).toBe('of a stranger');
    await expect.poll(() => redis(url, (client) => client.dbsize()), { timeout: 10_000 }).toBe(0);
    await redis(stranger, (client) => client.flushdb());
  });

  test('an application that puts a prefix before its keys gets its own, and the keys are deleted at the end', LIMIT, async () => {
    const { hostname, port, href } = new URL(services.urls.redis!);
    const { run } = project(
      program(`const Redis = require('ioredis');
        const set = worker.pointEnvironment();
        const client = new Redis({ port: process.env.REDIS_PORT, keyPrefix: process.env.REDIS_PREFIX });
        client.set('carts', 'mine').then(() => { tell({ ...set, again: worker.pointEnvironment().REDIS_PREFIX }); client.disconnect(); });`),
      ['ioredis'],
    );
    await redis(href, (client) => client.mset({ 'shop:carts': 'of a stranger', carts: 'of another' }));
    const { code, output, told } = await run('node program.js', { ...lease, REDIS_HOST: hostname, REDIS_PORT: port, REDIS_PREFIX: 'shop' });
    expect(code, output).toBe(0);
    expect(told[0]!['REDIS_PREFIX']).toMatch(/^shop:[a-z0-9]{19}:1:$/);
    expect(told[0]!['again']).toBe(told[0]!['REDIS_PREFIX']);
    await expect.poll(() => redis(href, (client) => client.keys('*')).then((keys) => keys.sort()), { timeout: 10_000 }).toEqual(['carts', 'shop:carts']);
    await redis(href, (client) => client.flushdb());
  });

  test('a worker prefers the logical database of its own number', LIMIT, async () => {
    const url = services.urls.redis!;
    const { run } = project(program('tell(worker.pointEnvironment());'), ['ioredis']);
    const { told } = await run('node program.js', { ISOLATION_AUDIT_SLOT: '5', REDIS_URL: url });
    expect(told[0]!['REDIS_URL']).toBe(new URL('/5', url).href);
    await expect.poll(() => redis(url, (client) => client.dbsize()), { timeout: 10_000 }).toBe(0);
  });

  test('a Redis without a free database says what to do; what a dead run held is taken', LIMIT, async () => {
    const url = services.urls.redis!;
    const held = Object.fromEntries(Array.from({ length: 15 }, (_, at) => [String(at + 1), `${mintRun(process.pid)} ${at + 1}`]));
    await redis(url, (client) => client.hset('isolation-audit:databases', held));
    const { run } = project(program('tell(worker.pointEnvironment());'), ['ioredis']);
    const full = await run('node program.js', { ...lease, REDIS_URL: url });
    expect([full.code, full.output]).toEqual([1, expect.stringContaining('All of the 16 logical databases of the Redis')]);
    const dead = mintRun(process.pid, undefined, Math.floor(Date.now() / 1000) - 3600);
    await redis(url, (client) => client.hset('isolation-audit:databases', '9', `${dead} 4`));
    await redis(new URL('/9', url).href, (client) => client.set('carts', 'of a dead run'));
    const { code, output, told } = await run('node program.js', { ...lease, REDIS_URL: url });
    expect(code, output).toBe(0);
    expect(told[0]!['REDIS_URL']).toBe(new URL('/9', url).href);
    await expect.poll(() => redis(url, (client) => client.hlen('isolation-audit:databases')), { timeout: 10_000 }).toBe(14);
    expect(await redis(url, (client) => client.info('keyspace'))).not.toContain('db9');
    await redis(url, (client) => client.del('isolation-audit:databases'));
  });

  test.each([
    ['pg', 'postgres'],
    ['mysql2', 'mysql'],
  ])('the client %s, alone in package.json, says of which server a database is', LIMIT, async (client, kind) => {
    const files = { ...program('worker.pointEnvironment();'), 'package.json': JSON.stringify({ name: 'shop', dependencies: { [client]: '*' } }) };
    const { code, output } = await project(files, [client]).run('node program.js', { ...lease, DB_NAME: 'shop', DB_HOST: '127.0.0.1', DB_PORT: '1' });
    expect([code, output]).toEqual([1, expect.stringContaining(`at ${kind}://127.0.0.1:1/shop`)]);
  });

  test('nothing to isolate is an error', LIMIT, async () => {
    const { code, output } = await project(program('worker.pointEnvironment();'), []).run('node program.js', lease);
    expect([code, output]).toEqual([1, expect.stringContaining('Nothing to isolate: none of the variables DATABASE_URL')]);
  });

  test('a server without the name of a database is told what is missing', LIMIT, async () => {
    const { code, output } = await project(program('worker.pointEnvironment();'), []).run('node program.js', { ...lease, REDIS_HOST: 'cache' });
    expect([code, output]).toEqual([1, expect.stringContaining('REDIS_HOST is set without REDIS_DB: let the application read REDIS_DB, and set it.')]);
  });

  test('a project without a client is told which would do', LIMIT, async () => {
    const { code, output } = await project(program(`worker.pointEnvironment({ from: '/' });`), []).run('node program.js', env(lease));
    expect([code, output]).toEqual([1, expect.stringContaining('Postgres needs one of the packages pg, postgres, and none is found from /.')]);
  });

  test('a server that does not answer is named without its password', LIMIT, async () => {
    const { code, output } = await project(program('worker.pointEnvironment();'), ['pg']).run('node program.js', {
      ...lease,
      DATABASE_URL: 'postgres://clerk:secret@127.0.0.1:1/shop',
    });
    expect([code, output]).toEqual([1, expect.stringMatching(/No session with Postgres at postgres:\/\/clerk:\*\*\*@127.0.0.1:1\/shop: .*ECONNREFUSED/)]);
    expect(output).not.toContain('secret');
  });

  test('a template in use is not cloned, and the error says who uses it', LIMIT, async () => {
    await sql(server, 'CREATE DATABASE busy');
    const { code, output } = await project(
      program(`const { Client } = require('pg');
        const client = new Client({ connectionString: process.env.DATABASE_URL, application_name: 'watcher' });
        client.connect().then(() => { try { worker.pointEnvironment(); } finally { client.end(); } });`),
      ['pg'],
    ).run('node program.js', { ...lease, DATABASE_URL: inside('busy') });
    expect([code, output]).toEqual([1, expect.stringMatching(/does not clone the database busy while sessions are open in it: \d+ watcher/)]);
    await sql(server, 'DROP DATABASE busy WITH (FORCE)');
  });

  test('a migration fills one template for the run; what it says is shown when it fails', LIMIT, async () => {
    const migrate = `node migrate.js`;
    const files: Files = {
      ...nodeTest.files(`
        const { Client } = require('pg');
        const client = new Client({ connectionString: process.env.DATABASE_URL });
        await client.connect();
        const { rows } = await client.query('SELECT current_database() AS database, made_in, made_at::text FROM migrated');
        tell(rows[0]);
        await meet('migrated', 4);
        await client.end();`),
      'setup.cjs': `require('isolation-audit/worker').pointEnvironment({ migrate: '${migrate}' });`,
      'migrate.js': `const { Client } = require('pg');
        if (process.env.BROKEN) { console.error('no such column: colour'); process.exit(3); }
        const client = new Client({ connectionString: process.env.DATABASE_URL });
        client.connect().then(() => client.query('CREATE TABLE migrated AS SELECT current_database() AS made_in, clock_timestamp() AS made_at')).then(() => client.end());`,
    };
    const { run } = project(files, ['pg']);
    const command = 'node --require ./setup.cjs --test --test-concurrency=4 test/*.test.js';
    const { code, output, told } = await run(command, { DATABASE_URL: inside('never_made') });
    expect(code, output).toBe(0);
    expect([told.length, distinct(told, 'database'), distinct(told, 'made_in'), distinct(told, 'made_at')]).toEqual([5, 4, 1, 1]);
    const broken = await run(command, { DATABASE_URL: inside('never_made'), BROKEN: '1' });
    expect(broken.output).toMatch(/`node migrate.js` failed with status 3 for the database never_made_\w+_t:[\s#]+no such column: colour/);
    await expect.poll(() => postgresDatabases(server), { timeout: 10_000 }).not.toEqual(expect.arrayContaining([expect.stringContaining('never_made')]));
  });
});
