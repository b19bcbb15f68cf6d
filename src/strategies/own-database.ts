import { strategy } from '../model/plan.js';
import { LIBRARY_NEEDS } from './support/ours.js';
import type { ServerKind } from './support/openings.js';
import { ownServer } from './support/own-server.js';

const NEEDS = {
  postgresql: 'The user may create databases (`CREATEDB`), and nobody has the database open while the first worker clones it.',
  mysql: 'The user may create databases; one with views, triggers or routines is not copied: migrate it in a hook.',
  sqlite: 'The file is copied where it is there; nothing else writes it meanwhile.',
  mongodb: 'The user may list and drop databases; each starts empty.',
} as const;

/** Without the worker's own, MongoDB and MySQL make it with the first write; PostgreSQL clones the one that the connection string names. */
export default strategy({
  id: 'own-database',
  kinds: ['postgresql', 'mysql', 'mongodb', 'sqlite'],
  summary: 'A database for each worker, made from the one that the tests name and dropped after the run.',
  plan(shared) {
    const kind = shared.resource.kind as Exclude<ServerKind, 'redis'>;
    const made = ownServer(shared, kind);
    return 'kind' in made
      ? made
      : {
          kind: 'plan',
          ...made,
          why: 'A worker of its own database meets nobody, whatever is written, emptied or counted in it.',
          needs: [...LIBRARY_NEEDS, NEEDS[kind]],
        };
  },
});
