import mysql, { type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServices, type Services } from '../../../scripts/services.mjs';
import { mintRun } from '../../../src/worker/run.js';
import { project, type Files, type Told } from './project.js';
import { suites } from './suites.js';

const LIMIT = { timeout: 120_000 };
let services: Services;
let server: string;
beforeAll(async () => {
  services = await startServices(['mariadb']);
  server = services.urls.mariadb!;
  await sql(
    'CREATE DATABASE shop CHARACTER SET latin1',
    `CREATE TABLE shop.orders (id int AUTO_INCREMENT PRIMARY KEY, cents int, euros decimal(10,2) GENERATED ALWAYS AS (cents / 100) STORED, note text DEFAULT 'none') AUTO_INCREMENT = 40`,
    'CREATE TABLE shop.items (order_id int, kind varchar(20), CONSTRAINT ordered FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE)',
    'INSERT INTO shop.orders (id, cents) VALUES (1, 250), (2, 1999)',
    `INSERT INTO shop.items VALUES (1, 'tea'), (2, 'cake')`,
  );
}, 120_000);
afterAll(async () => services.stop());

const inside = (name: string): string => server.replace(/[^/]+$/, name);

async function sql(...texts: readonly string[]): Promise<readonly RowDataPacket[]> {
  const client = await mysql.createConnection(server);
  try {
    let rows: RowDataPacket[] = [];
    for (const text of texts) [rows] = await client.query<RowDataPacket[]>(text);
    return rows;
  } finally {
    await client.end();
  }
}

const databases = async (): Promise<readonly string[]> =>
  (await sql('SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA'))
    .map(({ name }) => String(name))
    .filter((name) => !/^(mysql|sys|.*_schema)$/.test(name));
const distinct = (told: readonly Told[], key: string): number => new Set(told.map((each) => each[key])).size;

const jest = suites.find(({ runner }) => runner === 'jest')!;
const program = (body: string): Files => ({
  'package.json': '{ "name": "shop" }',
  'program.js': `const worker = require('isolation-audit/worker');\nconst { tell } = require('./tell.cjs');\n${body}\n`,
});
const lease = { ISOLATION_AUDIT_SLOT: 'lease' };

test('each worker has a copy with rows, keys and counters, and it is dropped at the end', LIMIT, async () => {
  const body = `
    const client = await require('mysql2/promise').createConnection(process.env.DATABASE_URL);
    const [[found]] = await client.query("SELECT DATABASE() AS name, @@character_set_database AS letters, (SELECT COUNT(*) FROM items) AS items, (SELECT CAST(SUM(euros) AS CHAR) FROM orders) AS euros, (SELECT MAX(note) FROM orders) AS note");
    await meet('found', 4);
    await client.query('DELETE FROM orders');
    const [{ insertId }] = await client.query('INSERT INTO orders (cents) VALUES (5)');
    const [[left]] = await client.query('SELECT COUNT(*) AS items_left FROM items');
    await meet('written', 4);
    const [[rows]] = await client.query('SELECT COUNT(*) AS orders_left FROM orders');
    tell({ ...found, ...left, ...rows, insertId });
    await client.end();`;
  const { run } = project({ ...jest.files(body), ...jest.setUp.files }, ['jest', 'mysql2']);
  const { code, output, told } = await run(jest.command, { DATABASE_URL: inside('shop') });
  expect(code, output).toBe(0);
  expect(distinct(told, 'name')).toBe(4);
  const first = told
    .filter(({ items }) => items === 2)
    .map(({ letters, euros, note, items_left, orders_left, insertId }) => ({ letters, euros, note, items_left, orders_left, insertId }));
  expect(first).toEqual(Array.from({ length: 4 }, () => ({ letters: 'latin1', euros: '22.49', note: 'none', items_left: 0, orders_left: 1, insertId: 40 })));
  await expect.poll(databases, { timeout: 10_000 }).toEqual(['shop']);
  expect(await sql('SELECT COUNT(*) AS orders FROM shop.orders')).toEqual([{ orders: 2 }]);
});

test('what is more than tables is not copied, and said; a migration makes it', LIMIT, async () => {
  await sql('CREATE DATABASE views', 'CREATE TABLE views.orders (id int)', 'CREATE VIEW views.latest AS SELECT * FROM views.orders');
  const env = { ...lease, DB_NAME: 'views', DB_DIALECT: 'mariadb', DB_HOST: '127.0.0.1', DB_PORT: new URL(server).port, DB_USER: 'root' };
  const refused = await project(program('worker.pointEnvironment();'), ['mysql2']).run('node program.js', env);
  expect([refused.code, refused.output]).toEqual([
    1,
    expect.stringContaining('The database views is not copied, since it holds more than tables: view latest.'),
  ]);
  const migrate = `require('mysql2/promise').createConnection({ host: process.env.DB_HOST, port: process.env.DB_PORT, user: 'root', database: process.env.DB_NAME })
    .then(async (client) => { await client.query('CREATE TABLE orders (id int)'); await client.query('CREATE VIEW latest AS SELECT * FROM orders'); await client.end(); });`;
  const files = {
    ...program(`tell(worker.pointEnvironment({ migrate: 'node migrate.js' })); require('node:child_process').execSync('node show.js', { stdio: 'inherit' });`),
    'migrate.js': migrate,
  };
  const show = `require('mysql2/promise').createConnection({ host: process.env.DB_HOST, port: process.env.DB_PORT, user: 'root', database: process.env.DB_NAME })
    .then(async (client) => { const [[{ made }]] = await client.query('SELECT VIEW_DEFINITION AS made FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()'); console.log(made); await client.end(); });`;
  const made = await project({ ...files, 'show.js': show }, ['mysql2']).run('node program.js', env);
  expect(made.code, made.output).toBe(0);
  expect(made.output).toContain(`\`${String(made.told[0]!['DB_NAME'])}\`.\`orders\``);
  await expect.poll(databases, { timeout: 10_000 }).toEqual(expect.not.arrayContaining([made.told[0]!['DB_NAME']]));
  await sql('DROP DATABASE views');
});

test('databases of dead runs are swept, and nobody else loses one', LIMIT, async () => {
  const hour = Math.floor(Date.now() / 1000) - 3600;
  const dead = `swept_${mintRun(process.pid, undefined, hour)}_3`;
  const strangers = ['swept', `swept_${mintRun(process.pid)}_1`, `swept_${mintRun(7, 'other', hour)}_1`, `${dead}_copy`];
  for (const name of [dead, ...strangers]) await sql(`CREATE DATABASE \`${name}\``);
  const { code, output } = await project(program('worker.pointEnvironment();'), ['mysql2']).run('node program.js', { ...lease, MYSQL_URL: inside('shop') });
  expect(code, output).toBe(0);
  const left = await databases();
  expect([left.includes(dead), strangers.filter((name) => !left.includes(name))]).toEqual([false, []]);
  for (const name of strangers) await sql(`DROP DATABASE \`${name}\``);
  await expect.poll(databases, { timeout: 10_000 }).toEqual(['shop']);
});

test('nothing says of which server a name is: an error that says what to set', LIMIT, async () => {
  const { code, output } = await project(program('worker.pointEnvironment();'), []).run('node program.js', { ...lease, DB_NAME: 'shop' });
  expect([code, output]).toEqual([1, expect.stringContaining('DB_NAME is set, and nothing says of which server: set DB_DIALECT to postgres or mysql')]);
});
