import type { LibraryEntry, Opening } from '../../model/catalogue.js';
import type { ResourceKind } from '../../model/claims.js';
import { on } from '../call-lists.js';
import { defaultPort } from '../default-port.js';

/** What MikroORM opens on a server. `dbName` beats `clientUrl`; in 6 MIKRO_ORM_DB_NAME beats both. */
export const mikroOrmServer = (kind: ResourceKind): Opening => ({
  kind,
  server: ['arg0.clientUrl@url.host', 'arg0.host', 'env.MIKRO_ORM_HOST', '=localhost'],
  port: ['arg0.clientUrl@url.port', 'arg0.port', ...defaultPort(kind)],
  name: ['arg0.dbName', 'env.MIKRO_ORM_DB_NAME', 'arg0.clientUrl@url.path'],
  namespace: ['arg0.schema', 'arg0.clientUrl@url.query.schema', 'env.MIKRO_ORM_SCHEMA'],
  privateNames: [':memory:', ''],
});

/** A package of MikroORM: each exports the same classes over a database of its own. `ensureDatabase` creates the database itself. */
export const mikroOrm = (packages: readonly string[], opens: Opening): LibraryEntry => ({
  packages,
  language: 'typescript',
  versions: '5-7',
  source: 'measured with MikroORM 6.6.16 and 7.2.2',
  tokens: ['@mikro-orm'],
  types: { MikroORM: 'Orm', EntityManager: 'Em', SqlEntityManager: 'Em', EntityRepository: 'Repository' },
  typeOpening: { kind: opens.kind },
  calls: [
    {
      call: 'MikroORM.init|MikroORM.initSync|new MikroORM',
      returns: 'Orm',
      opens,
      op: 'acquire',
      owes: 'orm.close()',
    },
    { call: on('Orm', 'schema.refreshDatabase schema.refresh schema.clearDatabase schema.clear schema.dropSchema schema.drop'), op: 'wipe', wipes: 'database' },
    { call: 'Orm#schema.dropDatabase', op: 'wipe', wipes: 'database', unit: ['arg0'] },
    {
      call: on(
        'Orm',
        'schema.createSchema schema.create schema.updateSchema schema.update schema.ensureDatabase schema.createDatabase migrator.up getMigrator.up',
      ),
      op: 'create',
    },
    { call: 'Orm#getSchemaGenerator', returns: 'Generator' },
    { call: on('Generator', 'refreshDatabase refresh clearDatabase clear dropSchema drop dropDatabase'), op: 'wipe', wipes: 'database' },
    { call: on('Generator', 'createSchema create updateSchema update ensureDatabase createDatabase'), op: 'create' },
    { call: 'Orm#getMigrator', returns: 'Migrator' },
    { call: 'Migrator#up', op: 'create' },
    { call: 'Migrator#down|Orm#migrator.down', op: 'wipe', wipes: 'database' },
    { call: 'Orm#getSeeder', returns: 'Seeder' },
    { call: 'Seeder#seed|Seeder#seedString|Orm#seeder.seed', op: 'write' },
    { call: 'Orm#em.fork|Em#fork', returns: 'Em' },
    { call: 'Em#getRepository|Orm#em.getRepository', returns: 'Repository', narrows: { unit: ['arg0'] } },
    {
      call: `${on('Em', 'persistAndFlush flush commit removeAndFlush insert insertMany upsert upsertMany')}|${on('Orm', 'em.persistAndFlush em.flush em.insert em.insertMany em.upsert')}`,
      op: 'write',
    },
    { call: 'Em#nativeDelete|Orm#em.nativeDelete', when: ['!arg1.*'], op: 'wipe', wipes: 'unit', unit: ['arg0'] },
    { call: 'Em#nativeDelete|Orm#em.nativeDelete', otherwise: true, op: 'write', unit: ['arg0'] },
    { call: 'Repository#nativeDelete', when: ['!arg0.*'], op: 'wipe', wipes: 'unit' },
    { call: on('Repository', 'insert nativeDelete nativeUpdate upsert'), otherwise: true, op: 'write' },
    { call: 'Em#count|Em#find|Orm#em.count|Orm#em.find', when: ['!arg1.*'], op: 'count', unit: ['arg0'] },
    {
      call: `${on('Em', 'count find findOne findOneOrFail findAndCount')}|${on('Orm', 'em.find em.count em.findOne')}`,
      otherwise: true,
      op: 'read',
      unit: ['arg0'],
    },
    { call: 'Em#execute|Em#getConnection.execute|Orm#em.execute|Orm#em.getConnection.execute', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Em#transactional|Orm#em.transactional', scoped: { callback: 'arg0', param: 0 }, returns: 'Em' },
    { call: 'Em#begin', returns: 'receiver', owes: 'em.rollback()', owesKind: 'handle' },
    { call: 'Em#rollback', releases: 'receiver' },
    { call: 'Orm#close|Orm#[asyncDispose]', releases: 'receiver' },
  ],
});
