import { drizzle, drizzleServer } from '../families/drizzle.js';

export default drizzle({
  packages: ['drizzle-orm/mysql2', 'drizzle-orm/mysql2/migrator'],
  ...drizzleServer('mysql'),
  migrated: { kind: 'mysql', same: ['arg0'], name: ['arg0'] },
});
