import { describe, expect, test } from 'vitest';
import { isPrivate } from '../../src/detectors/sharing.js';
import { audit, places, type Case, type Files } from './audit.js';

const spec = (body: string, imports = ''): string => `import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';\n${imports}\n${body}\n`;
const both = (body: (name: string) => string, imports = ''): Files =>
  Object.fromEntries(['a', 'b'].map((each) => [`${each}.test.ts`, spec(body(each), imports)]));

/** Two files under `node:test` whose test replaces something before it takes `put` from the product. */
const putsUnderNode = (replaces: string, imports = ''): Files => ({
  'db.ts': `import { Pool } from 'pg';\nexport const put = () => new Pool({ database: 'orders' }).query('INSERT INTO t VALUES (1)');`,
  ...Object.fromEntries(
    ['a', 'b'].map((each) => [
      `${each}.test.ts`,
      `import { mock, test } from 'node:test';
${imports}test('${each}', async (t) => {
  ${replaces}
  const { put } = await import('./db');
  await put();
});`,
    ]),
  ),
});

/** It serves unless it is told not to. */
const SHOP_THAT_MAY_SERVE = `import { createServer } from 'node:http';
export class Shop {
  constructor(name: string, serves?: boolean) { this.name = name; this.serves = serves ?? true; }
  async run() { if (this.serves) { await this.serve(); } else { this.served = false; } }
  async serve() { const server = createServer(); server.listen(4310); }
}`;

/** Its options are laid over a default port. */
const SERVER_WITH_DEFAULTS = `import { createServer } from 'node:http';
export class Server {
  options = { port: 4310, quiet: false };
  server = createServer();
  constructor(given?: object) { if (given) { this.options = { ...this.options, ...given }; } }
  listen() { this.server.listen(this.options.port); }
}`;

/** Classes of code in which a finding about something outside the process was wrong, met in real repositories. */
const cases: readonly Case[] = [
  {
    what: 'database 0 of servers that nobody knows',
    rule: 'shared-redis-keyspace',
    files: both(
      (each) =>
        `test('${each}', async () => { const { port } = await serve('${each}'); const client = createClient({ socket: { port } }); await client.set('k', '1'); });`,
      `import { createClient } from 'redis'; import { serve } from 'somewhere';`,
    ),
  },
  {
    what: 'database 0 of the server that one helper opens for all',
    rule: 'shared-redis-keyspace',
    files: {
      'redis.ts': `import { createClient } from 'redis'; import { settings } from 'our-settings';\nexport const client = createClient({ socket: { host: settings.host, port: settings.port } });`,
      ...both((each) => `test('${each}', async () => { await client.set('k', '1'); });`, `import { client } from './redis';`),
    },
    finds: ['redis.ts:2'],
  },
  {
    what: 'a table whose name is put in is not the database',
    rule: 'hardcoded-database-name',
    given: { hostPorts: ['5432'] },
    files: {
      'a.test.ts': spec(
        `const pool = new Pool({ connectionString: 'postgres://localhost:5432/orders_test' });\ntest('a', async () => { await pool.query(\`CREATE TABLE IF NOT EXISTS \${table()} (id int)\`); });`,
        `import { Pool } from 'pg'; import { table } from 'somewhere';`,
      ),
    },
  },
  {
    what: 'a way of the product that the argument does not take',
    rule: 'hardcoded-database-name',
    files: {
      'orders.ts': `import { Pool } from 'pg';
export function orders(given: unknown) {
  if (typeof given === 'string') return wrap(new Pool({ database: 'orders' }));
  if (given) return wrap(given);
  return wrap(new Pool({ database: 'orders' }));
}
const wrap = (pool) => { pool.query('INSERT INTO t VALUES (1)'); return pool; };`,
      ...both((each) => `test('${each}', () => { orders({ own: '${each}' }); });`, `import { orders } from './orders';`),
    },
  },
  {
    what: 'a way of the product that the argument takes',
    rule: 'hardcoded-database-name',
    files: {
      'orders.ts': `import { Pool } from 'pg';
export function orders(given: unknown) {
  if (typeof given !== 'string') return;
  new Pool({ database: 'orders' }).query('INSERT INTO t VALUES (1)');
}`,
      ...both((each) => `test('${each}', () => { orders('${each}'); });`, `import { orders } from './orders';`),
    },
    finds: ['orders.ts:4'],
  },
  {
    what: 'a default that a constructor lays its options over',
    rule: 'fixed-port',
    files: {
      'server.ts': SERVER_WITH_DEFAULTS,
      ...both((each) => `test('${each}', () => { new Server({ port: 0 }).listen(); });`, `import { Server } from './server';`),
    },
  },
  {
    what: 'a default that a constructor lays other options over',
    rule: 'fixed-port',
    files: {
      'server.ts': SERVER_WITH_DEFAULTS,
      ...both((each) => `test('${each}', () => { new Server({ quiet: true }).listen(); });`, `import { Server } from './server';`),
    },
    finds: ['server.ts:3'],
  },
  ...(
    [
      ['a client of MongoDB that is told no database, nor seen to use one', 'mongodb://localhost:27018', []],
      ['a client of MongoDB that is told a database', 'mongodb://localhost:27018/orders', ['store.ts:2']],
    ] as const
  ).map(([what, url, finds]): Case => ({
    what,
    rule: 'hardcoded-database-name',
    files: {
      'store.ts': `import { MongoClient } from 'mongodb';\nexport const open = () => new MongoClient('${url}');`,
      ...both((each) => `test('${each}', () => { open(); });`, `import { open } from './store';`),
    },
    finds,
  })),
  {
    what: 'a Redis that the product opens, and in which nothing is seen to be written',
    rule: 'shared-redis-keyspace',
    files: {
      'cache.ts': `import Redis from 'ioredis';\nexport const open = () => new Redis(6379, 'localhost');`,
      ...both((each) => `test('${each}', () => { open(); });`, `import { open } from './cache';`),
    },
  },
  {
    what: 'a connection to no database of the server',
    rule: 'hardcoded-database-name',
    files: both(
      (each) => `test('${each}', async () => { const pool = createPool({ host: 'localhost' }); await pool.query('SET GLOBAL sql_mode = ""'); give(pool); });`,
      `import { createPool } from 'mysql2/promise'; import { give } from 'somewhere';`,
    ),
  },
  {
    what: 'a client of which only the prototype is looked at',
    rule: 'shared-redis-keyspace',
    files: both(
      (each) => `test('${each}', () => { const client = createClient(); expect(Object.getPrototypeOf(client)).toBeDefined(); });`,
      `import { createClient } from 'redis';`,
    ),
  },
  {
    what: 'a URL from elsewhere with a query behind it',
    rule: 'hardcoded-database-name',
    files: {
      'db.ts': `import { createPool } from 'slonik';\nexport const write = async (dsn: string) => { const pool = await createPool(dsn + '?options=' + encodeURIComponent('-c search_path=x')); await pool.query('INSERT INTO t VALUES (1)'); };`,
      ...both(
        (each) => `test('${each}', async () => { await write(await dsnOf('${each}')); });`,
        `import { write } from './db'; import { dsnOf } from 'somewhere';`,
      ),
    },
  },
  {
    what: 'sessions of a database whose name is put in',
    rule: 'unscoped-wipe',
    files: both(
      (each) =>
        `const pool = new Pool({ database: 'postgres' });\ntest('${each}', async () => { await pool.query(\`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = \${name()}\`); await pool.query('INSERT INTO t VALUES (1)'); });`,
      `import { Pool } from 'pg'; import { name } from 'somewhere';`,
    ),
  },
  {
    what: 'a table that the other file, whose tables are known, does not use',
    rule: 'unscoped-wipe',
    files: Object.fromEntries(
      ['orders', 'carts'].map((each) => [
        `${each}.test.ts`,
        spec(
          `const pool = new Pool({ database: 'shop' });
test('${each}', async () => { await pool.query('INSERT INTO ${each} VALUES (1)'); await pool.query(statement()); });
afterAll(() => pool.query('DROP TABLE ${each}'));`,
          `import { afterAll } from 'vitest'; import { Pool } from 'pg'; import { statement } from 'somewhere';`,
        ),
      ]),
    ),
  },
  ...(['unscoped-wipe', 'unscoped-query'] as const).map((rule) => ({
    what: 'a table of one file, beside statements of another that name none',
    rule,
    files: {
      'prices.test.ts': spec(
        `const pool = createPool({ database: 'shop' });
test('prices', async () => { await pool.query('DROP TABLE IF EXISTS prices'); await pool.query('CREATE TABLE prices (id int)'); await pool.query('SELECT * FROM prices'); });`,
        `import { createPool } from 'mysql2/promise';`,
      ),
      'session.test.ts': spec(
        `const pool = createPool({ database: 'shop' });
test('session', async () => { await pool.query('SELECT VERSION()'); await pool.query('KILL ' + (await pool.getConnection()).threadId); });`,
        `import { createPool } from 'mysql2/promise';`,
      ),
      'settings.test.ts': spec(
        `test('opens', async () => { await createPool({ database: 'shop' }).getConnection(); });`,
        `import { createPool } from 'mysql2/promise';`,
      ),
    },
  })),
  ...(
    [
      ['two tests at once that empty a table each', 'carts', []],
      ['two tests at once that empty one table', 'prices', ['a.test.ts:5']],
    ] as const
  ).map(([what, table, finds]) => ({
    what,
    rule: 'unscoped-wipe',
    files: {
      'a.test.ts': spec(
        `const pool = createPool({ database: 'shop' });
describe.concurrent('tables', () => {
  test('prices', async () => { await pool.query('DROP TABLE IF EXISTS prices'); await pool.query('CREATE TABLE prices (id int)'); });
  test('second', async () => { await pool.query('DROP TABLE IF EXISTS ${table}'); await pool.query('CREATE TABLE ${table} (id int)'); });
});`,
        `import { createPool } from 'mysql2/promise';`,
      ),
    },
    finds,
  })),
  {
    what: 'a setting of the whole server writes no rows',
    rule: 'unscoped-query',
    files: {
      'prices.test.ts': spec(
        `const pool = createPool({ database: 'shop' });\ntest('prices', async () => { await pool.query('INSERT INTO prices VALUES (1)'); await pool.query('SELECT * FROM prices'); });`,
        `import { createPool } from 'mysql2/promise';`,
      ),
      'settings.test.ts': spec(
        `const pool = createPool({ database: 'shop' });\ntest('sets', async () => { await pool.query('SET GLOBAL max_connections = 5'); });`,
        `import { createPool } from 'mysql2/promise';`,
      ),
    },
  },
  ...(
    [
      ['the database of an address of which the client only asks for others', (each: string) => `'orders_${each}'`, []],
      ['the database of an address that the client is asked for too', () => '', ['store.ts:2']],
    ] as const
  ).map(([what, asked, finds]) => ({
    what,
    rule: 'hardcoded-database-name',
    files: {
      'store.ts': `import { MongoClient } from 'mongodb';\nexport const open = () => new MongoClient('mongodb://localhost:27018/shop');`,
      ...both(
        (each) => `test('${each}', async () => { await open().db(${asked(each)}).collection('carts').insertOne({ id: 1 }); });`,
        `import { open } from './store';`,
      ),
    },
    finds,
  })),
  ...(
    [
      ['a log to which all files append, and that nobody reads', '', []],
      ['a log to which all files append, and that one reads', `test('reads', () => { readFileSync('logs/shop.log'); });`, ['log.ts:2']],
    ] as const
  ).map(([what, more, finds]) => ({
    what,
    rule: 'shared-path',
    files: {
      'log.ts': `import { appendFileSync, createWriteStream, mkdirSync } from 'node:fs';
const path = 'logs/shop.log';
export const log = (text: string): void => { mkdirSync('logs', { recursive: true }); appendFileSync(path, text); createWriteStream(path, { flags: 'a' }).end(text); };`,
      ...both((each) => `test('${each}', () => { log('${each}'); });\n${more}`, `import { readFileSync } from 'node:fs'; import { log } from './log';`),
    },
    finds,
  })),
  {
    what: 'a port that one file alone draws',
    rule: 'frozen-worker-name',
    files: {
      'a.test.ts': spec(
        `const port = Math.floor(Math.random() * 6000) + 2000;\ntest('a', () => { createServer().listen(port); });`,
        `import { createServer } from 'node:http';`,
      ),
    },
  },
  ...(
    [
      ['both files do without where it is taken', 'prefer(4310)', 'prefer(4310)', []],
      ['one file does without where it is taken, and one does not', 'bind(4310)', 'prefer(4310)', ['a.test.ts:3']],
    ] as const
  ).map(([what, a, b, finds]): Case => ({
    what: `a port that ${what}`,
    rule: 'fixed-port',
    files: {
      'servers.ts': `import { createServer } from 'node:http';
export const bind = async (port) => new Promise((resolve, reject) => { const server = createServer(); server.once('error', reject); server.listen(port, () => resolve(server)); });
export const prefer = async (port) => {
  try { return await bind(port); } catch (error) { if (!error.message.includes('EADDRINUSE')) throw error; }
  return bind(0);
};
`,
      'a.test.ts': spec(`test('a', async () => { const server = await ${a}; server.close(); });`, `import { bind, prefer } from './servers';`),
      'b.test.ts': spec(`test('b', async () => { const server = await ${b}; server.close(); });`, `import { bind, prefer } from './servers';`),
    },
    finds,
  })),
  {
    what: 'a port that a helper draws for two files',
    rule: 'frozen-worker-name',
    files: {
      'port.ts': `export const port = () => Math.floor(Math.random() * 6000) + 2000;`,
      ...both(
        (each) => `test('${each}', () => { createServer().listen(port()); });`,
        `import { createServer } from 'node:http'; import { port } from './port';`,
      ),
    },
    finds: ['port.ts:1'],
  },
  {
    what: 'a connection that only makes another database',
    rule: 'hardcoded-database-name',
    files: {
      'db.ts': `import { Client } from 'pg';
export async function make(name: string) { const admin = new Client({ database: 'postgres' }); await admin.connect(); await admin.query(\`CREATE DATABASE "\${name}"\`); await admin.end(); }`,
      ...both((each) => `test('${each}', async () => { await make('shop_${each}'); });`, `import { make } from './db';`),
    },
  },
  {
    what: 'a role that is dropped',
    rule: 'unscoped-wipe',
    files: {
      'db.ts': `import { Pool } from 'pg';\nexport const pool = new Pool({ connectionString: 'postgres://localhost:5432/shop' });`,
      ...both(
        (each) => `test('${each}', async () => { await pool.query('DROP ROLE IF EXISTS shopkeeper'); await pool.query('INSERT INTO t VALUES (1)'); });`,
        `import { pool } from './db';`,
      ),
    },
  },
  {
    what: 'a path below a folder that a helper gives, made whole by the product',
    rule: 'shared-path',
    files: {
      'pack.ts': `import { resolve } from 'node:path'; import { writeFile } from 'node:fs/promises';\nexport async function pack(options) { const cwd = options.cwd ?? process.cwd(); await writeFile(resolve(cwd, options.out), '{}'); }`,
      ...both(
        (each) => `test('${each}', async () => { const cwd = await folder(); await pack({ cwd, out: '.packed' }); });`,
        `import { pack } from './pack'; import { folder } from 'somewhere';`,
      ),
    },
  },
  {
    what: 'a path below the folder of the process, made whole by the product',
    rule: 'shared-path',
    files: {
      'pack.ts': `import { resolve } from 'node:path'; import { writeFile } from 'node:fs/promises';\nexport async function pack(options) { const cwd = options.cwd ?? process.cwd(); await writeFile(resolve(cwd, options.out), '{}'); }`,
      ...both((each) => `test('${each}', async () => { await pack({ out: '.packed' }); });`, `import { pack } from './pack';`),
    },
    finds: ['pack.ts:2'],
  },
  {
    what: 'a client whose class a hook replaces',
    rule: 'hardcoded-database-name',
    files: {
      'db.ts': `import pg from 'pg';\nexport const open = () => new pg.Client({ database: 'shop' });`,
      ...both(
        (each) => `beforeEach(() => { vi.spyOn(pg, 'Client').mockImplementation(() => ({ query: vi.fn() })); });
afterEach(() => { vi.restoreAllMocks(); });
test('${each}', async () => { const db = open(); await db.query('INSERT INTO t VALUES (1)'); });`,
        `import pg from 'pg'; import { open } from './db';`,
      ),
    },
  },
  {
    what: 'a client of which a hook only watches the class',
    rule: 'hardcoded-database-name',
    files: {
      'db.ts': `import pg from 'pg';\nexport const open = () => new pg.Client({ database: 'shop' });`,
      ...both(
        (each) => `beforeEach(() => { vi.spyOn(pg, 'Client'); });
afterEach(() => { vi.restoreAllMocks(); });
test('${each}', async () => { const db = open(); await db.query('INSERT INTO t VALUES (1)'); });`,
        `import pg from 'pg'; import { open } from './db';`,
      ),
    },
    finds: ['db.ts:2'],
  },
  {
    what: 'a package that a helper mocks, which the test files import',
    rule: 'hardcoded-database-name',
    files: {
      'mocks.ts': `import { vi } from 'vitest';\nvi.mock('pg', () => ({ Pool: vi.fn() }));`,
      'db.ts': `import { Pool } from 'pg';\nexport const put = () => new Pool({ database: 'orders' }).query('INSERT INTO t VALUES (1)');`,
      ...both((each) => `test('${each}', async () => { await put(); });`, `import './mocks';\nimport { put } from './db';`),
    },
  },
  ...['t.mock', 'mock'].map((mock) => ({
    what: `a package that tests of Node replace with \`${mock}.module\``,
    rule: 'hardcoded-database-name',
    files: putsUnderNode(`${mock}.module('pg', { namedExports: { Pool: class { async query() {} } } });`),
    given: { runner: 'node-test' },
  })),
  {
    what: 'a mocked package that has another name in the catalogue',
    rule: 'hardcoded-database-name',
    files: {
      'db.ts': `import { Pool } from '@neondatabase/serverless';\nexport const put = () => new Pool({ database: 'orders' }).query('INSERT INTO t VALUES (1)');`,
      ...both(
        (each) => `vi.mock('@neondatabase/serverless');\ntest('${each}', async () => { await put(); });`,
        `import { vi } from 'vitest';\nimport { put } from './db';`,
      ),
    },
  },
  {
    what: 'a package of which `mock.module` keeps the class',
    rule: 'hardcoded-database-name',
    files: putsUnderNode(`mock.module('pg', { namedExports: { ...pg, escapeLiteral: (text) => text } });`, `import * as pg from 'pg';\n`),
    given: { runner: 'node-test' },
    finds: ['db.ts:2'],
  },
  {
    what: 'a package of which a mock keeps all but the class',
    rule: 'hardcoded-database-name',
    files: {
      'mocks.ts': `import { vi } from 'vitest';\nvi.mock('pg', async () => { const real = await vi.importActual('pg'); return { ...real, Pool: vi.fn() }; });`,
      'db.ts': `import { Pool } from 'pg';\nexport const put = () => new Pool({ database: 'orders' }).query('INSERT INTO t VALUES (1)');`,
      ...both((each) => `test('${each}', async () => { await put(); });`, `import './mocks';\nimport { put } from './db';`),
    },
  },
  {
    what: 'the same, by what the factory is given',
    rule: 'hardcoded-database-name',
    files: {
      'mocks.ts': `import { vi } from 'vitest';\nvi.mock('pg', async (load) => ({ ...(await load()), Pool: vi.fn() }));`,
      'db.ts': `import { Pool } from 'pg';\nexport const put = () => new Pool({ database: 'orders' }).query('INSERT INTO t VALUES (1)');`,
      ...both((each) => `test('${each}', async () => { await put(); });`, `import './mocks';\nimport { put } from './db';`),
    },
  },
  {
    what: 'a package of which a mock replaces something else',
    rule: 'hardcoded-database-name',
    files: {
      'mocks.ts': `import { vi } from 'vitest';\nvi.mock('pg', async (load) => ({ ...(await load()), escapeLiteral: vi.fn() }));`,
      'db.ts': `import { Pool } from 'pg';\nexport const put = () => new Pool({ database: 'orders' }).query('INSERT INTO t VALUES (1)');`,
      ...both((each) => `test('${each}', async () => { await put(); });`, `import './mocks';\nimport { put } from './db';`),
    },
    finds: ['db.ts:2'],
  },
  {
    what: 'a path that a mocked module names, whose mock takes in another module',
    rule: 'shared-path',
    files: {
      'mocks.ts': `import { vi } from 'vitest';\nvi.mock('./data', async () => { const path = await vi.importActual('node:path'); return { file: () => path.join('/tmp/own', 'x') }; });`,
      'data.ts': `export const file = () => '/tmp/shop.json';`,
      'store.ts': `import { writeFileSync } from 'node:fs'; import { file } from './data';\nexport const save = () => writeFileSync(file(), '');`,
      ...both((each) => `test('${each}', () => { save(); });`, `import './mocks';\nimport { save } from './store';`),
    },
  },
  {
    what: 'a name with a UUID that a builder keeps, and the database of the administrator that makes it',
    rule: 'hardcoded-database-name',
    files: {
      'setup.ts': `import { knex } from 'knex'; import { v4 } from 'uuid';
export class Setup {
  private name: string;
  static create() { const setup = new Setup(); const name = \`shop_\${v4()}\`; setup.name = name; return setup; }
  async build() {
    const admin = knex({ client: 'pg', connection: { database: 'postgres', host: 'localhost' } });
    await admin.raw(\`DROP DATABASE IF EXISTS \${this.name}\`);
    await admin.raw(\`CREATE DATABASE \${this.name}\`);
    await admin.raw(\`GRANT ALL PRIVILEGES ON \${this.name}.* TO 'shop'@'%'\`);
    await admin.destroy();
  }
}`,
      ...both((each) => `test('${each}', async () => { await Setup.create().build(); });`, `import { Setup } from './setup';`),
    },
  },
  {
    what: 'a name that a builder is given and keeps',
    rule: 'hardcoded-database-name',
    files: {
      'setup.ts': `import { Pool } from 'pg';
export class Setup {
  private name: string;
  static create() { const setup = new Setup(); setup.name = 'orders'; return setup; }
  async build() { await new Pool({ database: this.name }).query('INSERT INTO t VALUES (1)'); }
}`,
      ...both((each) => `test('${each}', async () => { await Setup.create().build(); });`, `import { Setup } from './setup';`),
    },
    finds: ['setup.ts:4'],
  },
  ...[
    'const db = Number.isNaN(parseInt(process.env.VITEST_POOL_ID)) ? 0 : parseInt(process.env.VITEST_POOL_ID);',
    'const id = Number(process.env.VITEST_POOL_ID); const db = Number.isInteger(id) ? id : 0;',
    'let db = 0; if (process.env.VITEST_POOL_ID) db = parseInt(process.env.VITEST_POOL_ID, 10);',
    "const db = Number(process.env.TEST_SLOT ?? '1');",
    "const db = Number(process.env.SHOP_WORKER_ID ?? '1');",
  ].map((db) => ({
    what: `a Redis database by the worker, with another where none runs: ${db}`,
    rule: 'shared-redis-keyspace',
    files: both(
      (each) => `${db}\nconst client = new Redis({ host: 'localhost', db });\ntest('${each}', async () => { await client.set('k', '1'); });`,
      `import Redis from 'ioredis';`,
    ),
  })),
  {
    what: 'a Redis database by how many workers there are',
    rule: 'shared-redis-keyspace',
    files: both(
      (each) =>
        `const db = Number(process.env.WORKERS ?? '1');\nconst client = new Redis({ host: 'localhost', db });\ntest('${each}', async () => { await client.set('k', '1'); });`,
      `import Redis from 'ioredis';`,
    ),
    finds: ['a.test.ts:3'],
  },
  {
    what: 'a Redis database by a number that some variable gives',
    rule: 'shared-redis-keyspace',
    files: both(
      (each) =>
        `const db = Number.isNaN(parseInt(process.env.SHOP)) ? 3 : randomInt(16);\nconst client = new Redis({ host: 'localhost', db });\ntest('${each}', async () => { await client.set('k', '1'); });`,
      `import Redis from 'ioredis';`,
    ),
    finds: ['a.test.ts:3'],
  },
  {
    what: 'one name that test files hand to what makes it and to what removes it',
    rule: 'hardcoded-resource-name',
    files: {
      'test/tenants.ts': `export async function createTenant(api, of) { await api.post('/tenants', of); }\nexport async function getTenant(api, of) { return api.get('/tenants', of); }`,
      ...Object.fromEntries(
        ['a', 'b', 'c', 'd', 'e'].map((each, index) => [
          `${each}.test.ts`,
          spec(
            `const tenant = 'shop-${Math.max(1, index)}';
test('${each}', async () => { await createTenant(api, { tenant }); });\nafterEach(async () => { await getTenant(api, { tenant }); });`,
            `import { createTenant, getTenant } from './test/tenants'; import { api } from 'somewhere';`,
          ),
        ]),
      ),
    },
    finds: ['a.test.ts:4'],
  },
  ...[true, false].map((isAwaited) => ({
    what: isAwaited ? 'a socket whose end by the other side the test waits for' : 'a socket whose first word the test waits for',
    rule: 'missing-cleanup',
    files: {
      'a.test.ts': spec(
        `it('a', (done) => { const socket = io('http://localhost:4310'); bus.once('joined', () => { socket.once('${isAwaited ? 'disconnect' : 'order'}', () => done()); bus.emit('leave'); }); });\nit('b', () => {});`,
        `import { io } from 'socket.io-client'; import { bus } from 'somewhere';`,
      ),
    },
    given: { runner: 'mocha' },
    ...(isAwaited ? {} : { finds: ['a.test.ts:3'] }),
  })),
  {
    what: 'a server that an object starts only when it is made for that, and is not',
    rule: 'fixed-port',
    files: {
      'shop.ts': SHOP_THAT_MAY_SERVE,
      ...both((each) => `test('${each}', async () => { const shop = new Shop('${each}', false); await shop.run(); });`, `import { Shop } from './shop';`),
    },
  },
  {
    what: 'a server that an object starts because nobody says otherwise',
    rule: 'fixed-port',
    files: {
      'shop.ts': SHOP_THAT_MAY_SERVE,
      ...both((each) => `test('${each}', async () => { const shop = new Shop('${each}'); await shop.run(); });`, `import { Shop } from './shop';`),
    },
    finds: ['shop.ts:5'],
  },
  {
    what: 'a server that a property of what was started leads to, and that each file starts anew',
    rule: 'hardcoded-database-name',
    files: {
      'servers.ts': `import { MongoCluster } from 'mongodb-runner'; import { MongoClient } from 'mongodb';
export class Server {
  constructor(private readonly close: () => Promise<void>, private readonly url: () => string) {}
  static async start(dir: string) {
    const cluster = await MongoCluster.start({ tmpDir: dir, topology: 'standalone' });
    const client = new MongoClient(cluster.connectionString);
    await client.db('admin').command({ createUser: 'shop' });
    await client.close();
    return new Server(() => cluster.close(), () => cluster.connectionString);
  }
}`,
      ...both(
        (each) => `let server;\nbeforeAll(async () => { server = await Server.start('/tmp'); });\ntest('${each}', () => {});`,
        `import { Server } from './servers';`,
      ),
    },
  },
  ...(
    [
      [
        'an agent in place of the network',
        `const agent = new MockAgent(); setGlobalDispatcher(agent); agent.get('http://127.0.0.1:5984').intercept({ path: '/orders' });`,
        [],
      ],
      ['an interceptor of the same server', `beforeEach(() => { nock('http://localhost:5984').persist().delete('/orders').reply(200); });`, []],
      ['an interceptor of another server', `beforeEach(() => { nock('http://localhost:8080').get('/').reply(200); });`, ['a.test.ts:4', 'b.test.ts:4']],
      ['an interceptor of another test', `test('before', () => { nock('http://localhost:5984').get('/').reply(200); });`, ['a.test.ts:4', 'b.test.ts:4']],
    ] as const
  ).map(([what, begin, finds]) => ({
    what: `a server over HTTP that two files empty, with ${what}`,
    rule: 'unscoped-wipe',
    files: both(
      () => `${begin}\ntest('a', async () => { await couch.db.destroy('orders'); });`,
      `import nano from 'nano'; import nock from 'nock'; import { MockAgent, setGlobalDispatcher } from 'undici'; const couch = nano('http://localhost:5984');`,
    ),
    finds,
  })),
];

describe.each(cases)('$what', ({ rule, files, given, finds = [] }) => {
  test(rule, () => {
    expect(places(rule, files, given)).toEqual(finds);
  });
});

test('where a URL names no database, the user does, without the password', () => {
  const files = both(
    (each) =>
      `const pool = await createPool('postgres://shop:secret@localhost:5432');\ntest('${each}', async () => { await pool.query('INSERT INTO t VALUES (1)'); });`,
    `import { createPool } from 'slonik';`,
  );
  expect(audit(files).findings.map((each) => each.resource.title)).toContain('PostgreSQL database `shop`');
});

test('a test with fixtures that stands behind a proxy is one, and works in its own container', () => {
  const files = {
    'containers.ts': `import { RedisContainer } from '@testcontainers/redis';
import { test } from 'vitest';
const started = test.extend({ redis: async ({}, use) => { const container = await new RedisContainer('redis:7').start(); await use({ host: container.getHost(), port: container.getPort() }); await container.stop(); } });
const warm = (api, up) => new Proxy(api, { apply(target, self, args) { api.beforeAll(up); return Reflect.apply(target, self, args); } });
export const redisTest = warm(started, async () => {});`,
    'a.test.ts': `import Redis from 'ioredis'; import { redisTest } from './containers';
redisTest('a', async ({ redis }) => { const client = new Redis(redis); await client.set('k', '1'); });`,
  };
  const { blocks, claims } = audit(files).stories[0]!;
  expect(blocks.map((each) => each.role)).toContain('test');
  expect(claims.filter((each) => each.op === 'write').every((each) => isPrivate(each.resource))).toBe(true);
});
