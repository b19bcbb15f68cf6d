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
    what: 'a client behind a list of modules that the test file replaces',
    rule: 'shared-redis-keyspace',
    files: {
      'cache.ts': `import Redis from 'ioredis';\nconst redis = new Redis({ host: 'localhost' });\nexport const put = (key: string): Promise<unknown> => redis.set(key, '1');`,
      'index.ts': `export { put } from './cache';`,
      'shop.ts': `import { put } from './index';\nexport const sell = (): Promise<unknown> => put('sold');`,
      'a.test.ts': spec(
        `vi.mock('./index', () => ({ put: vi.fn() }));\ntest('a', async () => { await sell(); expect(put).toHaveBeenCalled(); });`,
        `import { put } from './index'; import { sell } from './shop';`,
      ),
      'b.test.ts': spec(`test('b', async () => { await put('b'); });`, `import { put } from './index';`),
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
    what: 'tests of a client that import it by its path',
    rule: 'hardcoded-database-name',
    files: { 'index.ts': `export * from './client';`, 'client.ts': driver, ...ownTests(`import { Client } from './client';`) },
    given: { published: [{ name: 'pg', entry: 'index.ts', dependencies: [], peers: [] }] },
    finds: ['a.test.ts:3'],
  },
  ...[true, false].map((isOwn) => ({
    what: `tests of a client that ${isOwn ? 'start its servers themselves' : 'start servers of something else'}`,
    rule: 'hardcoded-resource-name',
    files: {
      'index.ts': `import { createConnection } from 'node:net';\nexport function connect(options) { return { publish(topic, text) { createConnection(options.port).write(topic + text); }, end() {} }; }`,
      ...Object.fromEntries(
        ['a', 'b'].map((each, index) => [
          `${each}.test.ts`,
          spec(
            `const ports = portsOf(${index});\nconst server = createServer();\nserver.listen(42${index}0);
test('${each}', () => { const client = connect({ host: 'localhost', port: ports.first }); client.publish('orders', '1'); client.end(); });`,
            `import { createServer } from 'node:net';\nimport { portsOf } from 'somewhere';\nimport { connect } from '${isOwn ? './index' : 'mqtt'}';`,
          ),
        ]),
      ),
    },
    given: { published: isOwn ? [{ name: 'mqtt', entry: 'index.ts', dependencies: [], peers: [] }] : [] },
    ...(isOwn ? {} : { finds: ['a.test.ts:8'] }),
  })),
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
