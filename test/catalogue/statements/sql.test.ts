import { describe, expect, test } from 'vitest';
import { classifySql } from '../../../src/catalogue/statements/sql.js';

const one = (text: string) => classifySql([text]);

describe('SQL statements', () => {
  test.each([
    [['SELECT ', null, ' AS total'], [{ op: 'read', note: 'no table' }]],
    [['SELECT ', null], [{ op: 'read' }]],
    [['SELECT ', null, ' WHERE id = 1'], [{ op: 'read' }]],
  ])('%j, of which a part is not known', (parts, does) => {
    expect(classifySql(parts)).toEqual(does);
  });

  test.each([
    ['SELECT id FROM orders WHERE id = $1', [{ op: 'read', unit: 'orders' }]],
    ['select 1', [{ op: 'read', note: 'no table' }]],
    ['SELECT VERSION() AS v, @@local_infile', [{ op: 'read', note: 'no table' }]],
    ['SELECT settle_orders(1)', [{ op: 'read' }]],
    ['KILL CONNECTION_ID()', []],
    ['KILL QUERY 7', []],
    ['DO 1', []],
    ['DO SLEEP(5)', []],
    ['DO settle_orders(1)', [{ op: 'write' }]],
    ["KILL QUERY WHERE user = 'shop'", [{ op: 'wipe', wipes: 'server', note: 'kill acts on the whole server' }]],
    ['FLUSH PRIVILEGES', []],
    ['SELECT * FROM orders LIMIT 10', [{ op: 'read', unit: 'orders' }]],
    ['SELECT COUNT(*) FROM orders', [{ op: 'count', unit: 'orders' }]],
    ['SELECT count(*)::int AS n FROM "Orders"', [{ op: 'count', unit: 'Orders' }]],
    ['SELECT COUNT(*) FROM orders WHERE tenant_id = $1', [{ op: 'read', unit: 'orders' }]],
    ['SELECT * FROM orders ORDER BY id', [{ op: 'count', unit: 'orders', note: 'all rows' }]],
    ['SELECT (SELECT max(id) FROM invoices) FROM orders WHERE 1=1', [{ op: 'read', unit: 'orders' }]],
    ['SELECT datname FROM pg_database', [{ op: 'read', note: 'system catalogue' }]],
    ["SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname='public'", [{ op: 'read', note: 'system catalogue' }]],
    ['INSERT INTO public.orders (a) VALUES ($1) ON CONFLICT DO NOTHING', [{ op: 'write', unit: 'orders' }]],
    ['INSERT IGNORE INTO `orders` SET a = 1', [{ op: 'write', unit: 'orders' }]],
    ['INSERT OR REPLACE INTO kv VALUES (?, ?)', [{ op: 'write', unit: 'kv' }]],
    ['UPDATE orders SET a = 1 WHERE id = 2', [{ op: 'write', unit: 'orders' }]],
    ['UPDATE billing.orders SET a = 1', [{ op: 'write', unit: 'billing.orders', note: 'all rows' }]],
    ['DELETE FROM orders', [{ op: 'wipe', wipes: 'unit', unit: 'orders' }]],
    ['DELETE FROM orders;', [{ op: 'wipe', wipes: 'unit', unit: 'orders' }]],
    ['DELETE FROM orders WHERE true', [{ op: 'wipe', wipes: 'unit', unit: 'orders' }]],
    ['DELETE FROM orders WHERE 1 = 1', [{ op: 'wipe', wipes: 'unit', unit: 'orders' }]],
    ['DELETE FROM orders WHERE id IN (SELECT id FROM gone)', [{ op: 'write', unit: 'orders' }]],
    ['TRUNCATE orders', [{ op: 'wipe', wipes: 'unit', unit: 'orders' }]],
    [
      'TRUNCATE TABLE "orders", invoices RESTART IDENTITY CASCADE',
      [
        { op: 'wipe', wipes: 'unit', unit: 'orders', note: 'cascade' },
        { op: 'wipe', wipes: 'unit', unit: 'invoices', note: 'cascade' },
      ],
    ],
    ["LOAD DATA LOCAL INFILE 'orders.csv' INTO TABLE orders (a)", [{ op: 'write', unit: 'orders' }]],
    [
      'RENAME TABLE orders TO old, fresh TO orders',
      ['orders', 'old', 'fresh', 'orders'].map((unit) => ({ op: 'write', unit, note: 'changes the definition' })),
    ],
    ['TRUNCATE DATABASE app', [{ op: 'wipe', wipes: 'database', names: 'database', unit: 'app' }]],
    ['TRUNCATE ALL TABLES FROM app', [{ op: 'wipe', wipes: 'database', names: 'database', unit: 'app' }]],
    ['DROP TABLE IF EXISTS orders CASCADE', [{ op: 'wipe', wipes: 'unit', unit: 'orders' }]],
    ['DROP SCHEMA IF EXISTS  CASCADE', [{ op: 'drop', wipes: 'schema', names: 'schema' }]],
    ['DROP SCHEMA IF EXISTS app CASCADE', [{ op: 'drop', wipes: 'schema', names: 'schema', unit: 'app' }]],
    ['DROP DATABASE IF EXISTS "app_test" WITH (FORCE)', [{ op: 'drop', wipes: 'database', names: 'database', unit: 'app_test' }]],
    ['DROP ROLE tester', [{ op: 'drop', wipes: 'unit', names: 'role', unit: 'tester' }]],
    ['DROP OWNED BY tester', [{ op: 'wipe', wipes: 'database', note: 'drops all that a role owns' }]],
    ['CREATE DATABASE app_w1 TEMPLATE app_tpl', [{ op: 'create', names: 'database', unit: 'app_w1' }]],
    ['CREATE SCHEMA IF NOT EXISTS w1', [{ op: 'create', names: 'schema', unit: 'w1' }]],
    ['CREATE TABLE IF NOT EXISTS orders (id int)', [{ op: 'create', unit: 'orders' }]],
    ['CREATE UNIQUE INDEX CONCURRENTLY x ON orders (id)', [{ op: 'create', unit: 'orders' }]],
    ['CREATE TEMP TABLE scratch (id int)', []],
    ['ALTER TABLE ONLY orders ADD COLUMN a int', [{ op: 'write', unit: 'orders', note: 'changes the definition' }]],
    ["ALTER SYSTEM SET max_connections = '5'", [{ op: 'wipe', wipes: 'server', note: 'changes settings of the whole server' }]],
    ['SET search_path TO w1, public', [{ op: 'acquire', names: 'schema', unit: 'w1', note: 'search_path' }]],
    ["SET search_path = 'w1'", [{ op: 'acquire', names: 'schema', unit: 'w1', note: 'search_path' }]],
    ['SET FOREIGN_KEY_CHECKS = 0', []],
    ['SET GLOBAL max_connections = 5', [{ op: 'wipe', wipes: 'server', note: 'changes settings of the whole server' }]],
    ['USE `app_test`', [{ op: 'acquire', names: 'database', unit: 'app_test', note: 'use' }]],
    ["SELECT setval('orders_id_seq', 1)", [{ op: 'write', names: 'sequence', unit: 'orders_id_seq' }]],
    ['SELECT pg_advisory_lock(42)', [{ op: 'acquire', names: 'lock', unit: '42', note: 'advisory lock' }]],
    ['SELECT pg_terminate_backend(pid) FROM pg_stat_activity', [{ op: 'wipe', wipes: 'server', note: 'ends other sessions' }]],
    [
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'app'",
      [{ op: 'wipe', wipes: 'database', names: 'database', unit: 'app', note: 'ends other sessions' }],
    ],
    [
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1',
      [{ op: 'wipe', wipes: 'database', names: 'database', note: 'ends other sessions' }],
    ],
    [
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()',
      [{ op: 'wipe', wipes: 'database', note: 'ends other sessions' }],
    ],
    ['LOCK TABLE orders IN EXCLUSIVE MODE', [{ op: 'acquire', names: 'lock', unit: 'orders', note: 'lock' }]],
    ['BEGIN', [{ op: 'acquire', note: 'begin' }]],
    ['ROLLBACK', [{ op: 'release', note: 'rollback' }]],
    ['ROLLBACK TO SAVEPOINT a', [{ op: 'release', note: 'rollback to savepoint' }]],
    ['WITH gone AS (DELETE FROM orders RETURNING *) SELECT count(*) FROM gone', [{ op: 'wipe', wipes: 'unit', unit: 'orders' }]],
    [
      'WITH old AS (SELECT id FROM orders WHERE a < 1) DELETE FROM orders WHERE id IN (SELECT id FROM old)',
      [
        { op: 'read', unit: 'orders' },
        { op: 'write', unit: 'orders' },
      ],
    ],
    ['EXPLAIN ANALYZE DELETE FROM orders', [{ op: 'wipe', wipes: 'unit', unit: 'orders' }]],
    [
      "DO $$ DECLARE r RECORD; BEGIN FOR r IN (SELECT tablename FROM pg_tables) LOOP EXECUTE 'TRUNCATE TABLE ' || r.tablename; END LOOP; END $$",
      [{ op: 'wipe', wipes: 'database', note: 'a block over many tables' }],
    ],
    ['COPY orders FROM STDIN', [{ op: 'write', unit: 'orders' }]],
    ['SHOW search_path', [{ op: 'read' }]],
    ['PRAGMA journal_mode = WAL', []],
    ['', []],
  ])('%s', (text, expected) => {
    expect(one(text)).toEqual(expected);
  });

  test('several statements, comments and text that only looks like a statement', () => {
    const text = "-- TRUNCATE a;\nBEGIN; /* DROP TABLE b */ INSERT INTO c VALUES ('x; DELETE FROM d'); COMMIT;";
    expect(one(text)).toEqual([
      { op: 'acquire', note: 'begin' },
      { op: 'write', unit: 'c' },
      { op: 'release', note: 'commit' },
    ]);
  });

  test.each([
    [['TRUNCATE ', null, ' CASCADE'], [{ op: 'wipe', wipes: 'unit', note: 'cascade' }]],
    [['TRUNCATE TABLE "', null, '" RESTART IDENTITY'], [{ op: 'wipe', wipes: 'unit' }]],
    [['DELETE FROM ', null], [{ op: 'wipe', wipes: 'unit' }]],
    [['DELETE FROM orders ', null], [{ op: 'write', unit: 'orders' }]],
    [['DELETE FROM orders WHERE id = ', null], [{ op: 'write', unit: 'orders' }]],
    [['INSERT INTO orders_', null, ' VALUES (1)'], [{ op: 'write' }]],
    [['DROP SCHEMA "', null, '" CASCADE'], [{ op: 'drop', wipes: 'schema', names: 'schema' }]],
    [['CREATE DATABASE app_', null], [{ op: 'create', names: 'database' }]],
    [['SELECT * FROM orders ', null], [{ op: 'read', unit: 'orders' }]],
    [['SELECT * FROM ', null, '.orders WHERE id = 1'], [{ op: 'read' }]],
    [[null], []],
  ])('holes: %j', (parts, expected) => {
    expect(classifySql(parts)).toEqual(expected);
  });
});
