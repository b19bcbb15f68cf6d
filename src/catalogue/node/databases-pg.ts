import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@databases/pg', '@databases/mysql'],
  language: 'typescript',
  versions: '5.x',
  source: 'read in the documentation of @databases/pg',
  tokens: ['@databases'],
  types: { ConnectionPool: 'Pool' },
  calls: [
    {
      call: 'default|createConnectionPool',
      returns: 'Pool',
      op: 'acquire',
      opens: {
        kind: 'database',
        server: ['arg0.connectionString@url.host', 'arg0@url.host', 'env.DATABASE_URL@url.host', '=localhost'],
        port: ['arg0.connectionString@url.port', 'arg0@url.port', 'env.DATABASE_URL@url.port'],
        name: ['arg0.connectionString@url.path', 'arg0@url.path', 'arg0.database', 'env.DATABASE_URL@url.path'],
      },
      owes: 'db.dispose()',
    },
    { call: 'sql|sql.file|default.sql|default.sql.file|createConnectionPool.sql|createConnectionPool.sql.file', returns: 'Query' },
    { call: 'Pool#query', op: 'write', statement: { language: 'sql', in: 'arg0@made.arg0' } },
    { call: 'Pool#tx|Pool#task', scoped: { callback: 'arg0', param: 0 }, returns: 'Pool' },
    { call: 'Pool#dispose', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
