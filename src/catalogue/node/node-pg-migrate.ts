import type { LibraryEntry, Opening } from '../../model/catalogue.js';

const migrated: Opening = {
  kind: 'postgresql',
  same: ['arg0.dbClient'],
  server: ['arg0.databaseUrl@url.host', 'arg0.databaseUrl.host'],
  port: ['arg0.databaseUrl@url.port'],
  name: ['arg0.databaseUrl@url.path', 'arg0.databaseUrl.database'],
  namespace: ['arg0.schema'],
};

export default {
  packages: ['node-pg-migrate', 'db-migrate', 'postgrator', 'postgres-migrations', 'pg-migrate'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of node-pg-migrate',
  tokens: ['migrat', 'postgrator'],
  calls: [
    { call: 'default|runner', when: ['arg0.direction=down'], op: 'wipe', wipes: 'database', opens: migrated },
    { call: 'default|runner', otherwise: true, op: 'create', opens: migrated },
    {
      call: 'migrate|createDb',
      op: 'create',
      opens: { kind: 'postgresql', same: ['arg0.client'], server: ['arg0.host', '=localhost'], port: ['arg0.port', '=5432'], name: ['arg0.database', 'arg0'] },
    },
  ],
} satisfies LibraryEntry;
