import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServices, type Services } from '../../scripts/services.mjs';
import { openLab, type Lab } from '../../src/verify/lab.js';
import { sameThrough } from './clients.js';
import { mysqlDatabases } from '../../src/verify/services/mysql.js';
import { openMysql } from '../../src/verify/services/mysql-session.js';
import { buildPrograms } from './programs.js';
import { roles } from './roles.js';

/* Real clients of a real MariaDB: with the hub between them everything is as it is without. */

const all = roles();
let services: Services;
let lab: Lab;
let options: string;

beforeAll(async () => {
  services = await startServices(['mariadb']);
  const url = services.urls.mariadb!;
  const { port } = new URL(url);
  options = `{ host: '127.0.0.1', port: ${port}, user: 'clerk', password: 'secret' }`;
  lab = await openLab({ needs: [{ kind: 'mysql', ports: [Number(port)] }], urls: { mysql: url }, programs: await buildPrograms() });
}, 120_000);
afterAll(async () => {
  await lab.close();
  await services.stop();
});

const TABLE =
  "await db.query('CREATE TABLE books (id INT AUTO_INCREMENT PRIMARY KEY, title VARCHAR(80), price DECIMAL(8,2), cover LONGBLOB, since DATETIME)');";

test('mysql2', async () => {
  const { recording } = await sameThrough(
    all,
    lab,
    all.script(
      'mysql2',
      `const options = ${options}; const mysql = require('mysql2/promise'); const { Readable } = require('node:stream');`,
      'const say = (...each) => console.log(JSON.stringify(each, (key, value) => (/^(_.*|stack|connectionId)$/.test(key) ? undefined : value)));',
      "const first = await mysql.createConnection({ ...options, multipleStatements: true, charset: 'utf8mb4' });",
      "say(await first.query('DROP DATABASE IF EXISTS Library; CREATE DATABASE Library CHARACTER SET utf8mb4; USE Library; SET GLOBAL max_allowed_packet = 67108864; SET GLOBAL local_infile = 1'));",
      'await first.end();',
      "const db = await mysql.createConnection({ ...options, database: 'Library', multipleStatements: true });",
      TABLE,
      "say(await db.query('INSERT INTO books (title, price) VALUES (?, ?), (?, ?)', ['Ada', 1.5, 'Бабушка', 2]));",
      "say(await db.execute('INSERT INTO books (title, price, since, cover) VALUES (?, ?, ?, ?)', ['Execute', 3, new Date('2020-01-02T03:04:05Z'), Buffer.from('cover')]));",
      "for (const id of [1, 2, null]) say(await db.execute('SELECT id, title, price FROM books WHERE id = ?', [id]));",
      "say(await db.query('SELECT 1 AS one; INSERT INTO books (title) VALUES (\\'two\\'); SELECT title FROM books ORDER BY id; UPDATE books SET price = 9'));",
      "say(await db.query('SELECT * FROM nowhere').catch((error) => error), await db.query('SELECT 1; SELECT * FROM nowhere; SELECT 2').catch((error) => error));",
      "await db.query('CREATE PROCEDURE two_results() BEGIN SELECT 1 AS a; SELECT 2 AS b; END'); say(await db.query('CALL two_results()'));",
      'say(await db.query({ sql: \'LOAD DATA LOCAL INFILE "any" INTO TABLE books (title)\', infileStreamFactory: () => Readable.from(Array.from({ length: 700 }, (_, at) => Buffer.from(`loaded ${at}\\n`))) }));',
      'say(await db.query({ sql: \'LOAD DATA LOCAL INFILE "none" INTO TABLE books (title)\', infileStreamFactory: () => Readable.from([]) }));',
      "say(await db.query('SELECT COUNT(*) FROM books'));",
      'await db.beginTransaction(); await db.query("DELETE FROM books"); await db.rollback(); await db.ping();',
      "const big = Buffer.alloc(17_000_000, 'ab'); await db.query('INSERT INTO books (title, cover) VALUES (?, ?)', ['big', big]); await db.execute('INSERT INTO books (title, cover) VALUES (?, ?)', ['big', big]);",
      "const [covers] = await db.query('SELECT cover FROM books WHERE title = ?', ['big']); say(covers.map(({ cover }) => cover.equals(big)), (await db.query('SELECT LENGTH(cover), MD5(cover) FROM books WHERE title = ?', ['big']))[0]);",
      "await db.changeUser({ ...options, database: 'Library', password: 'other' }); say((await db.query('SELECT DATABASE(), COUNT(*) FROM books'))[0]);",
      "const statement = await db.prepare('SELECT title FROM books WHERE id < ? ORDER BY id'); say((await statement.execute([3]))[0], (await statement.execute([2]))[0]); await statement.close();",
      "const rows = []; for await (const row of db.connection.query('SELECT title FROM books ORDER BY id LIMIT 5').stream()) rows.push(row); say(rows);",
      "say(await db.query('SELECT * FROM books WHERE id > 100000'), (await db.query('SHOW TABLES'))[0]);",
      'await db.end();',
      "const squeezed = await mysql.createConnection({ ...options, database: 'Library', compress: true }); say((await squeezed.query('SELECT title FROM books ORDER BY id'))[0]); await squeezed.end();",
      'await mysql.createConnection({ ...options, ssl: {} }).catch((error) => say(error.code));',
      "const pool = mysql.createPool({ ...options, database: 'Library', connectionLimit: 4 });",
      "say(await Promise.all(Array.from({ length: 40 }, async (_, at) => (at % 2 ? (await pool.query('SELECT ? AS at', [at]))[0] : (await pool.execute('SELECT ? AS at', [at]))[0]))));",
      "await pool.query('DROP DATABASE Library'); await pool.end();",
    ),
  );
  const told = recording.commands
    .filter(({ touches }) => touches.length > 0)
    .map(({ database, operation, touches }) =>
      [database, operation, ...touches.map(({ access, kind, name, database: at }) => `${access} ${kind} ${at === undefined ? '' : `${at}:`}${name}`)].join(' '),
    );
  expect(told.slice(0, 5)).toEqual([
    ' DROP DATABASE clear database library',
    ' CREATE DATABASE write database library',
    ' SET write server ',
    ' SET write server ',
    'library CREATE TABLE write table books',
  ]);
  expect(told.at(-1)).toBe('library DROP DATABASE clear database library');
  expect(recording.commands.find(({ text }) => text.includes('Execute'))?.text).toContain("['Execute', 3, ");
  expect(recording.commands.filter(({ reply }) => reply !== 'ok').map(({ operation, text, reply }) => [operation, text, reply])).toEqual([
    ['SELECT', 'SELECT * FROM nowhere', 'error'],
    ['SELECT', 'SELECT * FROM nowhere', 'error'],
    ['SELECT', 'SELECT 2', 'none'],
  ]);
}, 120_000);

test('mariadb', async () => {
  const { recording } = await sameThrough(
    all,
    lab,
    all.script(
      'mariadb',
      `const options = ${options}; const mariadb = require('mariadb');`,
      "const say = (...each) => console.log(JSON.stringify(each, (key, value) => (/^(stack|threadId|sqlMessage|message)$/.test(key) ? undefined : typeof value === 'bigint' ? String(value) : value)));",
      "const first = await mariadb.createConnection(options); await first.query('CREATE OR REPLACE DATABASE archive CHARACTER SET utf8mb4'); await first.end();",
      "const db = await mariadb.createConnection({ ...options, database: 'archive', multipleStatements: true, pipelining: true });",
      TABLE,
      "say(await db.batch('INSERT INTO books (title, price) VALUES (?, ?)', [['Ada', 1.5], ['Бабушка', 2], [null, 3]]));",
      "say(await Promise.all([1, 2, 3].map((id) => db.query('SELECT title FROM books WHERE id = ?', [id]))));",
      "say(await Promise.all([1, 2, 3].map((id) => db.execute('SELECT title, price FROM books WHERE id = ?', [id]))));",
      "say(await db.query('SELECT 1 AS one; SELECT title FROM books'), await db.query('SELECT * FROM nowhere').catch((error) => error));",
      "await db.beginTransaction(); await db.query('DELETE FROM books WHERE id = 1'); await db.commit();",
      "const rows = []; for await (const row of db.queryStream('SELECT title FROM books ORDER BY id')) rows.push(row); say(rows);",
      "await db.changeUser({ ...options, database: 'archive' }); await db.reset(); await db.ping(); say(await db.query('SELECT COUNT(*) AS all_books FROM books'));",
      "const prepared = await db.prepare('SELECT title FROM archive.books WHERE id > ?'); say(await prepared.execute([0]), await prepared.execute([2])); prepared.close();",
      "await db.query('DROP DATABASE archive'); await db.end();",
    ),
  );
  // As one command, or as one for each row.
  expect(recording.commands.find(({ operation }) => operation === 'INSERT')?.touches).toEqual([{ kind: 'table', name: 'books', access: 'write' }]);
  expect(recording.commands.filter(({ text }) => text.startsWith('SELECT title FROM archive.books')).map(({ reply, touches }) => [reply, touches])).toEqual([
    ['ok', [{ kind: 'table', name: 'books', access: 'read' }]],
    ['ok', [{ kind: 'table', name: 'books', access: 'read' }]],
  ]);
}, 120_000);

test('who waits for a row is told, though somebody asks all the time', async () => {
  const { hostname: host, port } = new URL(services.urls.mariadb!);
  const target = { host, port: Number(port) };
  const holdings = await mysqlDatabases({ kind: 'mysql', target, given: true, user: 'root', ports: [] });
  const [holder, waiter] = [await openMysql(target, 'root'), await openMysql(target, 'root')];
  const idOf = async (session: typeof holder): Promise<number> => Number((await session.query('SELECT CONNECTION_ID()'))[0]![0]);
  const [id, holds] = [await idOf(waiter), await idOf(holder)];
  await holder.query('CREATE DATABASE waiting');
  await holder.query('CREATE TABLE waiting.books (id INT PRIMARY KEY) ENGINE=InnoDB');
  await holder.query('INSERT INTO waiting.books VALUES (1)');
  await holder.query('BEGIN');
  await holder.query('DELETE FROM waiting.books');
  expect(await holdings.blockers!([id])).toEqual(new Map());
  const waits = waiter.query('DELETE FROM waiting.books');
  let told: ReadonlyMap<number, readonly number[]>;
  do told = await holdings.blockers!([id]);
  while (told.size === 0);
  expect(told).toEqual(new Map([[id, [holds]]]));
  await holder.query('ROLLBACK');
  await waits;
  await holder.query('DROP DATABASE waiting');
}, 10_000);
