import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@prisma/adapter-pg', '@prisma/adapter-mariadb', '@prisma/adapter-better-sqlite3', '@prisma/adapter-libsql'],
  language: 'typescript',
  versions: '5-7',
  source: 'measured with @prisma/adapter-pg 7.10.1',
  tokens: ['@prisma/adapter'],
  calls: [
    {
      call: 'new PrismaPg',
      returns: 'Adapter',
      opens: {
        kind: 'postgresql',
        same: ['arg0'],
        server: ['arg0.connectionString@url.host', 'arg0@url.host', 'arg0.host', 'env.PGHOST', '=localhost'],
        port: ['arg0.connectionString@url.port', 'arg0@url.port', 'arg0.port', '=5432'],
        name: ['arg0.connectionString@url.path', 'arg0@url.path', 'arg0.database', 'env.PGDATABASE'],
        namespace: ['arg0.options@search_path'],
      },
    },
    {
      call: 'new PrismaMariaDb',
      returns: 'Adapter',
      opens: {
        kind: 'mysql',
        server: ['arg0@url.host', 'arg0.host', '=localhost'],
        port: ['arg0@url.port', 'arg0.port', '=3306'],
        name: ['arg0@url.path', 'arg0.database'],
      },
    },
    {
      call: 'new PrismaBetterSqlite3|new PrismaBetterSQLite3|new PrismaLibSQL|new PrismaLibSql',
      returns: 'Adapter',
      opens: { kind: 'sqlite', name: ['arg0.url'], privateNames: [':memory:', 'file::memory:'] },
    },
  ],
} satisfies LibraryEntry;
