import { describe, expect, test } from 'vitest';
import { manifest, planned, reasons, VITEST, type Files } from './planned.js';

const app = (options: string): string => `import pg from 'pg';\nexport const pool = new pg.Pool(${options});\n`;
const rows = (table: string): string =>
  `import { beforeEach, expect, test } from 'vitest';\nimport { pool } from '../src/db.js';\n\nbeforeEach(() => pool.query('DELETE FROM ${table}'));\ntest('is empty', async () => {\n  expect((await pool.query('SELECT * FROM ${table}')).rows).toEqual([]);\n});\n`;
const TESTS = { 'test/orders.test.js': rows('orders'), 'test/bills.test.js': rows('orders') };

const spec = (name: string): string =>
  `const { test } = require('@playwright/test');\nconst { start } = require('./start.js');\n\nlet server;\ntest.beforeAll(() => {\n  server = start();\n});\ntest.afterAll(() => server.close());\ntest('${name}', async ({ request }) => {\n  await request.get('http://localhost');\n});\n`;

describe('a variable that the product reads', () => {
  const FILES = { ...VITEST, ...TESTS, 'src/db.js': app('{ connectionString: process.env.DATABASE_URL }') };

  test('that a script sets is pointed by one line', async () => {
    const { after, repaired, left } = await planned({
      ...FILES,
      'package.json': { ...VITEST['package.json'], scripts: { test: 'DATABASE_URL=postgres://localhost/shop_test vitest run' } },
      'vitest.config.js': "import { defineConfig } from 'vitest/config';\n\nexport default defineConfig({\n  test: {\n    globals: false,\n  },\n});\n",
    });
    expect(left).toEqual([]);
    expect(after).toEqual({
      'vitest.config.js':
        "import { defineConfig } from 'vitest/config';\n\nexport default defineConfig({\n  test: {\n    setupFiles: ['isolation-audit/setup/vitest'],\n    globals: false,\n  },\n});\n",
    });
    expect(repaired.map(({ plan }) => plan?.strategy)).toEqual(['own-database']);
  });

  test('is pointed after the file that sets it', async () => {
    const { after } = await planned({
      ...FILES,
      '.env.test': 'DATABASE_URL=postgres://localhost/shop_test\n',
      'test/env.js': "import 'dotenv/config';\n",
      'test/clean.js': 'export {};\n',
      'vitest.config.js': "export default { test: { setupFiles: ['./test/env.js', './test/clean.js'] } };\n",
    });
    expect(after['vitest.config.js']).toBe("export default { test: { setupFiles: ['./test/env.js', 'isolation-audit/setup/vitest', './test/clean.js'] } };\n");
  });

  test('that only a file names is loaded first, and a default of the product is written down', async () => {
    const file = await planned({ ...FILES, '.env.test': 'DATABASE_URL=postgres://localhost/shop_test\n' });
    expect(file.after['test/isolation.setup.mjs']).toContain("process.loadEnvFile('.env.test');\nawait import('isolation-audit/setup/vitest');\n");
    expect(file.after['vitest.config.mjs']).toContain("setupFiles: ['./test/isolation.setup.mjs']");
    const code = await planned({ ...FILES, 'src/db.js': app("{ connectionString: process.env.LEDGER_URL ?? 'postgres://localhost/ledger' }") });
    expect(code.left).toEqual([]);
    expect(code.after['test/isolation.setup.mjs']).toContain("process.env.LEDGER_URL ??= 'postgres://localhost/ledger';");
    expect(code.after['test/isolation.setup.mjs']).toContain("pointEnvironment({ variables: ['LEDGER_URL'] });");
  });

  test('under each runner that has a line', async () => {
    const common = (globals: string): Files => ({
      'src/db.js': "const { Pool } = require('pg');\nexports.pool = new Pool({ connectionString: process.env.DATABASE_URL });\n",
      ...Object.fromEntries(
        ['orders', 'bills'].map((name) => [
          `test/${name}.test.js`,
          `${globals}const { pool } = require('../src/db');\n\nbeforeEach(() => pool.query('DELETE FROM orders'));\n${globals.includes('it') ? 'it' : 'test'}('is empty', () => pool.query('SELECT 1'));\n`,
        ]),
      ),
    });
    const url = 'DATABASE_URL=postgres://localhost/shop_test';
    const jest = await planned({ 'package.json': manifest('jest', `${url} jest`, { jest: { testTimeout: 9000 } }), ...common('') });
    expect(JSON.parse(jest.after['package.json']!)).toMatchObject({ jest: { setupFiles: ['isolation-audit/setup/jest'], testTimeout: 9000 } });
    const mocha = await planned({
      'package.json': manifest('mocha', `${url} mocha --parallel`),
      '.mocharc.yml': 'timeout: 9000\nrequire:\n  - ./test/env.js\n',
      'test/env.js': '',
      ...common('const { it } = require("mocha");\n'),
    });
    expect(mocha.after['.mocharc.yml']).toBe('timeout: 9000\nrequire:\n  - isolation-audit/setup/mocha\n  - ./test/env.js\n');
    const node = await planned({
      'package.json': manifest('nothing', `${url} node --test test/*.test.js`),
      ...common("const { test, beforeEach } = require('node:test');\n"),
    });
    expect(JSON.parse(node.after['package.json']!)).toMatchObject({
      scripts: { test: `${url} node --require isolation-audit/setup/node-test --test test/*.test.js` },
    });
  });
});

describe('a database that the code does not name', () => {
  const files = { ...VITEST, ...TESTS, 'src/db.js': app('') };

  test('is the one of the variable that clients read by themselves', async () => {
    const { after, left } = await planned(files);
    expect(left).toEqual([]);
    expect(after['test/isolation.setup.mjs']).toContain(
      "process.env.PGDATABASE ??= process.env.PGUSER ?? process.env.USER ?? process.env.USERNAME ?? 'postgres';",
    );
  });

  test('is the one that the tests fall back to where they read that variable too', async () => {
    const own = `import { pool } from './own.js';\nimport '../src/db.js';\n${rows('orders')
      .split('\n')
      .filter((line) => !line.includes('db.js'))
      .join('\n')}`;
    const { after, left } = await planned({
      ...files,
      'test/own.js': app("{ database: process.env['PGDATABASE'] || 'shop_test' }"),
      'test/clerks.test.js': own,
      'test/desks.test.js': own,
    });
    expect(left).toEqual([]);
    expect(Object.keys(after).sort()).toEqual(['test/isolation.setup.mjs', 'vitest.config.mjs']);
    expect(after['test/isolation.setup.mjs']).toContain("process.env.PGDATABASE ??= 'shop_test';\nawait import('isolation-audit/setup/vitest');\n");
  });
});

test('set-up does not lie where the runner looks for tests', async () => {
  for (const [runner, script, folder, globals] of [
    ['jest', 'jest', '__tests__', ''],
    ['nothing', 'node --test', 'test', "const { test, beforeEach } = require('node:test');\n"],
  ] as const) {
    const { after } = await planned({
      'package.json': manifest(runner, script),
      'src/db.js': "const { Pool } = require('pg');\nexports.pool = new Pool({ connectionString: process.env.LEDGER_URL ?? 'postgres://localhost/ledger' });\n",
      ...Object.fromEntries(
        ['orders', 'bills'].map((name) => [
          `${folder}/${name}.test.js`,
          `${globals}const { pool } = require('../src/db');\n\nbeforeEach(() => pool.query('DELETE FROM orders'));\ntest('is empty', () => pool.query('SELECT 1'));\n`,
        ]),
      ),
    });
    expect(Object.keys(after)).toContain('isolation.setup.cjs');
  }
});

describe('a variable that only a workflow sets', () => {
  const files = (runner: Files, more: Files = {}): Files => ({
    ...runner,
    ...TESTS,
    'src/db.js': app('{ connectionString: process.env.LEDGER_URL }'),
    '.github/workflows/test.yml':
      'jobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n        env:\n          LEDGER_URL: postgres://localhost/ledger\n',
    ...more,
  });

  test('is pointed where it is set, and the tests run without it', async () => {
    const { after, left } = await planned(files(VITEST, { 'vitest.config.js': 'export default {\n  test: { name: "shop" },\n};\n' }));
    expect(left).toEqual([]);
    expect(after['vitest.config.js']).toContain('test: { setupFiles: ["./test/isolation.setup.mjs"], name: "shop" },');
    expect(after['test/isolation.setup.mjs']).toContain(
      "if (process.env.LEDGER_URL) {\n  const { pointEnvironment } = await import('isolation-audit/worker');\n  pointEnvironment({ variables: ['LEDGER_URL'] });\n}\n",
    );
  });

  test('not with a configuration that may not be read', async () => {
    const inPackage = Object.fromEntries(
      Object.entries(files(VITEST)).map(([path, text]) => [path.startsWith('.github') ? path : `packages/shop/${path}`, text]),
    );
    const { scripts: _, ...bare } = VITEST['package.json'] as unknown as { readonly scripts: object };
    const fixed = await planned({
      ...inPackage,
      'package.json': { name: 'acme', private: true, workspaces: ['packages/*'] },
      'packages/shop/package.json': bare,
    });
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toEqual(['no command of `packages/shop` starts Vitest, so a configuration of its own may not be read']);
  });
});

test('options of a connection that are changed after they have been read', async () => {
  const db = (more: string): string => `const { Pool } = require('pg');\nconst config = require('./config.json');\n${more}exports.pool = new Pool(config);\n`;
  const files = (more: string): Files => ({
    'package.json': manifest('mocha', 'mocha --parallel'),
    'test/config.json': '{ "host": "localhost", "port": 5432, "database": "shop_test" }\n',
    'test/db.js': db(more),
    ...Object.fromEntries(
      ['orders', 'bills'].map((name) => [
        `test/${name}.test.js`,
        "const { pool } = require('./db');\nbeforeEach(() => pool.query('DELETE FROM orders'));\nit('is empty', () => pool.query('SELECT 1'));\n",
      ]),
    ),
  });
  expect((await planned(files(''))).after['test/db.js']).toContain("workerConnection('postgres', require('./config.json'))");
  const fixed = await planned(files('if (process.env.CI) config.port = 5433;\n'));
  expect(fixed.files).toEqual([]);
  expect(reasons(fixed)).toContain('`test/db.js` changes the options of `test/config.json` after it has read them');
});

describe('a name in the code of the tests', () => {
  const tests = (db: string): Files => ({
    ...VITEST,
    'test/db.js': db,
    'test/orders.test.js': rows('orders').replace('../src/db.js', './db.js'),
    'test/bills.test.js': rows('orders').replace('../src/db.js', './db.js'),
  });

  test('a connection string, with its default, and options', async () => {
    const url = await planned(
      tests(app("process.env.TEST_URL ?? 'postgres://localhost/shop_test'").replace('Pool(', 'Pool({ connectionString: ').replace(');', ' });')),
    );
    expect(url.after['test/db.js']).toBe(
      "import pg from 'pg';\nimport { workerDatabase } from 'isolation-audit/worker';\nexport const pool = new pg.Pool({ connectionString: workerDatabase(process.env.TEST_URL ?? 'postgres://localhost/shop_test') });\n",
    );
    const options = await planned(tests(app("{ host: 'localhost', database: 'shop_test' }")));
    expect(options.after['test/db.js']).toContain("new pg.Pool(workerConnection('postgres', { host: 'localhost', database: 'shop_test' }))");
  });

  test('that a statement names once more stays', async () => {
    const fixed = await planned(tests(`${app("{ host: 'localhost', database: 'shop_test' }")}export const drop = 'DROP DATABASE shop_test';\n`));
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContain('`test/db.js` names `shop_test` once more, where it would stay as it is');
  });

  test.each(["'postgres://app@localhost:5432'", "{ connectionString: 'postgres://app@localhost:5432/' }"])(
    '%s, which names no database, stays',
    async (options) => {
      const fixed = await planned(tests(app(options)));
      expect(fixed.files).toEqual([]);
      expect(reasons(fixed)).toEqual(["`test/db.js` names no database, so which one a worker's own is made from is not known: write its name there"]);
    },
  );

  test('that global setup reads too is changed where the client is opened', async () => {
    const files = {
      ...tests("import pg from 'pg';\nimport { URL_OF } from './url.js';\nexport const pool = new pg.Pool({ connectionString: URL_OF });\n"),
      'test/url.js': "export const URL_OF = 'postgres://localhost/shop_test';\n",
      'test/global.js':
        "import pg from 'pg';\nimport { URL_OF } from './url.js';\nexport default () => new pg.Client({ connectionString: URL_OF }).connect();\n",
      'vitest.config.js': "export default { test: { globalSetup: './test/global.js' } };\n",
    };
    const { after } = await planned(files);
    expect(Object.keys(after)).toEqual(['test/db.js']);
    expect(after['test/db.js']).toContain('connectionString: workerDatabase(URL_OF)');
  });
});

test('options that the product has too stay', async () => {
  const file = (home: string): string => `import pg from 'pg';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { settings } from '../${home}';

const pool = new pg.Pool({ ...settings, database: settings.name ?? 'shop_test' });
afterAll(() => pool.end());
beforeEach(() => pool.query('DELETE FROM orders'));
test('is empty', async () => expect((await pool.query('SELECT * FROM orders')).rows).toEqual([]));
`;
  const files = (home: string): Files => ({
    ...VITEST,
    [home]: "import { env } from 'the-env';\nexport const settings = { name: env('SHOP_DATABASE'), host: 'localhost' };\n",
    'test/orders.test.js': file(home),
    'test/bills.test.js': file(home),
  });
  expect((await planned(files('test/settings.js'))).after['test/orders.test.js']).toContain("workerConnection('postgres', { ...settings");
  const fixed = await planned(files('src/settings.js'));
  expect(fixed.files).toEqual([]);
  expect(reasons(fixed)).toContain('`test/bills.test.js` takes it from `src/settings.js`, which the product uses too');
});

test('a connection string whose name the tests use once more stays', async () => {
  const file = (more: string): string => `import { MongoClient } from 'mongodb';
import { afterAll, beforeEach, expect, test } from 'vitest';

const PORT = process.env.MONGO_PORT || 27017;
const NAME = process.env.SHOP_DB || 'shop_test';
const client = new MongoClient(\`mongodb://localhost:\${PORT}/\${NAME}\`);
beforeEach(() => client.db().collection('orders').deleteMany({}));
afterAll(() => client.close());
test('is told', async () => {
  await client.db().collection('orders').insertOne({});
  expect(globalThis.told.pop()).toBe(${more});
});
`;
  const files = (more: string): Files => ({ ...VITEST, 'orders.test.js': file(more), 'bills.test.js': file(more) });
  expect((await planned(files("'orders'"))).after['orders.test.js']).toContain('workerDatabase(`mongodb://localhost:${PORT}/${NAME}`)');
  const fixed = await planned(files('NAME'));
  expect(fixed.files).toEqual([]);
  expect(reasons(fixed)).toContain('`bills.test.js` uses `NAME` once more, where it would stay as it is');
});

test.each(['MongoClient.connect(', 'new MongoClient('])('a connection string of MongoDB is one whatever stands in for it: %s', async (open) => {
  const file = `import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';

let client;
beforeAll(async () => {
  client = await ${open}process.env.SHOP_MONGO || 'shop');
});
afterAll(async () => {
  await client.db().collection('orders').deleteMany({});
  await client.close();
});
test('is kept', async () => {
  await client.db().collection('orders').insertOne({});
  expect(await client.db().collection('orders').countDocuments()).toBe(1);
});
`;
  const { after, left } = await planned({ ...VITEST, 'orders.test.js': file, 'bills.test.js': file });
  expect(left).toEqual([]);
  expect(after['orders.test.js']).toContain(`${open}workerDatabase(process.env.SHOP_MONGO || 'shop'))`);
});

test('a client of the product is none where the tests replace its module', async () => {
  const file = (mock: string): string => `import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { list } from '../src/orders.js';
${mock}
let client;
beforeAll(async () => {
  client = await MongoClient.connect('mongodb://localhost/shop_test');
});
afterAll(async () => {
  await client.db().collection('orders').deleteMany({});
  await client.close();
});
test('is listed', async () => {
  await client.db().collection('orders').insertOne({});
  expect(await list()).toEqual([]);
});
`;
  const files = (mock: string): Files => ({
    ...VITEST,
    'src/orders.js': "import { open } from './connection.js';\nexport const list = async () => (await open()).find().toArray();\n",
    'src/connection.js':
      "import { MongoClient } from 'mongodb';\nexport const open = async () => (await MongoClient.connect(globalThis.place)).db().collection('orders');\n",
    'test/orders.test.js': file(mock),
    'test/bills.test.js': file(mock),
  });
  const { after } = await planned(files("vi.mock('../src/connection.js', () => ({ open: () => client.db().collection('orders') }));"));
  expect(after['test/orders.test.js']).toContain("MongoClient.connect(workerDatabase('mongodb://localhost/shop_test'))");
  for (const mock of ['', "vi.mock('../src/connection.js', async (real) => ({ ...(await real()), close: () => {} }));"]) {
    const fixed = await planned(files(mock));
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContain('`src/connection.js` connects too, and where to is not seen');
  }
});

describe('Redis', () => {
  const flush = (open: string, more = ''): string =>
    `import Redis from 'ioredis';\nimport { afterAll, beforeEach, test } from 'vitest';\n${more}\nconst redis = new Redis${open};\nbeforeEach(() => redis.flushall());\nafterAll(() => redis.quit());\ntest('counts', () => redis.incr('orders'));\n`;

  test('a client gets a logical database, and empties no more than that', async () => {
    const { after } = await planned({ ...VITEST, 'orders.test.js': flush('()'), 'bills.test.js': flush("({ host: 'localhost' })") });
    expect(after['orders.test.js']).toContain("new Redis(workerDatabase('redis://localhost:6379'))");
    expect(after['bills.test.js']).toContain("new Redis(workerConnection('redis', { host: 'localhost' }))");
    expect(after['bills.test.js']).toContain('redis.flushdb()');
  });

  test('in the quotes of the file', async () => {
    const doubled = (open: string): string => flush(open).replaceAll("'", '"');
    const { after } = await planned({ ...VITEST, 'orders.test.js': doubled('()'), 'bills.test.js': doubled('({ host: "localhost" })') });
    expect(after['orders.test.js']).toContain('new Redis(workerDatabase("redis://localhost:6379"))');
    expect(after['bills.test.js']).toContain('new Redis(workerConnection("redis", { host: "localhost" }))');
  });

  test('options that have a name are changed where they are written', async () => {
    const named = flush('(options)', "import { options } from './options.js';");
    const { after, left } = await planned({
      ...VITEST,
      'test/options.js': "export const options = { socket: { host: '127.0.0.1', port: 6379 } };\n",
      'test/orders.test.js': named.replace('new Redis', 'createClient').replace("import Redis from 'ioredis'", "import { createClient } from 'redis'"),
      'test/bills.test.js': flush("(6379, '127.0.0.1', { lazyConnect: true })"),
    });
    expect(left).toEqual([]);
    expect(after['test/options.js']).toBe(
      "import { workerConnection } from 'isolation-audit/worker';\n\nexport const options = workerConnection('redis', { socket: { host: '127.0.0.1', port: 6379 } });\n",
    );
    expect(after['test/orders.test.js']).toContain('createClient(options)');
    expect(after['test/bills.test.js']).toContain("new Redis(workerDatabase('redis://127.0.0.1:6379'), { lazyConnect: true })");
  });

  test('not where options of a client are computed, or the library cannot log in', async () => {
    for (const open of ['(options())', "(6379, 'localhost', { password: 'x' })"]) {
      const fixed = await planned({ ...VITEST, 'orders.test.js': flush(open, 'const options = () => globalThis.redis;'), 'bills.test.js': flush('()') });
      expect(fixed.files, open).toEqual([]);
    }
  });

  test('a connection string that names no database is wrapped, written there or behind a name', async () => {
    const { after } = await planned({
      ...VITEST,
      'test/where.js': "export const url = 'redis://localhost:6379';\n",
      'test/orders.test.js': flush("('redis://localhost:6379', { lazyConnect: true })"),
      'test/bills.test.js': flush('(url)', "import { url } from './where.js';"),
    });
    expect(after['test/orders.test.js']).toContain("new Redis(workerDatabase('redis://localhost:6379'), { lazyConnect: true })");
    expect(after['test/where.js']).toContain("export const url = workerDatabase('redis://localhost:6379');");
    expect(after['test/bills.test.js']).toContain('new Redis(url)');
  });

  test('not where the tests go on with what only a part of them would see', async () => {
    const checks = (more: string): string => `${flush('({ url: where.url })', "import { where } from './where.js';")}test('is told', () => ${more});\n`;
    const files = (more: string): Files => ({
      ...VITEST,
      'test/where.js': "export const where = { url: 'redis://localhost:6379' };\n",
      'test/orders.test.js': checks(more),
      'test/bills.test.js': checks(more),
    });
    expect(Object.keys((await planned(files("expect(redis.options.host).toBe('localhost')"))).after)).toContain('test/orders.test.js');
    const fixed = await planned(files('expect(redis.told).toBe(where.url)'));
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContain('`test/bills.test.js` uses `where.url` once more, where it would stay as it is');
  });

  test('not where an application that runs by itself is asked', async () => {
    const asks = (url: string, first = ''): Files => {
      const file = `import { afterAll, beforeEach, expect, test } from 'vitest';
import { ORDERS, redis } from './where.js';
${first}
beforeEach(() => redis.flushdb());
afterAll(() => redis.quit());
test('is listed', async () => {
  await redis.set('order', '1');
  expect(await (await fetch(ORDERS)).json()).toEqual(['1']);
});
`;
      const where = `import Redis from 'ioredis';\n\nexport const ORDERS = '${url}';\nexport const redis = new Redis('redis://localhost:6379');\n`;
      return { ...VITEST, 'test/where.js': where, 'test/orders.test.js': file, 'test/bills.test.js': file };
    };
    const fixed = await planned(asks('http://localhost:8080/orders'));
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContain(
      '`test/where.js` sends requests to port 8080, which no worker binds: an application that runs by itself would go on with the shared one',
    );
    expect((await planned(asks('http://orders.example/orders'))).files.map(({ path }) => path)).toEqual(['test/where.js']);
    const started = await planned(asks('http://localhost:8080/orders', "import { createServer } from 'node:http';\ncreateServer().listen(8080);\n"));
    expect(started.after['test/where.js']).toContain("workerDatabase('redis://localhost:6379')");
  });

  test('not where the product opens a client of its own', async () => {
    const load = "import { queue } from './lib/queue.js';\nqueue.add();\n";
    const fixed = await planned({
      ...VITEST,
      'lib/queue.js':
        "import Redis from 'ioredis';\nexport const queue = { add: (options) => new Redis(options ?? where()).incr('jobs') };\nconst where = () => globalThis.place;\n",
      'orders.test.js': flush('()', load),
      'bills.test.js': flush('()', load),
    });
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContain('`lib/queue.js` connects too, and where to is not seen');
  });
});

test('a port, for the server and for its clients', async () => {
  const served = `import { createServer } from 'node:http';
import { afterAll, beforeAll, test } from 'vitest';
const PORT = 4310;
const server = createServer();
beforeAll(() => new Promise((done) => server.listen(PORT, done)));
afterAll(() => server.close());
test('is served', () => fetch('http://localhost:4310/orders', { signal: AbortSignal.timeout(4310) }));
test('is there', () => expect(portOf(server)).toBe(4310));
test('is large', () => expect(sizeOf(server)).toBe(4310));
`;
  const { after, left } = await planned({ ...VITEST, 'orders.test.js': served, 'bills.test.js': served });
  expect(left).toEqual([]);
  expect(after['orders.test.js']).toContain('const PORT = workerPort(4310);');
  expect(after['orders.test.js']).toContain('expect(portOf(server)).toBe(workerPort(4310))');
  expect(after['orders.test.js']).toContain('expect(sizeOf(server)).toBe(4310)');
  expect(after['orders.test.js']).toContain('fetch(`http://localhost:${workerPort(4310)}/orders`, { signal: AbortSignal.timeout(4310) })');
});

test.each([
  ['server.listen(PORT + 1, done)', "fetch('http://localhost:4311')"],
  ['server.listen(PORT, done)', 'reach(`http://localhost:${next(PORT - 1)}`)'],
  ['server.listen(PORT, () => { PORT++; done(); })', 'reach(PORT)'],
])('a port from which others are counted stays: %s', async (listen, reach) => {
  const file = `import { createServer } from 'node:http';
import { afterAll, beforeAll, test } from 'vitest';
let PORT = 4310;
const server = createServer();
const first = createServer();
beforeAll(() => new Promise((done) => ${listen}));
beforeAll(() => new Promise((done) => first.listen(4310, done)));
afterAll(() => [server.close(), first.close()]);
test('is served', () => ${reach});
`;
  const fixed = await planned({ ...VITEST, 'orders.test.js': file, 'bills.test.js': file });
  expect(fixed.files).toEqual([]);
  expect(reasons(fixed)).toContainEqual(expect.stringMatching(/counts other ports from it/));
});

test.each([
  ['mqtt://localhost', 'clients take 1883 where nobody names a port, as in `orders.test.js`: bind port 0 and tell them which it is'],
  ['', 'clients take 1883 where nobody names a port: bind port 0 and tell them which it is'],
])('a port that clients take by themselves stays: %s', async (address, why) => {
  const file = `import { createServer } from 'node:net';
import { connect } from 'mqtt';
import { afterAll, beforeAll, test } from 'vitest';
const server = createServer();
beforeAll(() => new Promise((done) => server.listen(1883, done)));
afterAll(() => server.close());
test('is served', () => connect(${address && `'${address}'`}));
`;
  const fixed = await planned({ ...VITEST, 'orders.test.js': file, 'bills.test.js': file.replace(/mqtt:[^']*/, 'mqtt://localhost:1883') });
  expect(fixed.files).toEqual([]);
  expect(reasons(fixed)).toContain(why);
});

test.each([
  ['config/test.json', '{ "openid": { "url": "http://localhost:4310/realms" } }\n'],
  ['config/test.js', "module.exports = { openid: 'http://localhost:4310/realms' };\n"],
  ['settings.yaml', 'openid:\n  port: 4310\n'],
  ['.env.test', 'OPENID=http://127.0.0.1:4310\n'],
])('a port that %s names too stays', async (path, text) => {
  const file = `import { createServer } from 'node:http';
import { afterAll, beforeAll, test } from 'vitest';

const server = createServer();
beforeAll(() => new Promise((done) => server.listen(4310, done)));
afterAll(() => new Promise((done) => server.close(done)));
test('signs in', () => fetch('http://localhost:4310/token'));
`;
  const files = { ...VITEST, 'orders.test.js': file, 'bills.test.js': file };
  expect((await planned({ ...files, [`examples/shop/${path}`]: text })).left).toEqual([]);
  const fixed = await planned({ ...files, [path]: text });
  expect(fixed.files).toEqual([]);
  expect(reasons(fixed)).toEqual([`\`${path}\` names the port too, where it would stay as it is`]);
});

test('a library for mocks is no helper of its tests, whatever its files are called', async () => {
  const served = "import { createServer } from 'node:http';\nexport const serve = (port = 4310) => createServer().listen(port);\n";
  const file = (home: string): string =>
    `import { expect, test } from 'vitest';\nimport { serve } from '../${home}';\n\ntest('serves', () => expect(serve()).toBeDefined());\n`;
  const files = (home: string, more: Files): Files => ({ ...VITEST, ...more, 'test/orders.test.js': file(home), 'test/bills.test.js': file(home) });
  const helper = await planned(files('src/server-mock.js', { 'src/server-mock.js': served }));
  expect(helper.after['src/server-mock.js']).toContain('workerPort(4310)');
  const library = await planned(files('src/index.js', { 'src/server-mock.js': served, 'src/index.js': "export { serve } from './server-mock.js';\n" }));
  expect(library.files).toEqual([]);
});

test('a port and a path that variables name', async () => {
  const { after, left } = await planned({
    ...VITEST,
    '.env.test': 'PORT=4310\nEXPORTS=./exports\n',
    'src/server.js': "import { createServer } from 'node:http';\nexport const start = (done) => createServer().listen(process.env.PORT, done);\n",
    'src/export.js':
      "import { mkdirSync, writeFileSync } from 'node:fs';\nmkdirSync(process.env.EXPORTS, { recursive: true });\nexport const save = () => writeFileSync(`${process.env.EXPORTS}/orders.csv`, '');\n",
    ...Object.fromEntries(
      ['orders', 'bills'].map((name) => [
        `test/${name}.test.js`,
        "import { afterAll, beforeAll, test } from 'vitest';\nimport { start } from '../src/server.js';\nimport { save } from '../src/export.js';\nlet server;\nbeforeAll(() => new Promise((done) => (server = start(done))));\nafterAll(() => server.close());\ntest('saves', () => save());\n",
      ]),
    ),
  });
  expect(left).toEqual([]);
  expect(after['test/isolation.setup.mjs']).toContain("pointEnvironment({ ports: ['PORT'] });");
  expect(after['test/isolation.setup.mjs']).toContain("pointEnvironment({ paths: ['EXPORTS'] });");
});

describe('a name that one test file has copied from another', () => {
  const shop = (more = ''): string =>
    `import pg from 'pg';\nexport async function openShop({ schema }) {\n  const pool = new pg.Pool({ database: 'shop', options: \`-c search_path=\${schema}\` });\n  await pool.query(\`CREATE SCHEMA IF NOT EXISTS \${schema}\`);\n  await pool.query('DELETE FROM orders');\n  return pool;\n}\n${more}`;
  const file = (schema: string, more = ''): string =>
    `import { beforeAll, expect, test } from 'vitest';\nimport { openShop } from '../helpers/shop.js';\n\nlet pool;\nbeforeAll(async () => {\n  pool = await openShop({ schema: '${schema}' }); // own\n});\ntest('is empty', async () => {\n  expect((await pool.query('SELECT * FROM orders')).rows).toEqual([]);\n});\n${more}`;
  const FILES = {
    ...VITEST,
    'test/helpers/shop.js': shop(),
    'test/views/orders.test.js': file('views_orders'),
    'test/late/orders.test.js': file('views_orders'),
    'test/late/bills.test.js': file('late_bills'),
    'test/late/taxes.test.js': file('late_taxes'),
  };

  test('becomes a name of its own', async () => {
    const { after, repaired, left } = await planned(FILES);
    expect(after).toEqual({ 'test/late/orders.test.js': file('views_orders_late') });
    expect(repaired.map(({ plan }) => plan?.strategy)).toEqual(['name-per-file']);
    expect(left).toEqual([]);
  });

  test('stays where nothing shows that the tests make it, or where it is said once more', async () => {
    const prepared = shop().replace(/.*CREATE SCHEMA.*\n/, '');
    const alone = { ...Object.fromEntries(Object.entries(FILES).filter(([path]) => !/bills|taxes/.test(path))), 'test/helpers/shop.js': prepared };
    expect((await planned(alone)).repaired.map(({ plan }) => plan?.strategy)).not.toContain('name-per-file');
    const twice = { ...FILES, 'test/helpers/shop.js': shop("export const FIRST = 'views_orders';\n") };
    expect((await planned(twice)).repaired.map(({ plan }) => plan?.strategy)).not.toContain('name-per-file');
  });
});

describe('Playwright, which loads files of tests in its main process too', () => {
  const FILES = {
    'package.json': manifest('@playwright/test', 'playwright test'),
    'playwright.config.js': "module.exports = { testDir: 'e2e', fullyParallel: true };\n",
    'e2e/orders.spec.js': spec('orders'),
    'e2e/bills.spec.js': spec('bills'),
  };
  const start = '  const server = http.createServer(() => {});\n  server.listen(port);\n  return server;\n';

  test('a port that a helper names while tests run becomes one of the worker', async () => {
    const { after } = await planned({ ...FILES, 'e2e/start.js': `const http = require('node:http');\nexports.start = (port = 4310) => {\n${start}};\n` });
    expect(after['e2e/start.js']).toContain('exports.start = (port = workerPort(4310)) => {');
  });

  test('what is decided while files load stays', async () => {
    const fixed = await planned({
      ...FILES,
      'e2e/start.js': `const http = require('node:http');\nconst PORT = 4310;\nexports.start = (port = PORT) => {\n${start}};\n`,
    });
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContain('Playwright loads `e2e/start.js` in its main process too, which is no worker');
  });

  test('so does what a function says that is called while files load', async () => {
    const fixed = await planned({
      ...FILES,
      'e2e/start.js': `const http = require('node:http');\nconst portOf = () => 4310;\nconst PORT = portOf();\nexports.start = (port = PORT) => {\n${start}};\n`,
    });
    expect(fixed.files).toEqual([]);
  });
});

describe('tables that the product makes', () => {
  const store = (more: string): string =>
    `import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';\nconst client = new DynamoDBClient({ endpoint: 'http://localhost:8000', region: 'local' });\nexport class Store {\n  constructor({ tableName }) {\n    this.table = tableName;\n  }\n  async set(id) {\n    await client.send(new PutItemCommand({ TableName: this.table, Item: { id: { S: id } } }));\n  }\n${more}}\n`;
  const keeps = (more: string): string =>
    `import { expect, test } from 'vitest';\nimport { Store } from '../src/store.js';\n\ntest('keeps', async () => {\n  await new Store({ tableName: "newTable" }).set('a');\n${more}  expect(1).toBe(1);\n});\n`;
  const ensure = '  async ensure() {\n    await client.send(new CreateTableCommand({ TableName: this.table }));\n  }\n';
  const files = (more: string, use: string): Files => ({
    ...VITEST,
    'src/store.js': store(more),
    'test/store.test.js': keeps(use),
    'test/other.test.js': keeps(''),
  });

  test('under whatever name they are given are made for the worker too', async () => {
    const { after } = await planned(
      files(
        ensure,
        '  for (const tableName of [`t${Math.random()}`]) await new Store({ tableName }).ensure();\n  await new Store({ tableName: `u${Date.now()}` }).ensure();\n',
      ),
    );
    expect(after['test/store.test.js']).toContain(`tableName: workerName("newTable", { kind: 'dynamodb' })`);
  });

  test('under no name at all are not there for a worker', async () => {
    const fixed = await planned(files('', ''));
    expect(reasons(fixed)).toEqual(["no code of the suite makes `newTable`, so nobody would make the worker's"]);
  });
});

describe('a port that tests of one file bind one after another', () => {
  const FILES = { 'package.json': manifest('tap', 'ISOLATION_AUDIT_SLOT=lease tap') };
  const start =
    "const http = require('node:http');\n\nasync function start(port) {\n  const server = http.createServer();\n  await new Promise((done) => server.listen(port, done));\n  return server;\n}\n";
  const tests = (one: string, two: string, is = 'async '): string =>
    `const { test } = require('tap');\n${start}\ntest('one', ${is}(t) => {\n  const server = ${is && 'await '}start(${one});\n  t.ok(${is && 'await '}fetch('http://localhost:5001/a'));\n  server.close();\n});\ntest('two', ${is}(t) => {\n  const server = ${is && 'await '}start(${two});\n  t.ok(server);\n});\n`;

  test('is a free one for each of them', async () => {
    const { after } = await planned({ ...FILES, 'test/retry.js': tests('5001', '5001') });
    const text = after['test/retry.js']!;
    expect(text.match(/ {2}const port5001 = await freePort\(\);\n {2}const server = await start\(port5001\);\n/g)).toHaveLength(2);
    expect(text).toContain('fetch(`http://localhost:${port5001}/a`)');
    expect(text).not.toMatch(/(?<!port)5001/);
  });

  test('stays where nothing numbers the workers, and the library would throw', async () => {
    const fixed = await planned({ 'package.json': manifest('tap', 'tap'), 'test/retry.js': tests('5001', '5001') });
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toEqual([
      'this runner gives its workers no numbers: set `ISOLATION_AUDIT_SLOT=lease` where the tests are started, in a script of package.json, and repair again',
    ]);
  });

  test.each([
    ['a constant that stands outside of them', tests('PORT', 'PORT').replace('\nasync function', '\nconst PORT = 5001;\nasync function')],
    ['tests that cannot wait', tests('5001', '5001', '')],
    [
      'a helper that names it too',
      tests('5001', '5001')
        .replace("const { test } = require('tap');", "const { test } = require('tap');\nconst { ask } = require('./helpers/ask');")
        .replace('t.ok(server)', 't.ok(await ask())'),
    ],
  ])('stays: %s', async (_, text) => {
    const fixed = await planned({ ...FILES, 'test/helpers/ask.js': "exports.ask = () => fetch('http://localhost:5001/');\n", 'test/retry.js': text });
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toEqual(['tests of one file bind it one after another: bind port 0 and read it back']);
  });
});
