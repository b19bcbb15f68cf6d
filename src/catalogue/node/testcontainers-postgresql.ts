import type { LibraryEntry } from '../../model/catalogue.js';
import { containerModule } from '../families/testcontainers.js';

const module = containerModule('@testcontainers/postgresql', {
  container: 'PostgreSqlContainer',
  started: 'StartedPostgreSqlContainer',
  kind: 'postgresql',
  tells: 'getPort getConnectionUri',
});

export default {
  ...module,
  calls: [
    ...module.calls,
    { call: 'StartedPostgreSqlContainer#restoreSnapshot', op: 'wipe', wipes: 'database' },
    { call: 'StartedPostgreSqlContainer#snapshot', op: 'write' },
  ],
} satisfies LibraryEntry;
