import { expect, test } from 'vitest';
import { audit, places, type Files } from './audit.js';

/** Two test files that send these statements through a pool; `sql` is what `tag` says. */
const suite = (url: string, tag: string, statements: string): Files => ({
  'pool.js': `const connect = require('@databases/pg');
module.exports = async () => { const db = connect('${url}'); return { db, sql: ${tag} }; };`,
  ...Object.fromEntries(
    ['a', 'b'].map((name) => [
      `${name}.test.js`,
      `const open = require('./pool');
const { randomUUID } = require('node:crypto');
test('orders', async () => {
  const { db, sql } = await open();
  const name = 'shop_' + randomUUID();
${statements}
  await db.dispose();
});`,
    ]),
  ),
});
const given = { runner: 'jest' };
const MAKES = '  await db.query(sql`CREATE DATABASE ${sql.ident(name)}`);\n  await db.query(sql`DROP DATABASE ${sql.ident(name)}`);';
const EMPTIES = '  await db.query(sql`DELETE FROM orders`);\n  await db.query(sql`INSERT INTO orders VALUES (1)`);';

test.each(['connect.sql', `require('sql-of-our-own')`])('a statement is read in a template, whatever the tag is: %s', (tag) => {
  expect(places('hardcoded-database-name', suite('postgres://localhost/', tag, MAKES), given)).toEqual([]);
  expect(places('hardcoded-database-name', suite('postgres://localhost/shop', tag, EMPTIES), given)).toEqual(['pool.js:2']);
  expect(places('unscoped-wipe', suite('postgres://localhost/shop', tag, EMPTIES), given)).not.toEqual([]);
});

test('a helper opens the database of each test by the call that opened the way to it', () => {
  const works = `${MAKES}\n  const own = await open('postgres://localhost/' + name);\n  await own.db.query(own.sql\`INSERT INTO orders VALUES (1)\`);`;
  const files = suite('postgres://localhost/', 'connect.sql', works);
  const pool = files['pool.js']!.replace('async () =>', "async (url = 'postgres://localhost/') =>").replace("connect('postgres://localhost/')", 'connect(url)');
  expect(places('hardcoded-database-name', { ...files, 'pool.js': pool }, given)).toEqual([]);
});

test.each(['sql.unsafe(name)', 'sql(name)', 'sql`${sql.unsafe(name)}`'])(
  'what a client puts into a template of its own is a piece of the statement: %s',
  (piece) => {
    const helper = `const postgres = require('postgres');
const nuid = require('nuid');
exports.make = async () => {
  const name = nuid.next();
  const sql = postgres('postgres://localhost/shop');
  await sql\`CREATE DATABASE \${${piece}}\`;
  await sql.end();
  return name;
};
exports.open = (name) => postgres('postgres://localhost/' + name);`;
    const works = `const { make, open } = require('./pool');
let name;
beforeAll(async () => { name = await make(); });
test('orders', async () => { const sql = open(name); await sql\`INSERT INTO orders VALUES (1)\`; await sql.end(); });`;
    const files = { 'pool.js': helper, 'a.test.js': works, 'b.test.js': works };
    expect(places('hardcoded-database-name', files, given)).toEqual([]);
    const plain = { ...files, 'pool.js': helper.replace('nuid.next()', "'orders'") };
    expect(places('hardcoded-database-name', plain, given)).not.toEqual([]);
  },
);

test('a file that makes a database opens that one, though nobody has read its name', () => {
  const helper = (first: string): string => `const { Sequelize } = require('sequelize');
const settings = require('./settings.json');
exports.open = async (given) => {
  const name = Object.assign({}, settings, given).name;
${first}
  return new Sequelize('postgres://localhost/' + name);
};`;
  const works = `const { open } = require('./pool');
test('orders', async () => { const db = await open({}); await db.query('INSERT INTO orders VALUES (1)'); await db.close(); });`;
  const suiteOf = (first: string): Files => ({ 'pool.js': helper(first), 'a.test.js': works, 'b.test.js': works });
  expect(places('hardcoded-database-name', suiteOf(''), given)).not.toEqual([]);
  const makes = '  const root = new Sequelize("postgres://localhost/admin");\n  await root.query(`CREATE DATABASE ${name}`);\n  await root.close();';
  expect(places('hardcoded-database-name', suiteOf(makes), given)).toEqual([]);
});

test('who asks the server for its version on the way to a database of its own uses no other', () => {
  const asks = `${MAKES}\n  await db.query(sql\`SELECT version()\`);`;
  const files = suite('postgres://localhost/', 'connect.sql', asks);
  const writes = suite('postgres://localhost/', 'connect.sql', '  await db.query(sql`INSERT INTO orders VALUES (1)`);')['a.test.js']!;
  const { findings } = audit({ ...files, 'c.test.js': writes, 'd.test.js': writes }, given);
  expect(findings.filter(({ rule }) => rule === 'hardcoded-database-name').map((each) => each.files)).toEqual([['c.test.js', 'd.test.js']]);
});
