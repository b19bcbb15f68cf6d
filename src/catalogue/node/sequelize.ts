import type { CallSpec, LibraryEntry, Opening } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// The URL beats the options. `schema` qualifies model tables and leaves search_path alone.
const server = ['arg0@url.host', 'arg0.host', 'arg3.host', 'arg1.host', '=localhost'];
const port = ['arg0@url.port', 'arg0.port', 'arg3.port', 'arg1.port'];
const name = ['arg0@url.path', 'arg0.database', 'arg1.database'];
const file = ['arg0.storage', 'arg1.storage', 'arg3.storage'];
const privateNames = [':memory:', ''];

const postgresql: Opening = {
  kind: 'postgresql',
  server,
  port: [...port, '=5432'],
  name: [...name, 'arg0'],
  namespace: ['arg0.dialectOptions.options@search_path', 'arg1.dialectOptions.options@search_path', 'arg3.dialectOptions.options@search_path'],
  privateNames,
};
const mysql: Opening = { kind: 'mysql', server, port: [...port, '=3306'], name: [...name, 'arg0'], privateNames };
const sqlite: Opening = { kind: 'sqlite', server, port, name: [...file, 'arg0@url.path', '=:memory:'], privateNames };
const unknown: Opening = { kind: 'database', server, port, name: [...name, ...file, 'arg0'], privateNames };

const CREATES = 'new Sequelize|new default|new default.Sequelize';

/** The first dialect that is given decides, else the scheme of the URL. */
const byDialect = (dialects: string, opens: Opening): readonly CallSpec[] =>
  [
    [`arg0.dialect=${dialects}`],
    ['!arg0.dialect', `arg1.dialect=${dialects}`],
    ['!arg0.dialect', '!arg1.dialect', `arg3.dialect=${dialects}`],
    ['!arg0.dialect', '!arg1.dialect', '!arg3.dialect', `arg0@url.scheme=${dialects}`],
  ].map((when) => ({ call: CREATES, returns: 'Sequelize', op: 'acquire', owes: 'sequelize.close()', lazy: true, when, opens }));

export default {
  packages: ['sequelize', 'sequelize-typescript', '@sequelize/core'],
  language: 'typescript',
  versions: '5-7',
  source: 'measured with sequelize 6.37.8 on PostgreSQL 15.18',
  tokens: ['sequelize'],
  types: { Sequelize: 'Sequelize', Model: 'Model', ModelStatic: 'Model', ModelCtor: 'Model', QueryInterface: 'QueryInterface', Transaction: 'Transaction' },
  typeOpening: { kind: 'database' },
  calls: [
    ...byDialect('postgres|postgresql', postgresql),
    ...byDialect('mysql|mariadb', mysql),
    ...byDialect('sqlite|sqlite3', sqlite),
    { call: CREATES, returns: 'Sequelize', op: 'acquire', owes: 'sequelize.close()', lazy: true, otherwise: true, opens: unknown },
    { call: 'Sequelize#define', returns: 'Model', narrows: { unit: ['arg2.tableName', 'arg0'] } },
    { call: 'Sequelize#model', returns: 'Model', narrows: { unit: ['arg0'] } },
    { call: 'Sequelize#models.*.destroy', when: ['!arg0.where.*'], op: 'wipe', wipes: 'unit', unit: ['member'] },
    { call: 'Sequelize#models.*.truncate', op: 'wipe', wipes: 'unit', unit: ['member'] },
    { call: 'Sequelize#models.*.create|Sequelize#models.*.bulkCreate', op: 'write', unit: ['member'] },
    { call: on('Sequelize', 'getDialect getDatabaseName isDefined literal fn col cast where escape addHook'), idle: true },
    { call: on('Model', 'belongsTo belongsToMany hasMany hasOne getAttributes getTableName removeAttribute build addHook addScope beforeFind'), idle: true },
    { call: 'Sequelize#getQueryInterface', returns: 'QueryInterface' },
    { call: 'Sequelize#authenticate', op: 'read' },
    { call: 'Sequelize#query', when: ['arg0.query'], op: 'write', statement: { language: 'sql', in: 'arg0.query' } },
    { call: 'Sequelize#query', op: 'write', statement: { language: 'sql', in: 'arg0' }, otherwise: true },
    { call: 'Sequelize#sync', when: ['arg0.force=true'], op: 'wipe', wipes: 'database' },
    { call: 'Sequelize#sync', otherwise: true, op: 'create' },
    { call: on('Sequelize', 'drop truncate destroyAll'), op: 'wipe', wipes: 'database' },
    { call: 'Sequelize#dropAllSchemas', op: 'wipe', wipes: 'database' },
    { call: 'Sequelize#createSchema|QueryInterface#createSchema', op: 'create', unit: ['arg0'] },
    { call: 'Sequelize#dropSchema|QueryInterface#dropSchema', op: 'wipe', wipes: 'schema', unit: ['arg0'] },
    { call: 'Sequelize#transaction', when: ['!arg0'], returns: 'Transaction', owes: 'transaction.rollback()', owesKind: 'handle' },
    { call: 'Sequelize#transaction', when: ['arg1'], scoped: { callback: 'arg1', param: 0 }, returns: 'Transaction' },
    { call: 'Sequelize#transaction', otherwise: true, scoped: { callback: 'arg0', param: 0 }, returns: 'Transaction' },
    { call: 'Transaction#rollback|Transaction#commit', releases: 'receiver' },
    {
      call: 'Model#init',
      returns: 'Model',
      opens: { kind: 'database', same: ['arg1.sequelize'], unit: ['arg1.tableName', 'arg1.modelName'] },
    },
    { call: on('Model', 'create bulkCreate upsert update findOrCreate increment decrement restore'), op: 'write' },
    { call: on('Model', 'scope unscoped schema'), returns: 'receiver' },
    { call: 'Model#sync', when: ['arg0.force=true'], op: 'wipe', wipes: 'unit' },
    { call: 'Model#sync', otherwise: true, op: 'create' },
    { call: 'Model#drop|Model#truncate', op: 'wipe', wipes: 'unit' },
    { call: 'Model#destroy', when: ['arg0.truncate=true'], op: 'wipe', wipes: 'unit' },
    { call: 'Model#destroy', when: ['!arg0.truncate', '!arg0.where.*', 'arg0.where'], op: 'wipe', wipes: 'unit' },
    { call: 'Model#destroy', otherwise: true, op: 'write' },
    { call: on('Model', 'count findAll findAndCountAll'), when: ['!arg0.where', '!arg0.limit'], op: 'count' },
    { call: on('Model', 'count findAll findAndCountAll'), otherwise: true, op: 'read' },
    { call: on('Model', 'findOne findByPk sum max min'), op: 'read' },
    {
      call: on('QueryInterface', 'createTable addColumn removeColumn addIndex addConstraint changeColumn renameTable'),
      op: 'create',
      unit: ['arg0.tableName', 'arg0'],
    },
    { call: on('QueryInterface', 'bulkInsert bulkUpdate insert update'), op: 'write', unit: ['arg0.tableName', 'arg0'] },
    { call: 'QueryInterface#bulkDelete', when: ['!arg1.*'], op: 'wipe', wipes: 'unit', unit: ['arg0.tableName', 'arg0'] },
    { call: 'QueryInterface#bulkDelete', otherwise: true, op: 'write', unit: ['arg0.tableName', 'arg0'] },
    { call: 'QueryInterface#dropTable', op: 'wipe', wipes: 'unit', unit: ['arg0.tableName', 'arg0'] },
    { call: on('QueryInterface', 'dropAllTables dropAllSchemas dropAllEnums'), op: 'wipe', wipes: 'database' },
    { call: 'QueryInterface#createDatabase', op: 'create', unit: ['arg0'] },
    { call: 'QueryInterface#dropDatabase', op: 'wipe', wipes: 'database', unit: ['arg0'] },
    { call: 'Sequelize#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
