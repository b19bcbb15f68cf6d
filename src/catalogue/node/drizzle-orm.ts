import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['drizzle-orm', 'drizzle-orm/pg-core', 'drizzle-orm/mysql-core', 'drizzle-orm/sqlite-core', 'drizzle-seed'],
  language: 'typescript',
  versions: '0.29-0.45',
  source: 'read in package types, drizzle-orm 0.45.4',
  tokens: ['drizzle'],
  calls: [
    { call: 'pgTable|mysqlTable|sqliteTable', returns: 'Table' },
    { call: 'pgSchema|mysqlSchema', returns: 'Schema' },
    { call: 'Schema#table', returns: 'Table' },
    { call: 'sql|sql.raw', returns: 'Sql' },
    { call: 'reset', op: 'wipe', wipes: 'database', opens: { kind: 'database', same: ['arg0'], name: ['arg0'] } },
    { call: 'seed', op: 'write', opens: { kind: 'database', same: ['arg0'], name: ['arg0'] } },
  ],
} satisfies LibraryEntry;
