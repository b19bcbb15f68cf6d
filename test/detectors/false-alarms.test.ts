import { describe, expect, test } from 'vitest';
import { audit, places, type Case, type Files } from './audit.js';

/** Classes of code in which a finding was wrong, met in real repositories. */
const spec = (body: string, imports = ''): string => `import { afterEach, beforeEach, expect, test, vi } from 'vitest';\n${imports}\n${body}\n`;
const driver = `import { connect } from 'node:net';
export class Client { constructor(private readonly options?: { database?: string }) {} async connect() { connect(5432); } async query(text: string) { return [text]; } async end() {} }
export class Pool { constructor(readonly options?: { database?: string }) {} async query(text: string) { return [text]; } }`;
const ownTests = (imports: string): Files =>
  Object.fromEntries(
    ['a', 'b'].map((each) => [
      `${each}.test.ts`,
      spec(
        `test('${each}', async () => { const db = new Client({ database: 'ci' }); await db.connect(); await db.query('INSERT INTO t VALUES (1)'); });`,
        imports,
      ),
    ]),
  );

const cases: readonly Case[] = [
  {
    what: 'a client whose module the test file replaces',
    rule: 'shared-redis-keyspace',
    files: {
      'cache.ts': `import Redis from 'ioredis';\nconst redis = new Redis({ host: 'localhost' });\nexport const put = (key: string): Promise<unknown> => redis.set(key, '1');`,
      'a.test.ts': spec(`vi.mock('ioredis');\ntest('a', async () => { await put('a'); });`, `import { put } from './cache';`),
      'b.test.ts': spec(`vi.mock('./cache', () => ({ put: vi.fn() }));\ntest('b', async () => { await put('b'); });`, `import { put } from './cache';`),
      'c.test.ts': spec(`test('c', async () => { await put('c'); });`, `import { put } from './cache';`),
    },
  },
  {
    what: 'a client whose module the test file replaces in part',
    rule: 'shared-redis-keyspace',
    files: {
      'cache.ts': `import Redis from 'ioredis';\nconst redis = new Redis({ host: 'localhost' });\nexport const put = (key: string): Promise<unknown> => redis.set(key, '1');`,
      'a.test.ts': spec(
        `vi.mock('./cache', async () => ({ ...(await vi.importActual('./cache')), get: vi.fn() }));\ntest('a', async () => { await put('a'); });`,
        `import { put } from './cache';`,
      ),
      'c.test.ts': spec(`test('c', async () => { await put('c'); });`, `import { put } from './cache';`),
    },
    finds: ['cache.ts:2'],
  },
  {
    what: 'mocks that a hook resets, which gives methods back in Vitest',
    rule: 'leaked-mock',
    files: {
      'a.test.ts': spec(
        `beforeEach(() => { vi.resetAllMocks(); });\ntest('a', () => { vi.spyOn(mailer, 'send').mockReturnValue(1); });\ntest('b', () => {});`,
        `import * as mailer from './mailer';`,
      ),
      'mailer.ts': `export const send = () => 0;`,
    },
  },
  {
    what: 'a setting of the server',
    rule: 'unscoped-wipe',
    files: Object.fromEntries(
      ['a', 'b'].map((each) => [
        `${each}.test.ts`,
        spec(
          `const client = createClient();\ntest('${each}', async () => { await client.connect(); await client.set('k', '1'); await client.configSet('latency-monitor-threshold', '1'); });`,
          `import { createClient } from 'redis';`,
        ),
      ]),
    ),
  },
  {
    what: 'a server that its application closes when it is torn down',
    rule: 'missing-cleanup',
    files: {
      'app.ts': `import express from 'express';
export function shop() { const app = express(); let server; return { listen(port) { server = app.listen(port); return server; }, async teardown() { await new Promise((done) => server.close(done)); } }; }`,
      'a.test.ts': spec(
        `test('a', async () => { const app = shop(); const server = await app.listen(8080); expect(server).toBeDefined(); await app.teardown(); });`,
        `import { shop } from './app';`,
      ),
      'b.test.ts': spec(
        `const app = makeApp();\nbeforeAll(async () => { await app.listen(8081); });\nafterAll(() => app.teardown());\ntest('b', () => {});`,
        `import { beforeAll, afterAll } from 'vitest';\nimport Koa from 'koa';\nimport { extend } from './extend';\nconst makeApp = () => extend(new Koa());`,
      ),
      'extend.ts': `export const extend = (app) => app;`,
    },
  },
  {
    what: 'servers of two suites of one Mocha file, each closed after its suite',
    rule: 'fixed-port',
    given: { runner: 'mocha' },
    files: {
      'a.test.ts': `import express from 'express';
describe('one', () => { before(function () { this.app = express(); this.server = this.app.listen(5050); }); after(function (done) { this.server.close(done); }); it('a', () => {}); });
describe('two', () => { before(function () { this.app = express(); this.server = this.app.listen(5050); }); after(function (done) { this.server.close(done); }); it('b', () => {}); });`,
    },
  },
  {
    what: 'a database of the run that is created through template1 under a quoted name',
    rule: 'hardcoded-database-name',
    files: {
      'db.ts': `import * as pg from 'pg';
import { randomBytes } from 'node:crypto';
export async function createTestDatabase() {
  const name = \`app_\${randomBytes(8).toString('hex')}\`;
  const client = new pg.Client({ connectionString: 'postgres:///template1' });
  await client.connect();
  await client.query(\`create database \${pg.Client.prototype.escapeIdentifier(name)} with template = app_template;\`);
  await client.end();
  return { name, async release() { const again = new pg.Client({ connectionString: 'postgres:///template1' }); await again.connect(); await again.query(\`drop database \${pg.Client.prototype.escapeIdentifier(name)};\`); await again.end(); } };
}`,
      ...Object.fromEntries(
        ['a', 'b'].map((each) => [
          `${each}.test.ts`,
          spec(`test('${each}', async () => { const db = await createTestDatabase(); await db.release(); });`, `import { createTestDatabase } from './db';`),
        ]),
      ),
    },
  },
  {
    what: 'a temporary directory inside one that a hook removes',
    rule: 'missing-cleanup',
    files: {
      'a.test.ts': spec(
        `
describe('agents', () => {
  let root: string;
  beforeAll(() => { root = fs.mkdtempSync(path.join(os.tmpdir(), 'agents-')); });
  afterAll(() => { fs.rmSync(root, { recursive: true, force: true }); });
  test.each([{ id: 'a' }, { id: 'b' }])('$id', ({ id }) => { const dir = fs.mkdtempSync(path.join(root, \`\${id}-\`)); fs.writeFileSync(path.join(dir, 'x'), id); });
});`,
        `import fs from 'node:fs';\nimport os from 'node:os';\nimport path from 'node:path';\nimport { afterAll, beforeAll, describe } from 'vitest';`,
      ),
    },
  },
  {
    what: 'objects of a bucket that are deleted by their keys',
    rule: 'unscoped-wipe',
    files: Object.fromEntries(
      ['a', 'b'].map((each) => [
        `${each}.test.ts`,
        spec(
          `const s3 = new S3Client({ region: 'eu-west-1' });\ntest('${each}', async () => { await s3.send(new PutObjectCommand({ Bucket: 'uploads', Key: '${each}' })); await s3.send(new DeleteObjectsCommand({ Bucket: 'uploads', Delete: { Objects: [{ Key: '${each}' }] } })); });`,
          `import { DeleteObjectsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';`,
        ),
      ]),
    ),
  },
  {
    what: 'a table that the test made under a name of its own',
    rule: 'unscoped-wipe',
    files: Object.fromEntries(
      ['a', 'b'].map((each) => [
        `${each}.test.ts`,
        spec(
          `const pool = new Pool({ database: 'app' });\ntest('${each}', async () => { const table = qualified(); try { await pool.query('INSERT INTO orders VALUES (1)'); } finally { await pool.query(\`DROP TABLE IF EXISTS \${table}\`); } });`,
          `import { Pool } from 'pg';\nimport { qualified } from 'some-names';`,
        ),
      ]),
    ),
  },
  {
    what: 'a pool of fake clients',
    rule: 'missing-cleanup',
    files: {
      'a.test.ts': spec(
        `class Fake { end() {} }\ntest('a', async () => { const pool = new Pool({ Client: Fake, max: 1 }); const client = await pool.connect(); expect(client).toBeDefined(); client.release(); });`,
        `import { Pool } from 'pg';`,
      ),
    },
  },
  {
    what: 'a spy between a directory and the block that removes it',
    rule: 'missing-cleanup',
    files: {
      'a.test.ts': spec(
        `test('a', async () => { const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'x-')); const file = path.join(dir, 'list.json'); const cancel = vi.fn(); const from = Readable.from(['a']); vi.spyOn(console, 'log').mockImplementation(() => {}); try { await fs.writeFile(file, 'x'); expect(cancel).not.toHaveBeenCalled(); expect(from).toBeDefined(); } finally { await fs.rm(dir, { recursive: true, force: true }); } });\nafterEach(() => { vi.restoreAllMocks(); });`,
        `import fs from 'node:fs/promises';\nimport os from 'node:os';\nimport path from 'node:path';\nimport { Readable } from 'node:stream';`,
      ),
    },
  },
  {
    what: 'a spy that lets every call through',
    rule: 'leaked-mock',
    files: {
      'a.test.ts': spec(
        `test('a', async () => { const spy = vi.spyOn(machine, 'machineId'); await machine.machineId(); expect(spy).toHaveBeenCalledOnce(); });\ntest('b', () => {});`,
        `import * as machine from './machine';`,
      ),
      'machine.ts': `export const machineId = async () => 'x';`,
    },
  },
  {
    what: 'a spy that answers in place of the method',
    rule: 'leaked-mock',
    files: {
      'a.test.ts': spec(
        `test('a', async () => { const spy = vi.spyOn(machine, 'machineId'); spy.mockResolvedValue('y'); await machine.machineId(); });\ntest('b', async () => { await machine.machineId(); });`,
        `import * as machine from './machine';`,
      ),
      'machine.ts': `export const machineId = async () => 'x';`,
    },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'tests of a client that import it by its path',
    rule: 'hardcoded-database-name',
    files: { 'index.ts': `export * from './client';`, 'client.ts': driver, ...ownTests(`import { Client } from './client';`) },
    given: { published: [{ name: 'pg', entry: 'index.ts', dependencies: [], peers: [] }] },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'what the tests of a client leave open',
    rule: 'missing-cleanup',
    files: { 'index.ts': driver, ...ownTests(`import { Client } from './index';`) },
    given: { published: [{ name: 'pg', entry: 'index.ts', dependencies: [], peers: [] }] },
  },
  {
    what: 'tests of a client that leans on another',
    rule: 'hardcoded-database-name',
    files: { 'index.ts': driver, ...ownTests(`import { Client } from './index';`) },
    given: { published: [{ name: 'pg', entry: 'index.ts', dependencies: [], peers: ['postgres'] }] },
  },
  {
    what: 'a count of a table while other files write to another one',
    rule: 'unscoped-query',
    files: {
      'a.test.ts': spec(
        `const db = new Pool({ database: 'shop' });\ntest('a', async () => { expect((await db.query('SELECT * FROM orders')).rowCount).toBe(0); });`,
        `import { Pool } from 'pg';`,
      ),
      'b.test.ts': spec(
        `const db = new Pool({ database: 'shop' });\ntest('b', async () => { await db.query("INSERT INTO invoices VALUES (1)"); });`,
        `import { Pool } from 'pg';`,
      ),
    },
  },
  {
    what: 'a Redis that the test file runs itself',
    rule: 'shared-redis-keyspace',
    files: {
      'server.ts': `import { createServer } from 'node:net';\nexport class FakeRedis { constructor(port: number) { createServer(() => undefined).listen(port); } }`,
      ...Object.fromEntries(
        ['a', 'b'].map((each) => [
          `${each}.test.ts`,
          spec(
            `test('${each}', async () => { new FakeRedis(7001); const redis = new Redis({ port: 7001 }); await redis.set('k', '1'); });`,
            `import Redis from 'ioredis';\nimport { FakeRedis } from './server';`,
          ),
        ]),
      ),
    },
  },
  {
    what: 'an engine in memory among the databases that a suite runs on',
    rule: 'hardcoded-database-name',
    files: Object.fromEntries(
      ['a', 'b'].map((each) => [
        `${each}.test.ts`,
        spec(
          `test('${each}', async () => { const orm = await MikroORM.init({ dbName: process.env.QUICK ? ':memory:' : 'orders_${each}' }); await orm.schema.refreshDatabase(); });`,
          `import { MikroORM } from '@mikro-orm/core';`,
        ),
      ]),
    ),
  },
  {
    what: 'the connection that only creates the database of the file',
    rule: 'hardcoded-database-name',
    files: {
      'db.ts': `import { Client, Pool } from 'pg';
import { randomUUID } from 'node:crypto';
import parse from 'parse-database-url';
export async function open(): Promise<Pool> {
  const name = \`orders_\${randomUUID()}\`;
  const admin = new Client(parse(process.env.DATABASE_URL));
  await admin.query(\`CREATE DATABASE \${name}\`);
  return new Pool({ database: name });
}`,
      'a.test.ts': spec(
        `test('a', async () => { const db = await open(); await db.query('INSERT INTO orders VALUES (1)'); });`,
        `import { open } from './db';`,
      ),
      'b.test.ts': spec(
        `test('b', async () => { const db = await open(); await db.query('INSERT INTO orders VALUES (1)'); });`,
        `import { open } from './db';`,
      ),
    },
  },
  {
    what: 'an object that each instance of a class makes for itself',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
class Address { constructor(street) { this.street = street; } }
class Customer { home = new Address('none'); }
test('a', () => { expect(new Customer().home.street).toBe('none'); });
test('b', () => { expect(Customer.name).toBe('Customer'); });`),
    },
  },
  {
    what: 'a static counter set back to its first value',
    rule: 'shared-module-state',
    files: {
      'order.ts': `export class Order { static saved = 0; static log: string[] = []; save(): void { Order.saved++; } }`,
      'a.test.ts': spec(
        `
test('a', () => { Order.saved = 0; Order.log = []; Order.log.length = 0; expect(Order.saved).toBe(0); });
test('b', () => { expect(Order.saved).toBe(0); });`,
        `import { Order } from './order';`,
      ),
    },
  },
  {
    what: 'a static counter left at another value',
    rule: 'shared-module-state',
    files: {
      'order.ts': `export class Order { static saved = 0; }`,
      'a.test.ts': spec(`\ntest('a', () => { Order.saved = 4; });\ntest('b', () => { expect(Order.saved).toBe(0); });`, `import { Order } from './order';`),
    },
    finds: ['a.test.ts:4'],
  },
  {
    what: 'an object of the test file that no later test names',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
const context = { user: '' };
test('a', () => { context.user = 'Ada'; expect(context.user).toBe('Ada'); });
test('b', () => { expect(1).toBe(1); });`),
    },
  },
  {
    what: 'an object of the test file that a later test reaches through a function',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
const context = { user: '' };
const greet = () => 'Hello ' + context.user;
test('a', () => { context.user = 'Ada'; });
test('b', () => { expect(greet()).toBe('Hello '); });`),
    },
    finds: ['a.test.ts:6'],
  },
  {
    what: 'a list that tests only add to and a hook works off',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
const made = [];
afterEach(() => { for (const each of made) each.remove(); });
test('a', () => { made.push({ remove() {} }); });
test('b', () => { made.push({ remove() {} }); });
test('c', () => {});`),
    },
  },
  {
    what: 'a function of the product puts back what tests change',
    rule: 'shared-module-state',
    files: {
      'settings.ts': `export const settings = { retries: 3, now: () => 1 };\nexport function resetSettings(): void { settings.retries = 3; }`,
      'a.test.ts': spec(
        `
test('a', () => { settings.retries = 0; resetSettings(); });
test('b', () => { expect(settings.retries).toBe(3); });`,
        `import { resetSettings, settings } from './settings';`,
      ),
    },
  },
  {
    what: 'an object of the product with several changes is one finding',
    rule: 'shared-module-state',
    files: {
      'settings.ts': `export const settings = { retries: 3, delay: 1 };`,
      'a.test.ts': spec(
        `\ntest('a', () => { settings.retries = 0; settings.delay = 0; });\ntest('b', () => { expect(settings.retries).toBe(3); });`,
        `import { settings } from './settings';`,
      ),
    },
    finds: ['a.test.ts:4'],
  },
  {
    what: 'a function that runs in the browser',
    rule: 'shared-global',
    given: { runner: 'playwright' },
    files: {
      'a.test.ts': `import { test } from '@playwright/test';
test('a', async ({ page }) => { await page.evaluate(() => { globalThis.fetch = undefined; }); });
test('b', async () => {});`,
    },
  },
  {
    what: 'a listener for the end of the process',
    rule: 'shared-global',
    files: { 'a.test.ts': spec(`test('a', () => { process.on('exit', () => {}); });\ntest('b', () => {});`) },
  },
  {
    what: 'listeners taken off and put back',
    rule: 'shared-global',
    files: {
      'a.test.ts': spec(`
test('a', () => {
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  for (let i = 0; i < listeners.length; i++) process.on('uncaughtException', listeners[i]);
});
test('b', () => {});`),
    },
  },
  {
    what: 'a global of the suite cleared before each test',
    rule: 'shared-global',
    files: {
      'a.test.ts': spec(`
test('a', () => { globalThis.__orders = undefined; });
test('b', () => { delete globalThis.__orders; });
test('c', () => { globalThis.__orders = {}; });
test('d', () => {});`),
    },
  },
  {
    what: 'a global put back by its descriptor',
    rule: 'shared-global',
    files: {
      'a.test.ts': spec(`
const saved = globalThis.navigator;
test('a', () => {
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(globalThis, 'navigator', { value: saved, configurable: true });
});
test('b', () => {});`),
    },
  },
  {
    what: 'functions of an object that is only looked at',
    rule: 'shared-global',
    files: {
      'a.test.ts': spec(`
const plugin = { install() { globalThis.fetch = undefined; } };
test('a', () => { expect(plugin).toBeDefined(); });
test('b', () => {});`),
    },
  },
  {
    what: 'a path that nobody has given',
    rule: 'shared-path',
    files: {
      'export.ts': `import { resolve } from 'node:path';\nimport { writeFileSync } from 'node:fs';\nexport function run(out?: string): void { if (out) writeFileSync(resolve(out), 'x'); }`,
      'a.test.ts': spec(`test('a', () => { run(undefined); });`, `import { run } from './export';`),
      'b.test.ts': spec(`test('b', () => { run(undefined); });`, `import { run } from './export';`),
    },
  },
  {
    what: 'what a file does only as a program',
    rule: 'shared-path',
    files: {
      'test/generate.ts': `import { writeFileSync } from 'node:fs';
const now = process.argv[2];
export const names = ['orders'];
if (now === 'run') writeFileSync('/srv/shop/names.json', '[]');`,
      'a.test.ts': spec(`test('a', () => { expect(names).toEqual(['orders']); });`, `import { names } from './test/generate';`),
      'b.test.ts': spec(`test('b', () => { expect(names).toEqual(['orders']); });`, `import { names } from './test/generate';`),
    },
  },
  {
    what: 'a decorator describes a table and opens nothing',
    rule: 'hardcoded-database-name',
    files: {
      'orm.ts': `export const Entity = (of: { schema: string }) => (target: unknown) => target;`,
      ...Object.fromEntries(
        ['a', 'b', 'c', 'd', 'e', 'f'].map((name, index) => [
          `${name}.test.ts`,
          spec(
            `@Entity({ schema: '${['shop', 'shop', 'mail', 'bank', 'zoo', 'park'][index]}' })\nclass Order {}\ntest('${name}', () => { new Order(); });`,
            `import { Entity } from './orm';`,
          ),
        ]),
      ),
    },
  },
  {
    what: 'one name on two kinds of server',
    rule: 'hardcoded-database-name',
    files: {
      'orm.ts': `export const open = async (of: { dbName: string; driver: unknown }) => of;`,
      'a.test.ts': spec(
        `test('a', () => open({ dbName: 'shop', driver: MySqlDriver }));`,
        `import { open } from './orm';\nimport { MySqlDriver } from 'mysql-driver';`,
      ),
      'b.test.ts': spec(`test('b', () => open({ dbName: 'shop', driver: PgDriver }));`, `import { open } from './orm';\nimport { PgDriver } from 'pg-driver';`),
      'c.test.ts': spec(`test('c', () => open({ dbName: 'mail', driver: PgDriver }));`, `import { open } from './orm';\nimport { PgDriver } from 'pg-driver';`),
      'd.test.ts': spec(`test('d', () => open({ dbName: 'bank', driver: PgDriver }));`, `import { open } from './orm';\nimport { PgDriver } from 'pg-driver';`),
      'e.test.ts': spec(`test('e', () => open({ dbName: 'park', driver: PgDriver }));`, `import { open } from './orm';\nimport { PgDriver } from 'pg-driver';`),
    },
  },
  {
    what: 'a port that only an unset variable would share',
    rule: 'fixed-port',
    files: {
      'app.ts': `import { createServer } from 'node:http';
import getPort from 'get-port';
export async function start(): Promise<void> {
  const port = process.env.PORT ? parseInt(process.env.PORT) : await getPort();
  createServer().listen(port);
}`,
      'a.test.ts': spec(`test('a', () => start());`, `import { start } from './app';`),
      'b.test.ts': spec(`test('b', () => start());`, `import { start } from './app';`),
    },
  },
  {
    what: 'a query builder without a connection',
    rule: 'missing-cleanup',
    files: {
      'a.test.ts': spec(`test('a', () => { const sql = knex({ client: 'pg' }); expect(sql('orders').toString()).toBe(''); });`, `import knex from 'knex';`),
    },
  },
  {
    what: 'directories kept in a list that a hook works off',
    rule: 'missing-cleanup',
    files: {
      'a.test.ts': spec(
        `
const dirs = [];
afterEach(() => { for (const dir of dirs) rmSync(dir, { recursive: true }); dirs.length = 0; });
test('a', () => { const dir = realpathSync(mkdtempSync('/tmp/orders-')); dirs.push(dir); });`,
        `import { mkdtempSync, realpathSync, rmSync } from 'node:fs';`,
      ),
    },
  },
  {
    what: 'a compose project of the directory that each file names',
    rule: 'shared-container',
    files: {
      'run.ts': `import { spawnSync } from 'node:child_process';\nexport const up = (cwd: string) => spawnSync('docker', ['compose', 'up', '-d'], { cwd });`,
      'a/a.test.ts': spec(`test('a', () => { up(__dirname); });`, `import { up } from '../run';`),
      'b/b.test.ts': spec(`test('b', () => { up(__dirname); });`, `import { up } from '../run';`),
    },
  },
  {
    what: 'a helper that sets a variable for many files is told once, where it stands',
    rule: 'leaked-env',
    given: { runner: 'playwright' },
    files: {
      'test/helpers/start.ts': `export function start(port: number): void {\n  process.env.PORT = String(port);\n}`,
      ...Object.fromEntries(
        ['a', 'b', 'c', 'd'].map((name, index) => [
          `${name}.test.ts`,
          `import { test } from '@playwright/test';\nimport { start } from './test/helpers/start';\ntest.beforeAll(() => start(${index} + Math.random()));\ntest('${name}', async () => {});`,
        ]),
      ),
    },
    finds: ['test/helpers/start.ts:2'],
  },
  {
    what: 'a deep copy made for the test',
    rule: 'shared-module-state',
    files: {
      'clone.ts': `export const clone = <T>(of: T): T => JSON.parse(JSON.stringify(of));`,
      'a.test.ts': spec(
        `
const order = { total: 1 };
test('a', () => { const own = clone(order); own.total = 2; const other = structuredClone(order); other.total = 3; });
test('b', () => { expect(order.total).toBe(1); });`,
        `import { clone } from './clone';`,
      ),
    },
  },
  {
    what: 'a list emptied before each test',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
const orders = ['first'];
beforeEach(() => { orders.splice(0); });
test('a', () => { expect(orders).toEqual([]); });
test('b', () => { expect(orders).toEqual([]); });`),
      'b.test.ts': spec(`test('c', () => {});`),
    },
    given: { runner: 'mocha' },
  },
  {
    what: 'a later test that sets the first value itself',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
const node = { major: 20 };
test('a', () => { node.major = 22; expect(node.major).toBe(22); });
test('b', () => { node.major = 20; expect(node.major).toBe(20); });`),
    },
  },
  {
    what: 'a port that several tests of one file bind and a hook closes',
    rule: 'fixed-port',
    files: {
      'a.test.ts': spec(
        `
let server;
afterEach(() => server.close());
test('a', () => { server = createServer(); server.listen(4310); });
test('b', () => { server = createServer(); server.listen(4310); });`,
        `import { createServer } from 'node:http';`,
      ),
      'b.test.ts': spec(`test('c', () => {});`),
    },
  },
  {
    what: 'a part of a deep copy',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
const order = { detail: { items: [{ price: 1 }] } };
const clone = (of) => JSON.parse(JSON.stringify(of));
test('a', () => { const own = clone(order); own.detail.items[0].price = 2; });
test('b', () => { expect(order.detail.items[0].price).toBe(1); });`),
    },
  },
  {
    what: 'the environment replaced by a copy, and put back',
    rule: 'leaked-env',
    files: {
      'a.test.ts': spec(`
test('a', () => {
  const saved = process.env;
  process.env = { ...saved };
  process.env.REGION = 'eu';
  process.env = saved;
});
test('b', () => {});`),
    },
  },
  {
    what: 'files that only open a database',
    rule: 'hardcoded-database-name',
    files: {
      'a.test.ts': spec(`test('a', async () => { const db = new Pool({ database: 'shop' }); await db.end(); });`, `import { Pool } from 'pg';`),
      'b.test.ts': spec(`test('b', async () => { const db = new Pool({ database: 'shop' }); await db.end(); });`, `import { Pool } from 'pg';`),
    },
  },
  {
    what: 'only a path is put together between opening and `try`',
    rule: 'missing-cleanup',
    files: {
      'a.test.ts': spec(
        `test('a', async () => {
  const dir = mkdtempSync('/tmp/orders-');
  const file = join(dir, 'orders.csv');
  try { await write(file); } finally { rmSync(dir, { recursive: true }); }
});`,
        `import { mkdtempSync, rmSync } from 'node:fs';\nimport { join } from 'node:path';\nimport { write } from 'somewhere';`,
      ),
    },
  },
  {
    what: 'put back in `finally`, changed a few lines before its `try`',
    rule: 'shared-module-state',
    files: {
      'order.ts': `export class Order { total(): number { return 1; } }`,
      'a.test.ts': spec(
        `
test('a', async () => {
  const saved = Order.prototype.total;
  Order.prototype.total = () => 2;
  const client = connect();
  try { await client.run(); } finally { Order.prototype.total = saved; }
});
test('b', () => {});`,
        `import { Order } from './order';\nimport { connect } from 'somewhere';`,
      ),
    },
  },
];

describe('false alarms', () => {
  for (const { what, rule, files, given, finds = [] } of cases) {
    test(`${rule}: ${what}`, () => {
      expect(places(rule, files, given)).toEqual(finds);
    });
  }
});

test('a port that several tests of one file bind is told as a matter of that file', () => {
  const { findings } = audit({
    'a.test.ts': spec(
      `test('a', () => { createServer().listen(4310); });\ntest('b', () => { createServer().listen(4310); });`,
      `import { createServer } from 'node:http';`,
    ),
    'b.test.ts': spec(`test('c', () => {});`),
  });
  const port = findings.find((each) => each.rule === 'fixed-port');
  expect(port?.variant).toBe('again');
  expect(port?.axis).toEqual(['W']);
});

test('what restores a mock restores no clock', () => {
  const { findings } = audit({
    'a.test.ts': spec(
      `test('a', () => { vi.useFakeTimers(); const log = logger(); log.mockRestore(); });\ntest('b', () => {});`,
      `import { logger } from 'somewhere';`,
    ),
  });
  const clock = findings.find((each) => each.rule === 'leaked-timers');
  expect(clock?.confidence).toBe('certain');
  expect(clock?.variant).toBeUndefined();
});

test('a helper whose root hook closes what it binds', () => {
  const { findings } = audit(
    {
      'helper.test.ts': `import { createServer } from 'node:http';
let open = [];
afterEach(() => { for (const each of open) each.close(); open = []; });
export function serve() { const server = createServer(); server.listen(4310); open.push(server); return server; }`,
      'a.test.ts': `import { serve } from './helper.test';\nit('a', () => { serve(); });\nit('b', () => { serve(); });`,
    },
    { runner: 'mocha' },
  );
  expect(findings.filter((each) => each.rule === 'fixed-port').map((each) => each.variant)).toEqual(['alone']);
});
