import { expect, test } from 'vitest';
import { manifest, planned, reasons, type Files } from './planned.js';

const HELPER = `const { Client } = require('pg');

const NAME = 'shop_test';
const SERVER = { host: 'localhost', user: 'clerk' };

async function make() {
  const client = new Client({ ...SERVER, database: 'postgres' });
  await client.connect();
  await client.query(\`DROP DATABASE IF EXISTS \${NAME}\`);
  await client.query(\`CREATE DATABASE \${NAME}\`);
  await client.end();
  const shop = new Client({ ...SERVER, database: NAME });
  await shop.connect();
  await shop.query('CREATE TABLE orders (id serial)');
  return shop;
}

module.exports = { NAME, make };
`;

const rows = (name: string): string => `const { make } = require('./database');

let client;
beforeAll(async () => {
  client = await make();
});
afterAll(() => client.end());
test('${name}', async () => {
  await client.query('INSERT INTO orders DEFAULT VALUES');
  expect((await client.query('SELECT * FROM orders')).rows).toHaveLength(1);
});
`;

const suite = (helper: string, more: Files = {}): Files => ({
  'package.json': manifest('jest', 'jest', { devDependencies: { jest: '^30.0.0', pg: '^8.0.0' } }),
  'test/database.js': helper,
  'test/orders.test.js': rows('orders'),
  'test/bills.test.js': rows('bills'),
  ...more,
});

test('the constant by which the tests make and drop their database gets the number of the worker', async () => {
  const { after, repaired, left } = await planned(suite(HELPER));
  expect(left).toEqual([]);
  expect(after).toEqual({
    'test/database.js': HELPER.replace("require('pg');", "require('pg');\nconst { workerSlot } = require('isolation-audit/worker');").replace(
      "'shop_test'",
      '`shop_test_${workerSlot()}`',
    ),
  });
  expect([...new Set(repaired.map(({ plan }) => plan?.strategy))]).toEqual(['own-made-database']);
});

test('without the library it is the variable of the runner', async () => {
  const { after } = await planned(suite(HELPER), { runtime: false });
  expect(after['test/database.js']).toContain('const NAME = `shop_test_${process.env.JEST_WORKER_ID}`;');
});

test('the name is written in statements and options, one by one', async () => {
  const helper = HELPER.replace("const NAME = 'shop_test';\n", '')
    .replace('`DROP DATABASE IF EXISTS ${NAME}`', "'DROP DATABASE IF EXISTS shop_test'")
    .replace('`CREATE DATABASE ${NAME}`', "'CREATE DATABASE shop_test'")
    .replace('database: NAME', "database: 'shop_test'")
    .replace('{ NAME, make }', '{ make }');
  const { after, left } = await planned(suite(helper));
  expect(left).toEqual([]);
  expect(after['test/database.js']).toContain('query(`DROP DATABASE IF EXISTS shop_test_${workerSlot()}`)');
  expect(after['test/database.js']).toContain('query(`CREATE DATABASE shop_test_${workerSlot()}`)');
  expect(after['test/database.js']).toContain('database: `shop_test_${workerSlot()}`');
});

test.each([
  ['a user has the same name', HELPER.replace("user: 'clerk'", 'user: NAME'), '`NAME` is `user` too'],
  ['the tests connect to the template', HELPER.replace("'postgres'", "'template1'"), /connect to `template1`/],
  [
    'the product names it too',
    HELPER.replace("const NAME = 'shop_test';", "const { NAME } = require('../src/names');"),
    '`src/names.js` is no code of the tests',
  ],
])('refused where %s', async (_, helper, why) => {
  const fixed = await planned(suite(helper, { 'src/names.js': "exports.NAME = 'shop_test';\n" }));
  expect(fixed.after).toEqual({});
  expect(reasons(fixed)).toEqual([expect.stringMatching(why)]);
});

test('a database of MongoDB, by the name that the client is asked for', async () => {
  const helper = `const { MongoClient } = require('mongodb');\n\nconst NAME = 'shop_test';\n\nexports.make = async () => {\n  const client = await MongoClient.connect(\`mongodb://localhost:27017/\${NAME}\`);\n  await client.db(NAME).dropDatabase();\n  return { end: () => client.close(), query: (what) => client.db(NAME).collection('orders').insertOne({ what }) };\n};\n`;
  const { after, left } = await planned(suite(helper));
  expect(left).toEqual([]);
  expect(after['test/database.js']).toContain('const NAME = `shop_test_${workerSlot()}`;');
});
