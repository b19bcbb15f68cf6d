import { drizzle, drizzleServer } from '../families/drizzle.js';

// Migrations are recorded in the schema `drizzle` unless `migrationsSchema` is given: with a schema per worker the second worker migrates nothing.
export default drizzle({
  packages: [
    'drizzle-orm/node-postgres',
    'drizzle-orm/postgres-js',
    'drizzle-orm/pglite',
    'drizzle-orm/node-postgres/migrator',
    'drizzle-orm/postgres-js/migrator',
    'drizzle-orm/pglite/migrator',
    'drizzle-orm/neon-http',
    'drizzle-orm/vercel-postgres',
  ],
  ...drizzleServer('postgresql'),
  migrated: { kind: 'postgresql', same: ['arg0'], namespace: ['arg1.migrationsSchema', '=drizzle'], name: ['arg0'] },
});
