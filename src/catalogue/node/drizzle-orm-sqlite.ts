import { drizzle } from '../families/drizzle.js';

const privateNames = [':memory:', ''];

export default drizzle({
  packages: [
    'drizzle-orm/better-sqlite3',
    'drizzle-orm/libsql',
    'drizzle-orm/bun-sqlite',
    'drizzle-orm/better-sqlite3/migrator',
    'drizzle-orm/libsql/migrator',
    'drizzle-orm/sql-js',
  ],
  byConnection: { kind: 'sqlite', name: ['arg0.connection.source', 'arg0.connection.url', 'arg0.connection'], privateNames },
  byUrl: { kind: 'sqlite', name: ['arg0'], privateNames },
  byClient: { kind: 'sqlite', same: ['arg0.client', 'arg0'], name: ['arg0'], privateNames },
  migrated: { kind: 'sqlite', same: ['arg0'], name: ['arg0'] },
});
