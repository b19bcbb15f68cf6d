import { describe, expect, test } from 'vitest';
import { audit, places, type Case, type Files } from './audit.js';

const spec = (body: string, imports = ''): string => `import { beforeAll, expect, test } from 'vitest';\n${imports}\n${body}\n`;
const pg = `import { Pool } from 'pg';`;
const twoFiles = (body: string, imports: string): Files => ({ 'a.test.ts': spec(body, imports), 'b.test.ts': spec(body, imports) });

const dynamo = (name: string, after = ''): string =>
  spec(
    `const client = new DynamoDBClient({ endpoint: 'http://localhost:8000' });\ntest('creates', () => client.send(new CreateTableCommand({ TableName: ${name} })));\n${after}`,
    `import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'; import { randomUUID } from 'node:crypto'; import { afterAll } from 'vitest';`,
  );

const making = (name: string): string =>
  spec(
    `const NAME = ${name};\nconst admin = new Client({ port: 5433, database: 'postgres' });\nbeforeAll(() => admin.query('CREATE DATABASE ' + NAME));\ntest('is there', () => {});`,
    `import { Client } from 'pg'; import { randomUUID } from 'node:crypto';`,
  );

const ownQueues = (names: readonly string[], more = ''): Files => ({
  'src/queue.ts': `class Base { constructor(readonly name: string, options = {}) {} }\nexport class Queue extends Base {}`,
  'a.test.ts': [
    `import { expect, test } from 'vitest'; import { Queue } from './src/queue';`,
    `import { randomUUID } from 'node:crypto';`,
    ...names.map((name, index) => `test('t${index}', () => { new Queue(${name}); });`),
    more,
  ].join('\n'),
});

const withContainer = (name: string): Files => ({
  'src/module.ts': `export class DatabaseModule { constructor(readonly options: object) {} }`,
  'test/app.ts': [
    `import { DatabaseModule } from '../src/module'; import { Application } from 'some-framework';`,
    `const DATABASE = ${name};`,
    `async function prepare(container) { const config = container.resolve('config'); config.db = { type: 'better-sqlite3', database: DATABASE }; }`,
    `export const createApp = () => new Application([new DatabaseModule({ prepare })]);`,
  ].join('\n'),
  ...twoFiles(`const app = createApp();\nbeforeAll(() => app.start());\ntest('starts', () => {});`, `import { createApp } from './test/app';`),
});

const gitServer = (names: readonly string[], word: string): Files => ({
  'helpers/git.test-utils.ts': `export async function createRepository(name: string) { return fetch('http://localhost:2080/' + name); }`,
  'a.test.ts': [
    `import test from 'ava'; import { createRepository } from './helpers/git.test-utils';`,
    ...names.map((name, index) => `${word}('t${index}', async (t) => { await createRepository('${name}'); t.pass(); });`),
  ].join('\n'),
});

const cases: readonly Case[] = [
  {
    what: 'one database written by two files is found where its name is decided',
    rule: 'hardcoded-database-name',
    files: {
      'db.ts': `${pg}\nexport const DATABASE = 'orders_spec';\nexport const pool = new Pool({ database: DATABASE });`,
      ...twoFiles(`test('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`, `import { pool } from './db';`),
    },
    finds: ['db.ts:2'],
  },
  {
    what: 'a database that only one file uses is possible at most',
    rule: 'hardcoded-database-name',
    files: { 'a.test.ts': spec(`const pool = new Pool({ database: 'orders_spec' });\ntest('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`, pg) },
    finds: [],
  },
  {
    what: 'reading alone disturbs nobody',
    rule: 'hardcoded-database-name',
    files: {
      'db.ts': `${pg}\nexport const pool = new Pool({ database: 'orders_spec' });`,
      ...twoFiles(`test('reads', () => pool.query('SELECT id FROM orders WHERE id = 1'));`, `import { pool } from './db';`),
    },
    finds: [],
  },
  {
    what: 'a worker id in the name keeps the files apart',
    rule: 'hardcoded-database-name',
    files: {
      'db.ts': `${pg}\nexport const pool = new Pool({ database: \`orders_\${process.env.VITEST_POOL_ID}\` });`,
      ...twoFiles(`test('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`, `import { pool } from './db';`),
    },
    finds: [],
  },
  {
    what: 'a schema in the options decides, not the database around it',
    rule: 'hardcoded-database-name',
    files: {
      'db.ts': `${pg}\nconst SCHEMA = 'stock';\nexport const pool = new Pool({ database: 'app', options: \`-c search_path=\${SCHEMA}\` });`,
      ...twoFiles(`test('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`, `import { pool } from './db';`),
    },
    finds: ['db.ts:2'],
  },
  {
    what: 'files that hand a name of their own to one helper, and two that hand the same',
    rule: 'hardcoded-database-name',
    files: {
      'harness.test-utils.ts': `export async function createNetwork(options: { dbSchema: string }) { return import(options.dbSchema); }`,
      ...Object.fromEntries(
        ['orders', 'invoices', 'returns', 'stock', 'orders'].map((name, index) => [
          `f${index}.test.ts`,
          spec(`beforeAll(() => createNetwork({ dbSchema: '${name}' }));\ntest('works', () => {});`, `import { createNetwork } from './harness.test-utils';`),
        ]),
      ),
    },
    finds: ['f0.test.ts:3'],
  },
  {
    what: 'two files that hand one schema to a helper that was copied from one to the other',
    rule: 'hardcoded-database-name',
    files: twoFiles(
      `const createShop = async (config) => Shop.create({ pool: randomBytes(8), ...config });\nbeforeAll(() => createShop({ postgresSchema: 'cart', retries: 1 }));\ntest('works', () => {});`,
      `import { randomBytes } from 'node:crypto'; import { Shop } from 'some-shop';`,
    ),
    finds: ['a.test.ts:4'],
  },
  {
    what: 'the same where the helper puts something random behind the name',
    rule: 'hardcoded-database-name',
    files: twoFiles(
      `const createShop = async (config) => Shop.create({ ...config, postgresSchema: config.postgresSchema + randomBytes(8) });\nbeforeAll(() => createShop({ postgresSchema: 'cart', retries: 1 }));\ntest('works', () => {});`,
      `import { randomBytes } from 'node:crypto'; import { Shop } from 'some-shop';`,
    ),
    finds: [],
  },
  {
    what: 'files that all hand a name of their own',
    rule: 'hardcoded-database-name',
    files: {
      'harness.test-utils.ts': `export async function createNetwork(options: { dbSchema: string }) { return import(options.dbSchema); }`,
      ...Object.fromEntries(
        ['orders', 'invoices', 'returns', 'stock'].map((name, index) => [
          `f${index}.test.ts`,
          spec(`beforeAll(() => createNetwork({ dbSchema: '${name}' }));\ntest('works', () => {});`, `import { createNetwork } from './harness.test-utils';`),
        ]),
      ),
    },
    finds: [],
  },
  {
    what: 'a queue is shared by its name',
    rule: 'hardcoded-resource-name',
    files: twoFiles(`const queue = new Queue('mails');\ntest('adds', () => queue.add('mail', {}));`, `import { Queue } from 'bullmq';`),
    finds: ['a.test.ts:3'],
  },
  {
    what: 'two queues in one Redis database do not meet',
    rule: 'hardcoded-resource-name',
    files: {
      'a.test.ts': spec(`const queue = new Queue('mails');\ntest('adds', () => queue.add('mail', {}));`, `import { Queue } from 'bullmq';`),
      'b.test.ts': spec(`const queue = new Queue('bills');\ntest('adds', () => queue.add('bill', {}));`, `import { Queue } from 'bullmq';`),
    },
    finds: [],
  },
  {
    what: 'nor do queues under random names share the keyspace',
    rule: 'shared-redis-keyspace',
    files: twoFiles(
      `test('adds', () => new Queue(randomUUID()).add('mail', {}));`,
      `import { Queue } from 'bullmq';\nimport { randomUUID } from 'node:crypto';`,
    ),
    finds: [],
  },
  {
    what: 'keys in one Redis database',
    rule: 'shared-redis-keyspace',
    files: twoFiles(`const redis = new Redis({ db: 3 });\ntest('sets', () => redis.set('stock', '1'));`, `import { Redis } from 'ioredis';`),
    finds: ['a.test.ts:3'],
  },
  {
    what: 'an index for each worker',
    rule: 'shared-redis-keyspace',
    files: twoFiles(
      `const redis = createClient({ url: process.env.REDIS_URL, database: 4 + Number(process.env.VITEST_POOL_ID) });\ntest('sets', () => redis.set('stock', '1'));`,
      `import { createClient } from 'redis';`,
    ),
    finds: [],
  },
  {
    what: 'the connection of the setup stands, whatever a product module opens when it is imported',
    rule: 'hardcoded-database-name',
    files: {
      'src/app.ts': `import mongoose from 'mongoose';\nmongoose.connect('mongodb://localhost/shop');\nexport const Order = mongoose.model('Order', new mongoose.Schema({}));`,
      'setup.ts': `import mongoose from 'mongoose';\nimport { beforeAll } from 'vitest';\nbeforeAll(() => mongoose.connect('mongodb://localhost/shop_spec'));`,
      ...twoFiles(`test('adds', () => Order.create({}));`, `import { Order } from './src/app';`),
    },
    given: { setupFiles: ['setup.ts'] },
    finds: ['setup.ts:3'],
  },
  {
    what: 'a database that a test makes on a server that keeps running',
    rule: 'hardcoded-database-name',
    files: { 'a.test.ts': making(`'parcels'`) },
    given: { hostPorts: ['5433'] },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'the same on a server of which nobody knows how long it runs',
    rule: 'hardcoded-database-name',
    files: { 'a.test.ts': making(`'parcels'`) },
    finds: [],
  },
  {
    what: 'a database made under a name of its own',
    rule: 'hardcoded-database-name',
    files: { 'a.test.ts': making('`parcels_${randomUUID()}`') },
    given: { hostPorts: ['5433'] },
    finds: [],
  },
  {
    what: 'a table that a test names, fills and leaves on a server that keeps running',
    rule: 'hardcoded-resource-name',
    files: { 'a.test.ts': dynamo(`'parcels'`) },
    given: { hostPorts: ['8000'] },
    finds: ['a.test.ts:4'],
  },
  {
    what: 'the same on a server of which nobody knows how long it runs',
    rule: 'hardcoded-resource-name',
    files: { 'a.test.ts': dynamo(`'parcels'`) },
    finds: [],
  },
  {
    what: 'a table under a name of its own may stay',
    rule: 'hardcoded-resource-name',
    files: { 'a.test.ts': dynamo('randomUUID()') },
    given: { hostPorts: ['8000'] },
    finds: [],
  },
  {
    what: 'a table that a hook removes',
    rule: 'hardcoded-resource-name',
    files: { 'a.test.ts': dynamo(`'parcels'`, `afterAll(() => client.send(new DeleteTableCommand({ TableName: 'parcels' })));`) },
    given: { hostPorts: ['8000'] },
    finds: [],
  },
  {
    what: 'two tests that run at once hand over one name, where the others hand over their own',
    rule: 'hardcoded-resource-name',
    files: gitServer(['checkout', 'returns', 'stock', 'invoices', 'checkout'], 'test'),
    given: { runner: 'ava' },
    finds: ['a.test.ts:2'],
  },
  {
    what: 'the same one after the other',
    rule: 'hardcoded-resource-name',
    files: gitServer(['checkout', 'returns', 'stock', 'invoices', 'checkout'], 'test.serial'),
    given: { runner: 'ava' },
    finds: [],
  },
  {
    what: 'tests that run at once and all hand over a name of their own',
    rule: 'hardcoded-resource-name',
    files: gitServer(['checkout', 'returns', 'stock', 'invoices'], 'test'),
    given: { runner: 'ava' },
    finds: [],
  },
  {
    what: 'one name that most tests hand over keeps nobody apart',
    rule: 'hardcoded-resource-name',
    files: gitServer(['checkout', 'checkout', 'checkout', 'checkout', 'stock', 'invoices'], 'test'),
    given: { runner: 'ava' },
    finds: [],
  },
  {
    what: 'a database file in options that a helper leaves to a container of services',
    rule: 'hardcoded-database-name',
    files: withContainer(`'writable/test.sql'`),
    finds: ['test/app.ts:2'],
  },
  {
    what: 'the same with a file for each worker',
    rule: 'hardcoded-database-name',
    files: withContainer('`writable/test-${process.env.VITEST_POOL_ID}.sql`'),
    finds: [],
  },
  {
    what: 'a database in memory',
    rule: 'hardcoded-database-name',
    files: withContainer(`':memory:'`),
    finds: [],
  },
  {
    what: 'a database in the options of a framework',
    rule: 'hardcoded-database-name',
    files: twoFiles(
      `beforeAll(() => createCms({ database: { client: 'postgres', connection: { host: 'localhost', database: 'cms_spec' } } }));\ntest('starts', () => {});`,
      `import { createCms } from 'some-cms';`,
    ),
    finds: ['a.test.ts:3'],
  },
  {
    what: 'options that a test only compares',
    rule: 'hardcoded-database-name',
    files: twoFiles(
      `test('reads', async () => { const read = await import('./config'); expect(read).toEqual({ client: 'postgres', database: 'cms_spec' }); });`,
      `import 'some-cms';`,
    ),
    finds: [],
  },
  {
    what: 'a queue of the project that keeps its name where eight others get a new one',
    rule: 'hardcoded-resource-name',
    files: ownQueues([...Array<string>(8).fill('randomUUID()'), `'reports'`]),
    finds: ['a.test.ts:11'],
  },
  {
    what: 'queues of the project where most keep their names',
    rule: 'hardcoded-resource-name',
    files: ownQueues(['randomUUID()', `'reports'`, `'mails'`]),
    finds: [],
  },
  {
    what: 'a name that only labels, and one that is refused',
    rule: 'hardcoded-resource-name',
    files: ownQueues(
      [...Array<string>(8).fill('randomUUID()'), `randomUUID(), { name: 'first' }`],
      `test('refuses', () => { expect(() => new Queue('a:b')).toThrow(); });`,
    ),
    finds: [],
  },
];

describe('names of resources', () => {
  test.each(cases)('$rule: $what', ({ rule, files, given, finds = [] }) => {
    expect(places(rule, files, given)).toEqual(finds);
  });

  test('a lone claimant is mentioned as possible, with its condition', () => {
    const { findings } = audit({
      'a.test.ts': spec(`const pool = new Pool({ database: 'orders_spec' });\ntest('adds', () => pool.query('INSERT INTO orders VALUES (1)'));`, pg),
    });
    expect(findings.filter((each) => each.rule === 'hardcoded-database-name').map((each) => [each.confidence, each.condition])).toEqual([
      ['possible', 'two runs share the server, or another file claims it through code that was not followed'],
    ]);
  });

  test('where few files use it, each use is shown', () => {
    const uses = `const redis = new Redis();\ntest('sets', () => redis.set('stock', '1'));\nbeforeAll(() => redis.set('price', '2'));`;
    const told = audit(twoFiles(uses, `import { Redis } from 'ioredis';`));
    const found = told.findings.find((each) => each.rule === 'shared-redis-keyspace');
    expect(found?.places.map((place) => told.line(place))).toEqual(expect.arrayContaining(['a.test.ts:4', 'a.test.ts:5', 'b.test.ts:4', 'b.test.ts:5']));
  });
});

describe('what decides a name that a function reads from the variable it is told', () => {
  const optional = `function optional(key, other) {\n  const value = process.env[key];\n  if (!value && other) return optional(other);\n  return value;\n}\n`;

  test.each([
    ['is the name of the variable', `function read(key) {\n  return process.env[key];\n}\nexport const name = read('SHOP_DB');`, {}, 'config.ts:4'],
    ['is the file that gives it', `function read(key) {\n  return process.env[key];\n}\nexport const name = read('SHOP_DB');`, { SHOP_DB: 'shop' }, '.env:1'],
    [
      'is the file that gives it, where another variable may stand in',
      `${optional}export const name = optional('SHOP_DB', 'OTHER_DB');`,
      { SHOP_DB: 'shop' },
      '.env:1',
    ],
    [
      'is the code that reads it, where a settings file names it',
      `import settings from './settings.json';\nexport const name = process.env[settings.variable];`,
      {},
      'config.ts:2',
    ],
    ['is the file that gives the one which stands in', `${optional}export const name = optional('OTHER_DB', 'SHOP_DB');`, { SHOP_DB: 'shop' }, '.env:1'],
  ] as const)('%s', (_, config, environment, place) => {
    const files = {
      'settings.json': '{ "variable": "SHOP_DB" }',
      'config.ts': config,
      'db.ts': `import { Pool } from 'pg'; import { name } from './config';\nconst pool = new Pool({ host: 'localhost', database: name });\nexport const put = () => pool.query('INSERT INTO t VALUES (1)');`,
      ...Object.fromEntries(
        ['a', 'b'].map((each) => [
          `${each}.test.ts`,
          `import { test } from 'vitest'; import { put } from './db';\ntest('${each}', async () => { await put(); });`,
        ]),
      ),
    };
    expect(places('hardcoded-database-name', files, { environment })).toEqual([place]);
  });
});

test.each([`'mongodb://localhost/' + name`, "`mongodb://${process.env.MONGO_USER ? 'till@' : ''}${process.env.MONGO_HOST || 'localhost'}/${name}`"])(
  'what decides a database is its name, however the server before it is put together: %s',
  (url) => {
    const reads = `const { open } = require('./store');\ntest('orders', async () => { const db = await open(); await db.collection('orders').insertOne({}); });`;
    const files = {
      'names.js': `exports.database = 'shop_test';`,
      'store.js': `const { MongoClient } = require('mongodb');\nconst { database } = require('./names');\nconst name = database;
exports.open = async () => { const client = new MongoClient(${url}); return client.db(); };`,
      'a.test.js': reads,
      'b.test.js': reads,
    };
    expect(places('hardcoded-database-name', files, { runner: 'jest' })).toEqual(['names.js:1']);
  },
);
