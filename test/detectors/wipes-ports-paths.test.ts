import { describe, expect, test } from 'vitest';
import { audit, places, type Case, type Files } from './audit.js';

const spec = (body: string, imports = ''): string => `import { afterEach, beforeEach, expect, test } from 'vitest';\n${imports}\n${body}\n`;
const pool = `import { Pool } from 'pg';\nexport const pool = new Pool({ database: 'orders_spec' });\nexport const run = (text: string): unknown => pool.query(text);`;

const importing = (start: string): Files => ({
  'src/server.ts': `import express from 'express'; const app = express();\n${start}\nexport default app;`,
  'a.test.ts': spec(`test('answers', () => app);`, `import app from './src/server';`),
  'b.test.ts': spec(`test('answers', () => app);`, `import app from './src/server';`),
});
const ava = (...lines: readonly string[]): Files => ({
  'db.ts': pool,
  'a.test.ts': [`import test from 'ava'; import { pool } from './db'; import { writeFile } from 'node:fs/promises';`, ...lines].join('\n'),
});

const removing = (imports: string, call: string): Files => ({
  'clean.ts': `${imports}\nimport { writeFileSync } from 'node:fs';\nexport const clean = async () => { writeFileSync('out/carts.json', ''); await ${call}; };`,
  'a.test.ts': spec(`test('a', () => clean());`, `import { clean } from './clean';`),
  'b.test.ts': spec(`test('b', () => clean());`, `import { clean } from './clean';`),
});

/** One path by itself, and in a list. */
const removals: readonly Case[] = [
  [`import rimraf from 'rimraf';`, `rimraf.sync('out/carts')`],
  [`import { rimraf } from 'rimraf';`, `rimraf(['out/carts'])`],
  [`import { deleteAsync } from 'del';`, `deleteAsync('out/carts')`],
  [`import shell from 'shelljs';`, `shell.rm('-rf', 'out/carts')`],
  [`import shell from 'shelljs';`, `shell.rm('out/carts')`],
].map(([imports = '', call = '']) => ({
  what: `${call} in two files`,
  rule: 'shared-path',
  files: removing(imports, call),
  finds: ['clean.ts:3', 'clean.ts:3'],
}));

/** Listings of a folder that others fill too, in a test: what the assertion sees of them. */
const listings: readonly Case[] = (
  [
    ['as it was before', `const before = readdirSync(tmpdir()); exportOrders(); expect(readdirSync(tmpdir())).toEqual(before);`, ['a.test.ts:3']],
    [
      'by its beginning',
      `exportOrders(); const left = readdirSync('/tmp').filter((each) => each.startsWith('orders-')); expect(left).toEqual([]);`,
      ['a.test.ts:3'],
    ],
    [
      'less what was there before, through a variable',
      `const folder = tmpdir(); const before = new Set(await readdir(folder)); exportOrders(); const left = (await readdir(folder)).filter((each) => each.startsWith('orders-') && !before.has(each)); expect(left).toHaveLength(0);`,
      ['a.test.ts:3'],
    ],
    [
      'by a helper of the test',
      `const made = () => readdirSync(tmpdir()).filter((each) => each.endsWith('.csv')); const before = made(); exportOrders(); expect(made()).toEqual(before);`,
      ['a.test.ts:3'],
    ],
    ['by a helper of another file', `const before = exported(); exportOrders(); expect(exported().length).toBe(before.length);`, ['helper.ts:2']],
    [
      'for one name',
      `exportOrders(); expect(readdirSync(tmpdir())).toContain('orders.csv'); expect(readdirSync(tmpdir()).includes('carts.csv')).toBe(false);`,
      [],
    ],
    ['for a name of its own', `const id = exportOrders(); expect(readdirSync(tmpdir()).filter((each) => each.includes(id))).toEqual([]);`, []],
    ['for no assertion', `console.log(readdirSync(tmpdir())); expect(exportOrders()).toBe(1);`, []],
    ['below a folder of its own', `const folder = mkdtempSync(join(tmpdir(), 'orders-')); exportOrders(); expect(readdirSync(folder)).toEqual([]);`, []],
    ['where the test points the variable elsewhere', `process.env.TMPDIR = own; exportOrders(); expect(readdirSync(tmpdir())).toEqual([]);`, []],
  ] as const
).map(([how, body, finds]) => ({
  what: `the folder for temporary files is listed ${how}`,
  rule: 'shared-path',
  files: {
    'helper.ts': `import { readdirSync } from 'node:fs'; import { tmpdir } from 'node:os';\nexport const exported = () => readdirSync(tmpdir()).filter((each) => each.startsWith('orders-'));`,
    'a.test.ts': `import { mkdtempSync, readdirSync } from 'node:fs'; import { readdir } from 'node:fs/promises'; import { tmpdir } from 'node:os'; import { join } from 'node:path';\nimport { expect, test } from 'vitest'; import { exportOrders, own } from 'orders'; import { exported } from './helper';\ntest('nothing is left', async () => { ${body} });`,
  },
  finds,
}));

const cases: readonly Case[] = [
  ...removals,
  ...listings,
  {
    what: 'tables emptied by text in a template of Drizzle',
    rule: 'unscoped-wipe',
    files: {
      'db.ts': `import { drizzle } from 'drizzle-orm/node-postgres';\nexport const db = drizzle('postgres://localhost/orders');`,
      ...Object.fromEntries(
        ['a', 'b'].map((each) => [
          `${each}.test.ts`,
          spec(
            `beforeEach(async () => { await db.execute(sql\`TRUNCATE TABLE orders CASCADE\`); });\ntest('${each}', async () => { await db.execute(sql.raw('INSERT INTO orders VALUES (1)')); });`,
            `import { sql } from 'drizzle-orm'; import { db } from './db';`,
          ),
        ]),
      ),
    },
    finds: ['a.test.ts:3', 'b.test.ts:3'],
  },
  ...(
    [
      ['unscoped-wipe', ['a.test.ts:3', 'b.test.ts:3']],
      ['missing-cleanup', []],
    ] as const
  ).map(([rule, finds]) => ({
    what: 'a client that is given a method of its own, which closes it',
    rule,
    files: {
      'db.ts': `import { Pool } from 'pg';\nexport const open = () => { const pool = new Pool({ database: 'orders' }); return Object.assign(pool, { leave: () => pool.end() }); };`,
      ...Object.fromEntries(
        ['a', 'b'].map((each) => [
          `${each}.test.ts`,
          `import { afterAll, beforeEach, test } from 'vitest'; import { open } from './db';\nlet db;\nbeforeEach(async () => { db ??= open(); await db.query('TRUNCATE orders'); });\nafterAll(() => db.leave());\ntest('${each}', async () => { await db.query('INSERT INTO orders VALUES (1)'); });`,
        ]),
      ),
    },
    finds,
  })),
  {
    what: 'a table is emptied before each of several tests that run at once',
    rule: 'unscoped-wipe',
    given: { runner: 'ava' },
    files: ava(
      `test.beforeEach(() => pool.query('TRUNCATE orders'));`,
      `test('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`,
      `test('adds two', () => pool.query('INSERT INTO orders VALUES (2)'));`,
    ),
    finds: ['a.test.ts:2'],
  },
  {
    what: 'the same before tests one after the other',
    rule: 'unscoped-wipe',
    given: { runner: 'ava' },
    files: ava(
      `test.beforeEach(() => pool.query('TRUNCATE orders'));`,
      `test.serial('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`,
      `test.serial('adds two', () => pool.query('INSERT INTO orders VALUES (2)'));`,
    ),
    finds: [],
  },
  {
    what: 'once before all tests is early enough',
    rule: 'unscoped-wipe',
    given: { runner: 'ava' },
    files: ava(
      `test.before(() => pool.query('TRUNCATE orders'));`,
      `test('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`,
      `test('adds two', () => pool.query('INSERT INTO orders VALUES (2)'));`,
    ),
    finds: [],
  },
  ...[
    ['[new Redis(6391), new Redis(6392)]', 'Promise.all(clients.map((client) => client.flushdb()))'],
    ['[new Redis(6391), new Redis(6392)]', 'clients.forEach((client) => void client.flushdb())'],
    ['[connect(1), connect(2)]', 'Promise.all(clients.map((client) => client.flushdb()))'],
  ].map(([made, wipe]) => ({
    what: `each client of a list empties its database: ${made}, ${wipe}`,
    rule: 'unscoped-wipe',
    given: { runner: 'vitest' as const },
    files: Object.fromEntries(
      ['a', 'b'].map((each) => [
        `${each}.test.ts`,
        spec(
          `const clients = ${made};\nbeforeEach(() => ${wipe});\ntest('${each}', () => clients[0].set('cart', '${each}'));`,
          `import Redis from 'ioredis'; const connect = (index) => new Redis(6390 + index);`,
        ),
      ]),
    ),
    finds: ['a.test.ts:4', 'b.test.ts:4', 'a.test.ts:4', 'b.test.ts:4'],
  })),
  {
    what: 'a file that is written through functions which a package has promisified',
    rule: 'shared-path',
    files: {
      'store.js': `const Promise = require('bluebird');\nconst fs = require('fs');\nconst writeFile = Promise.promisify(fs.writeFile);\nexports.store = (text) => writeFile('/var/spool/orders.json', text);`,
      'a.test.js': `const { store } = require('./store');\nit('a', () => store('1'));`,
      'b.test.js': `const pify = require('pify');\nconst fs = require('fs');\nit('b', () => pify(fs.writeFile)('/var/spool/orders.json', '2'));`,
    },
    given: { runner: 'jest' },
    finds: ['b.test.js:3'],
  },
  {
    what: 'names in Redis that are promisified, of which no test writes what another reads',
    rule: 'shared-redis-keyspace',
    files: {
      'a.test.js': `const redis = require('redis');\nconst client = redis.createClient();\nit('a', () => client.getAsync('a'));\nafterAll(() => client.quitAsync());`,
      'b.test.js': `const redis = require('redis');\nconst client = redis.createClient();\nit('b', () => client.getAsync('b'));\nafterAll(() => client.quitAsync());`,
    },
    given: { runner: 'jest' },
    finds: [],
  },
  {
    what: 'a whole Redis that is emptied by a promisified name',
    rule: 'unscoped-wipe',
    files: {
      'a.test.js': `const redis = require('redis');\nconst client = redis.createClient();\nbeforeEach(() => client.flushdbAsync());\nit('a', () => client.setAsync('a', 1));`,
      'b.test.js': `const redis = require('redis');\nconst client = redis.createClient();\nit('b', () => client.setAsync('b', 1));`,
    },
    given: { runner: 'jest' },
    finds: ['a.test.js:3'],
  },
  {
    what: 'two tests that run at once write one file',
    rule: 'shared-path',
    given: { runner: 'ava' },
    files: ava(`test('writes', () => writeFile('reports/out.json', '1'));`, `test('writes again', () => writeFile('reports/out.json', '2'));`),
    finds: ['a.test.ts:2'],
  },
  {
    what: 'the same with a file for each test',
    rule: 'shared-path',
    given: { runner: 'ava' },
    files: ava(`test('writes', () => writeFile('reports/one.json', '1'));`, `test('writes again', () => writeFile('reports/two.json', '2'));`),
    finds: [],
  },
  {
    what: 'two tests of a concurrent suite write one file through a helper',
    rule: 'shared-path',
    files: {
      'helper.ts': `import { writeFile } from 'node:fs/promises';\nexport const save = (text: string) => writeFile('reports/out.json', text);`,
      'a.test.ts': spec(`test.concurrent('writes', () => save('1'));\ntest.concurrent('writes again', () => save('2'));`, `import { save } from './helper';`),
    },
    finds: ['helper.ts:2'],
  },
  {
    what: 'a table that another file fills is emptied',
    rule: 'unscoped-wipe',
    files: {
      'db.ts': pool,
      'a.test.ts': spec(`beforeEach(() => pool.query('TRUNCATE orders'));\ntest('is empty', () => {});`, `import { pool } from './db';`),
      'b.test.ts': spec(`test('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`, `import { pool } from './db';`),
    },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'the statement is shown where it is written, not where it is run',
    rule: 'unscoped-wipe',
    files: {
      'db.ts': pool,
      'a.test.ts': spec(`beforeEach(() => run('DELETE FROM orders'));\ntest('is empty', () => {});`, `import { run } from './db';`),
      'b.test.ts': spec(`test('adds', () => run('INSERT INTO orders VALUES (1)'));`, `import { run } from './db';`),
    },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'a table that nobody else uses may be emptied',
    rule: 'unscoped-wipe',
    files: {
      'db.ts': pool,
      'a.test.ts': spec(`beforeEach(() => pool.query('TRUNCATE orders'));\ntest('is empty', () => {});`, `import { pool } from './db';`),
      'b.test.ts': spec(`test('adds', () => pool.query('INSERT INTO invoices VALUES (1)'));`, `import { pool } from './db';`),
    },
    finds: [],
  },
  {
    what: 'rows of its own may be removed',
    rule: 'unscoped-wipe',
    files: {
      'db.ts': pool,
      'a.test.ts': spec(
        `afterEach(() => pool.query('DELETE FROM orders WHERE id = 1'));\ntest('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`,
        `import { pool } from './db';`,
      ),
      'b.test.ts': spec(`test('adds', () => pool.query('INSERT INTO orders VALUES (2)'));`, `import { pool } from './db';`),
    },
    finds: [],
  },
  {
    what: 'one session is ended by its number',
    rule: 'unscoped-wipe',
    files: {
      'db.ts': pool,
      'a.test.ts': spec(`test('ends', (pid) => pool.query(\`SELECT pg_terminate_backend(\${pid})\`));`, `import { pool } from './db';`),
      'b.test.ts': spec(`test('adds', () => pool.query('INSERT INTO orders VALUES (2)'));`, `import { pool } from './db';`),
    },
    finds: [],
  },
  {
    what: 'FLUSHALL reaches beyond the database of the worker',
    rule: 'unscoped-wipe',
    files: {
      'redis.ts': `import { Redis } from 'ioredis';\nexport const redis = new Redis({ db: Number(process.env.VITEST_POOL_ID) });`,
      'a.test.ts': spec(`beforeEach(() => redis.flushall());\ntest('is empty', () => {});`, `import { redis } from './redis';`),
      'b.test.ts': spec(`test('sets', () => redis.set('a', '1'));`, `import { redis } from './redis';`),
    },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'FLUSHDB stays in the database of the worker',
    rule: 'unscoped-wipe',
    files: {
      'redis.ts': `import { Redis } from 'ioredis';\nexport const redis = new Redis({ db: Number(process.env.VITEST_POOL_ID) });`,
      'a.test.ts': spec(`beforeEach(() => redis.flushdb());\ntest('is empty', () => {});`, `import { redis } from './redis';`),
      'b.test.ts': spec(`test('sets', () => redis.set('a', '1'));`, `import { redis } from './redis';`),
    },
    finds: [],
  },
  {
    what: "a count of everybody's rows",
    rule: 'unscoped-query',
    files: {
      'db.ts': pool,
      'a.test.ts': spec(`test('counts', async () => {\n  await pool.query('SELECT count(*) FROM orders');\n});`, `import { pool } from './db';`),
      'b.test.ts': spec(`test('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`, `import { pool } from './db';`),
    },
    finds: ['a.test.ts:4'],
  },
  {
    what: 'a count of rows that a condition picks',
    rule: 'unscoped-query',
    files: {
      'db.ts': pool,
      'a.test.ts': spec(`test('counts', async () => {\n  await pool.query('SELECT count(*) FROM orders WHERE id = 1');\n});`, `import { pool } from './db';`),
      'b.test.ts': spec(`test('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`, `import { pool } from './db';`),
    },
    finds: [],
  },
  {
    what: 'a default port of a helper',
    rule: 'fixed-port',
    files: {
      'server.ts': `import { createServer } from 'node:http';\nexport const start = (port = 4001): unknown => createServer().listen(port);`,
      'a.test.ts': spec(`test('starts', () => start());`, `import { start } from './server';`),
      'b.test.ts': spec(`test('starts', () => start());`, `import { start } from './server';`),
    },
    finds: ['server.ts:2'],
  },
  {
    what: 'a product module that listens as soon as it is imported',
    rule: 'fixed-port',
    files: importing(`export const server = app.listen(Number(process.env.PORT) || 3000);`),
    finds: ['src/server.ts:2'],
  },
  {
    what: 'the same under a condition',
    rule: 'fixed-port',
    files: importing(`if (process.env.NODE_ENV !== 'test') app.listen(3000);`),
    finds: [],
  },
  {
    what: 'a port that the machine picks',
    rule: 'fixed-port',
    files: {
      'server.ts': `import { createServer } from 'node:http';\nexport const start = (port = 0): unknown => createServer().listen(port);`,
      'a.test.ts': spec(`test('starts', () => start());`, `import { start } from './server';`),
      'b.test.ts': spec(`test('starts', () => start());`, `import { start } from './server';`),
    },
    finds: [],
  },
  {
    what: 'a program is told its port',
    rule: 'fixed-port',
    files: {
      'server.ts': `import { spawn } from 'node:child_process';\nexport const start = (): unknown => spawn('npm', ['run', 'dev'], { env: { ...process.env, PORT: '3100' } });`,
      'a.test.ts': spec(`test('starts', () => start());`, `import { start } from './server';`),
      'b.test.ts': spec(`test('starts', () => start());`, `import { start } from './server';`),
    },
    finds: ['server.ts:2'],
  },
  {
    what: 'a program is told where its database listens',
    rule: 'fixed-port',
    files: {
      'server.ts': `import { spawn } from 'node:child_process';\nexport const start = (): unknown => spawn('npm', ['run', 'dev'], { env: { ...process.env, DB_PORT: '5432' } });`,
      'a.test.ts': spec(`test('starts', () => start());`, `import { start } from './server';`),
      'b.test.ts': spec(`test('starts', () => start());`, `import { start } from './server';`),
    },
    finds: [],
  },
  {
    what: 'a checked-in file is edited while another file works in its folder',
    rule: 'shared-path',
    files: {
      'tool.test-utils.ts': `export const run = (options: { cwd: string }): string => options.cwd;`,
      'a.test.ts': spec(
        `const cwd = join(import.meta.dirname, 'fixtures/shop');\ntest('repairs', () => {\n  run({ cwd });\n  writeFileSync(join(cwd, 'package.json'), '{}');\n});`,
        `import { writeFileSync } from 'node:fs'; import { join } from 'node:path'; import { run } from './tool.test-utils';`,
      ),
      'b.test.ts': spec(
        `const cwd = join(import.meta.dirname, 'fixtures/shop');\ntest('reads', () => { run({ cwd }); });`,
        `import { join } from 'node:path'; import { run } from './tool.test-utils';`,
      ),
    },
    finds: ['a.test.ts:6'],
  },
  ...['{ root }', 'Object.assign({ root }, COMMON)'].map((options) => ({
    what: `a file of a folder in which one test file works, ${options}, beside one that works in the folder above`,
    rule: 'shared-path',
    files: {
      'tool.test-utils.ts': `export const COMMON = { auth: false };\nexport const serve = (options: { root: string }): string => options.root;`,
      'a.test.ts': spec(
        `const root = join(import.meta.dirname, 'test/fixtures/shop');\ntest('answers', () => {\n  serve(${options});\n  unlinkSync(join(root, 'orders.csv'));\n});`,
        `import { unlinkSync } from 'node:fs'; import { join } from 'node:path'; import { COMMON, serve } from './tool.test-utils';`,
      ),
      'b.test.ts': spec(
        `test('serves all', () => { serve({ root: join(import.meta.dirname, 'test/fixtures') }); });`,
        `import { join } from 'node:path'; import { serve } from './tool.test-utils';`,
      ),
    },
  })),
  {
    what: 'a project that two files build in its default output folder',
    rule: 'shared-path',
    files: {
      'load.test-utils.ts': `export async function loadFixture(options: { root: string; outDir?: string }) { return import(options.root); }`,
      'a.test.ts': spec(
        `test('builds', async () => {\n  const site = await loadFixture({ root: './fixtures/blog/' });\n  await site.build();\n});`,
        `import { loadFixture } from './load.test-utils';`,
      ),
      'b.test.ts': spec(
        `test('builds', async () => {\n  const site = await loadFixture({ root: './fixtures/blog/' });\n  await site.build();\n});`,
        `import { loadFixture } from './load.test-utils';`,
      ),
    },
    finds: ['a.test.ts:4'],
  },
  {
    what: 'builds with an output folder of their own',
    rule: 'shared-path',
    files: {
      'load.test-utils.ts': `export async function loadFixture(options: { root: string; outDir?: string }) { return import(options.root); }`,
      'a.test.ts': spec(
        `test('builds', async () => {\n  const site = await loadFixture({ root: './fixtures/blog/', outDir: './dist/a' });\n  await site.build();\n});`,
        `import { loadFixture } from './load.test-utils';`,
      ),
      'b.test.ts': spec(
        `test('builds', async () => {\n  const site = await loadFixture({ root: './fixtures/blog/', outDir: './dist/b' });\n  await site.build();\n});`,
        `import { loadFixture } from './load.test-utils';`,
      ),
    },
    finds: [],
  },
  {
    what: 'commands that files run in a container which they do not start',
    rule: 'shared-container',
    files: {
      'topics.ts': `import { execFileSync } from 'node:child_process';\nexport const topic = (name: string): unknown => execFileSync('docker-compose', ['exec', '-T', 'broker', 'topics', '--create', name]);`,
      'a.test.ts': spec(`test('a', () => { topic('orders'); });`, `import { topic } from './topics';`),
      'b.test.ts': spec(`test('b', () => { topic('invoices'); });`, `import { topic } from './topics';`),
    },
    finds: [],
  },
  {
    what: 'a container is started under one name',
    rule: 'shared-container',
    files: {
      'container.ts': `import { spawnSync } from 'node:child_process';\nconst NAME = 'jukebox';\nexport const start = (): unknown => spawnSync('docker', ['run', '-d', '--name', NAME, 'redis']);`,
      'a.test.ts': spec(`test('starts', () => start());`, `import { start } from './container';`),
      'b.test.ts': spec(`test('starts', () => start());`, `import { start } from './container';`),
    },
    finds: ['container.ts:2'],
  },
  {
    what: 'a container of each worker',
    rule: 'shared-container',
    files: {
      'container.ts': `import { spawnSync } from 'node:child_process';\nconst NAME = \`jukebox-\${process.env.VITEST_POOL_ID}\`;\nexport const start = (): unknown => spawnSync('docker', ['run', '-d', '--name', NAME, 'redis']);`,
      'a.test.ts': spec(`test('starts', () => start());`, `import { start } from './container';`),
      'b.test.ts': spec(`test('starts', () => start());`, `import { start } from './container';`),
    },
    finds: [],
  },
  {
    what: 'PostgreSQL cuts the worker id off',
    rule: 'frozen-worker-name',
    files: {
      'a.test.ts': spec(
        `const pool = new Pool({ database: \`integration_tests_of_the_wholesale_catalogue_and_its_price_lists_\${process.env.VITEST_POOL_ID}\` });\ntest('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`,
        `import { Pool } from 'pg';`,
      ),
    },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'a prefix that the client ignores',
    rule: 'frozen-worker-name',
    files: {
      'a.test.ts': spec(
        `const redis = createClient({ keyPrefix: \`w\${process.env.VITEST_POOL_ID}:\` });\ntest('sets', () => redis.set('a', '1'));`,
        `import { createClient } from 'redis';`,
      ),
    },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'a name with the id of the worker early enough',
    rule: 'frozen-worker-name',
    files: {
      'a.test.ts': spec(
        `const pool = new Pool({ database: \`app_\${process.env.VITEST_POOL_ID}\` });\ntest('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`,
        `import { Pool } from 'pg';`,
      ),
    },
    finds: [],
  },
  {
    what: 'the address that Playwright gives to every test is that of a server that a fixture starts',
    rule: 'fixed-port',
    given: { runner: 'playwright' },
    files: Object.fromEntries([
      [
        'test.ts',
        `import { test as base } from '@playwright/test'; import { createServer } from 'node:http';
         export const test = base.extend({
           server: [async ({}, use) => { const server = createServer().listen(3100); await use(server); server.close(); }, { scope: 'worker' }],
           baseURL: async ({ server }, use) => { await use('http://localhost:3100'); },
         });`,
      ],
      ...['a', 'b'].map((name) => [`${name}.test.ts`, `import { test } from './test';\ntest('${name}', ({ request }) => request.get('/'));`]),
    ]) as Files,
    finds: ['test.ts:3'],
  },
];

/** A helper of an older style: at its top `this` is what the module exports. */
test('a port that a helper binds at `this`', () => {
  const uses = `require('./server'); it('answers', () => {});`;
  const helper = `const http = require('node:http');\nmodule.exports.server = http.createServer();\nthis.server.listen(8123);`;
  expect(places('fixed-port', { 'server.js': helper, 'a.test.js': uses, 'b.test.js': uses }, { runner: 'mocha' })).toEqual(['server.js:3']);
});

describe('wipes, ports, paths and containers', () => {
  test.each(cases)('$rule: $what', ({ rule, files, given, finds = [] }) => {
    expect(places(rule, files, given)).toEqual(finds);
  });

  describe('a path that one test file alone writes', () => {
    const told = (...paths: readonly string[]): unknown =>
      audit({
        'a.test.ts': spec(
          `test('a', () => { ${paths.map((path) => `writeFileSync(${path}, 'a');`).join(' ')} });`,
          `import { writeFileSync } from 'node:fs';\nimport { homedir, tmpdir } from 'node:os';\nimport { join } from 'node:path';`,
        ),
        'b.test.ts': spec(`test('b', () => {});`),
      })
        .findings.filter((each) => each.rule === 'shared-path')
        .map(({ confidence, axis, variant }) => [confidence, axis, variant]);

    test('meets another run on the machine outside the project', () => {
      expect(told(`join(tmpdir(), 'orders.csv')`)).toEqual([['likely', ['R'], 'alone']]);
      expect(told(`'/tmp/orders.csv'`)).toEqual([['likely', ['R'], 'alone']]);
      expect(told(`join(homedir(), '.orders', 'config.json')`)).toEqual([['likely', ['R'], 'alone']]);
    });

    test('is removed for what the product puts there', () => {
      const removed = (path: string): unknown =>
        audit({
          'a.test.ts': spec(
            `const dir = ${path};\nbeforeEach(() => rm(dir, { recursive: true, force: true }));\ntest('a', async () => { await open(dir); });`,
            `import { rm } from 'node:fs/promises';\nimport { tmpdir } from 'node:os';\nimport { join } from 'node:path';\nimport { open } from 'orders-store';`,
          ),
          'b.test.ts': spec(`test('b', () => {});`),
        })
          .findings.filter((each) => each.rule === 'shared-path')
          .map(({ confidence, axis, variant }) => [confidence, axis, variant]);
      expect(removed(`'/tmp/orders-store'`)).toEqual([['likely', ['R'], 'alone']]);
      expect(removed(`join(tmpdir(), 'orders-store')`)).toEqual([['likely', ['R'], 'alone']]);
      expect(removed(`join(process.cwd(), 'orders-store')`)).toEqual([]);
      expect(removed(`join(tmpdir(), 'orders-store-' + process.pid)`)).toEqual([]);
    });

    test('inside the project is possible, and of its own name nothing', () => {
      expect(told(`join(process.cwd(), 'orders.csv')`)).toEqual([['possible', ['A', 'W', 'R'], undefined]]);
      expect(told(`join(tmpdir(), 'orders-' + process.pid + '.csv')`)).toEqual([]);
    });
  });

  test('what one file alone puts outside the project is one finding', () => {
    const told = audit({
      'a.test.ts': spec(
        `const dir = join(tmpdir(), 'shop');\ntest('a', () => { writeFileSync(join(dir, 'orders.csv'), 'a'); });\ntest('b', () => { writeFileSync(join(dir, 'bills.csv'), 'a'); });`,
        `import { writeFileSync } from 'node:fs';\nimport { tmpdir } from 'node:os';\nimport { join } from 'node:path';`,
      ),
      'b.test.ts': spec(`test('b', () => {});`),
    });
    const findings = told.findings.filter((each) => each.rule === 'shared-path');
    expect(findings.map(({ values }) => values['path'])).toEqual(['`<tmp>/shop/bills.csv`, one of 2 such paths,']);
    expect(findings[0]!.places.map((each) => told.line(each))).toContain('a.test.ts:6');
  });

  test('several names that one place decides are one finding', () => {
    const told = audit({
      'a.test.ts': spec(
        `const save = (port: number): void => writeFileSync(join(tmpdir(), \`orders-\${port}.csv\`), 'a');\ntest('a', () => { save(1); save(2); save(3); });`,
        `import { writeFileSync } from 'node:fs';\nimport { tmpdir } from 'node:os';\nimport { join } from 'node:path';`,
      ),
      'b.test.ts': spec(`test('b', () => {});`),
    }).findings.filter((each) => each.rule === 'shared-path');
    expect(told.map(({ values }) => values['path'])).toEqual(['`<tmp>/orders-1.csv`, one of 3 that one place decides,']);
  });

  test('each place that names a path is told: all of them have to change', () => {
    const told = audit({
      'src/control.ts': `import { writeFileSync } from 'node:fs';
export const control = (options: Options): void => writeFileSync(planned(options), '[]');`,
      'test/support/prepare.ts': `import { control } from '../../src/control';
export const plan = (): void => control({ migrationsDir: '/tmp/orders-migrations' });
export const init = (): void => control({ migrationsDir: '/tmp/orders-migrations', apply: true });
export const prepare = (): void => { plan(); init(); };`,
      'a.test.ts': spec(`test('adds', () => prepare());`, `import { prepare } from './test/support/prepare';`),
      'b.test.ts': spec(`test('removes', () => prepare());`, `import { prepare } from './test/support/prepare';`),
    });
    const places = told.findings.find((each) => each.rule === 'shared-path')?.places ?? [];
    expect(places.slice(0, 2).map((place) => [told.line(place), place.note])).toEqual([
      ['test/support/prepare.ts:2', 'the path is decided here'],
      ['test/support/prepare.ts:3', 'and here'],
    ]);
  });

  const alone = (files: Files): unknown =>
    audit(files)
      .findings.filter((each) => each.rule === 'fixed-port')
      .map(({ confidence, axis, variant }) => [confidence, axis, variant]);
  const bound = (port: string): string =>
    spec(
      `const server = createServer();\nbeforeAll(() => server.listen(${port}));\nafterAll(() => server.close());\ntest('a', () => {});`,
      `import { createServer } from 'node:http';\nimport { afterAll, beforeAll } from 'vitest';`,
    );

  test('a number that one test file chooses meets another run on the machine', () => {
    expect(alone({ 'a.test.ts': bound('4310') })).toEqual([['likely', ['R'], 'alone']]);
  });

  test('a number that one test binds twice is bound by one test', () => {
    const twice = (first: string, second: string): string =>
      spec(
        `const free = (port: number) => new Promise((done) => { const probe = createServer(); probe.listen(port, () => probe.close(done)); });\n${first} await free(4310); ${second} const server = createServer(); server.unref(); server.listen(4310); });`,
        `import { createServer } from 'node:net';`,
      );
    expect(alone({ 'a.test.ts': twice(`test('a', async () => {`, '') })).toEqual([['likely', ['R'], 'alone']]);
    expect(alone({ 'a.test.ts': twice(`test('a', async () => {`, `}); test('b', () => {`) })).toEqual([['likely', ['W'], 'again']]);
  });

  test('a number that the product chooses, or that is no port, is possible', () => {
    const product = { 'src/server.ts': `import { createServer } from 'node:http';\nexport const serve = () => createServer().listen(4001);` };
    expect(alone({ ...product, 'a.test.ts': spec(`import { serve } from './src/server';\ntest('a', () => { serve(); });`) })).toEqual([
      ['possible', ['A', 'W'], undefined],
    ]);
    expect(alone({ 'a.test.ts': bound('65536') })).toEqual([['possible', ['A', 'W'], undefined]]);
  });

  test('a port of the machine’s choice that the environment gives is one, whatever the source falls back on', () => {
    const files: Files = {
      'src/server.ts': `import { createServer } from 'node:http';\nexport const serve = (port = Number(process.env.PORT ?? 3000)): unknown => createServer().listen(port);`,
      'a.test.ts': spec(`test('starts', () => serve());`, `import { serve } from './src/server';`),
      'b.test.ts': spec(`test('starts', () => serve());`, `import { serve } from './src/server';`),
    };
    expect(places('fixed-port', files, { environment: { PORT: '3061' } })).toEqual(['.env:1']);
    expect(places('fixed-port', files, { environment: { PORT: '0' } })).toEqual([]);
  });

  test('a program binds the port that it is given, and not its default', () => {
    const files = (port: number): Files => ({
      'src/server.js': `import { createServer } from 'node:http';\ncreateServer().listen(Number(process.env.PORT ?? 3000));`,
      'start.ts': `import { spawn } from 'node:child_process';\nexport const start = (): unknown => spawn('node', ['src/server.js'], { env: { ...process.env, PORT: '${port}' } });`,
      'a.test.ts': spec(`test('starts', () => start());`, `import { start } from './start';`),
      'b.test.ts': spec(`test('starts', () => start());`, `import { start } from './start';`),
    });
    expect(places('fixed-port', files(0))).toEqual([]);
    expect(places('fixed-port', files(3000))).toEqual(['start.ts:2']);
  });

  test('a setting of the whole server is no wipe, and is told where others work on the server', () => {
    const files = (statement: string): Files =>
      Object.fromEntries(
        [statement, 'INSERT INTO orders VALUES (1)'].map((each, index) => [
          `${'ab'[index]!}.test.ts`,
          spec(
            `const pool = createPool({ database: 'shop' });\ntest('runs', async () => { await pool.query('${each}'); });`,
            `import { createPool } from 'mysql2/promise';`,
          ),
        ]),
      );
    const found = audit(files('SET GLOBAL max_connections = 5')).findings.filter((each) => each.rule === 'unscoped-wipe');
    expect(found.map((each) => [each.variant, each.values['scope']])).toEqual([['settings', 'Everything on the server of']]);
  });

  test('the helper that several files start a server with is among the places of its port', () => {
    const told = audit({
      'src/server.ts': `import { createServer } from 'node:http';\nexport const serve = (): unknown => createServer().listen(4001);`,
      'test/helper.ts': `import { serve } from '../src/server';\nexport const start = (): unknown => serve();`,
      'a.test.ts': spec(`test('starts', () => start());`, `import { start } from './test/helper';`),
      'b.test.ts': spec(`test('starts', () => start());`, `import { start } from './test/helper';`),
    });
    const found = told.findings.find((each) => each.rule === 'fixed-port');
    expect(found?.places.map((place) => told.line(place))).toContain('test/helper.ts:2');
  });
});
