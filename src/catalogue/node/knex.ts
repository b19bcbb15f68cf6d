import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// The driver decides: for pg a connectionString beats `database`. A pool given as `connectionPool` is not ended by `destroy()`.
const CREATES = 'default|knex|Knex';
const hosts = ['arg0.connection.connectionString@url.host', 'arg0.connection@url.host', 'arg0@url.host', 'arg0.connection.host'];
const ports = ['arg0.connection.connectionString@url.port', 'arg0.connection@url.port', 'arg0@url.port', 'arg0.connection.port'];
const names = [
  'arg0.connection.connectionString@url.path',
  'arg0.connection@url.path',
  'arg0@url.path',
  'arg0.connection.database',
  'arg0.connection.filename',
];
const searchPath = ['arg0.searchPath.0', 'arg0.searchPath', 'arg0.connection.options@search_path'];
const privateNames = [':memory:', ''];
const filters = [
  'where',
  'andWhere',
  'whereIn',
  'whereNotIn',
  'whereNull',
  'whereNotNull',
  'whereBetween',
  'whereRaw',
  'whereNot',
  'whereExists',
  'whereLike',
  'limit',
];

export default {
  packages: ['knex'],
  language: 'typescript',
  versions: '0.95-3',
  source: 'measured with knex 3.3.0 on PostgreSQL 15.18',
  tokens: ['knex'],
  types: { Knex: 'Knex', 'Knex.Transaction': 'Transaction', 'Knex.QueryBuilder': 'Query', default: 'Knex' },
  typeOpening: { kind: 'database' },
  calls: [
    // Without `connection` it only builds queries.
    { call: CREATES, when: ['arg0.client', '!arg0.connection'], returns: 'Knex', opens: { kind: 'database', isolated: 'memory' } },
    {
      call: CREATES,
      when: ['arg0.client=pg|postgres|postgresql|pgnative|cockroachdb|redshift|pg-native', '?arg0.connection'],
      returns: 'Knex',
      opens: {
        kind: 'postgresql',
        same: ['arg0.connectionPool'],
        server: [...hosts, 'env.PGHOST', '=localhost'],
        port: [...ports, '=5432'],
        name: [...names, 'env.PGDATABASE', 'arg0.connection.user'],
        namespace: searchPath,
        privateNames,
      },
      op: 'acquire',
      owes: 'knex.destroy()',
    },
    {
      call: CREATES,
      when: ['arg0.client=mysql|mysql2|maria|mariadb', '?arg0.connection'],
      returns: 'Knex',
      opens: { kind: 'mysql', same: ['arg0.connectionPool'], server: [...hosts, '=localhost'], port: [...ports, '=3306'], name: names, privateNames },
      op: 'acquire',
      owes: 'knex.destroy()',
    },
    {
      call: CREATES,
      when: ['arg0.client=sqlite3|better-sqlite3|sqlite', '?arg0.connection', 'arg0.connection.filename=:memory:'],
      returns: 'Knex',
      opens: { kind: 'sqlite', isolated: 'memory' },
      op: 'acquire',
      owes: 'knex.destroy()',
    },
    {
      call: CREATES,
      when: ['arg0.client=sqlite3|better-sqlite3|sqlite', '?arg0.connection', '!arg0.connection.filename=:memory:'],
      returns: 'Knex',
      opens: { kind: 'sqlite', name: ['arg0.connection.filename', 'arg0.connection'], privateNames },
      op: 'acquire',
      owes: 'knex.destroy()',
    },
    {
      call: CREATES,
      otherwise: true,
      returns: 'Knex',
      opens: {
        kind: 'database',
        same: ['arg0.connectionPool'],
        server: [...hosts, '=localhost'],
        port: ports,
        name: names,
        namespace: searchPath,
        privateNames,
      },
      op: 'acquire',
      owes: 'knex.destroy()',
    },
    { call: on('Knex Transaction', 'from into table queryBuilder () withSchema'), returns: 'Query', narrows: { unit: ['arg0'] } },
    { call: 'Knex#select|Transaction#select', returns: 'Query' },
    { call: 'Knex#insert|Transaction#insert', returns: 'InsertInto' },
    { call: 'Knex#batchInsert|Transaction#batchInsert', op: 'write', unit: ['arg0'] },
    { call: on('Knex Transaction', 'raw schema.raw'), op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Knex#transaction|Transaction#transaction', when: ['arg0'], scoped: { callback: 'arg0', param: 0 }, returns: 'Transaction' },
    { call: on('Knex Transaction', 'transaction transactionProvider'), otherwise: true, returns: 'Transaction', owes: 'trx.rollback()', owesKind: 'handle' },
    {
      call: on('Knex Transaction', 'schema.createTable schema.createTableIfNotExists schema.alterTable schema.table schema.renameTable schema.createView'),
      op: 'create',
      unit: ['arg0'],
    },
    { call: on('Knex Transaction', 'schema.createSchema schema.createSchemaIfNotExists'), op: 'create', unit: ['arg0'] },
    {
      call: on('Knex Transaction', 'schema.dropTable schema.dropTableIfExists schema.dropView schema.dropViewIfExists'),
      op: 'wipe',
      wipes: 'unit',
      unit: ['arg0'],
    },
    { call: on('Knex Transaction', 'schema.dropSchema schema.dropSchemaIfExists'), op: 'wipe', wipes: 'schema', unit: ['arg0'] },
    { call: on('Knex Transaction', 'schema.hasTable schema.hasColumn'), op: 'read', unit: ['arg0'] },
    { call: 'Knex#schema.withSchema|Transaction#schema.withSchema', returns: 'Schema' },
    { call: on('Knex Transaction', 'migrate.latest migrate.up'), op: 'create' },
    { call: 'Knex#migrate.rollback|Transaction#migrate.rollback', when: ['arg1=true'], op: 'wipe', wipes: 'database' },
    { call: 'Knex#migrate.rollback|Transaction#migrate.rollback', otherwise: true, op: 'wipe', wipes: 'database' },
    { call: on('Knex Transaction', 'migrate.down migrate.forceFreeMigrationsLock'), op: 'write' },
    { call: on('Knex Transaction', 'migrate.list migrate.currentVersion migrate.status'), op: 'read' },
    { call: 'Knex#seed.run|Transaction#seed.run', op: 'write' },
    { call: 'Schema#dropTable|Schema#dropTableIfExists', op: 'wipe', wipes: 'unit', unit: ['arg0'] },
    { call: 'Schema#createTable', op: 'create', unit: ['arg0'] },
    { call: 'Query#*', returns: 'receiver' },
    {
      call: on(
        'Query',
        'where andWhere orWhere whereIn whereNotIn whereNull whereNotNull whereBetween whereRaw whereNot whereExists whereLike whereILike limit offset having',
      ),
      returns: 'Filtered',
    },
    { call: 'Filtered#*', returns: 'receiver' },
    { call: 'InsertInto#into', op: 'write', unit: ['arg0'] },
    { call: 'Query#insert|Query#upsert', op: 'write', returns: 'receiver' },
    { call: on('Query', 'update increment decrement'), op: 'write', returns: 'receiver' },
    { call: 'Query#del|Query#delete', unlessChained: filters, op: 'wipe', wipes: 'unit', returns: 'receiver' },
    { call: 'Query#truncate', op: 'wipe', wipes: 'unit' },
    { call: 'Query#count|Query#countDistinct', unlessChained: filters, op: 'count', returns: 'receiver' },
    { call: on('Filtered', 'del delete update insert increment decrement'), op: 'write', returns: 'receiver' },
    { call: on('Filtered', 'count countDistinct sum max min avg'), op: 'read', returns: 'receiver' },
    { call: 'Transaction#rollback|Transaction#commit', releases: 'receiver' },
    { call: 'Knex#destroy', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
