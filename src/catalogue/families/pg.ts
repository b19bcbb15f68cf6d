import type { Opening } from '../../model/catalogue.js';
import { UNNAMED_DATABASE } from '../../model/pointed.js';

/** What pg connects to. The URL beats `database`, and a URL without a path cancels it: PGDATABASE, then the user name. */
export const pgAddress: Opening = {
  kind: 'postgresql',
  server: ['arg0.connectionString@url.host', 'arg0@url.host', 'arg0.host', 'env.PGHOST', '=localhost'],
  port: ['arg0.connectionString@url.port', 'arg0@url.port', 'arg0.port', 'env.PGPORT', '=5432'],
  name: [
    'arg0.connectionString@url.path',
    'arg0@url.path',
    'arg0.database',
    `env.${UNNAMED_DATABASE.variable}`,
    'arg0.connectionString@url.user',
    'arg0@url.user',
    'arg0.user',
    'env.PGUSER',
    `=${UNNAMED_DATABASE.name}`,
  ],
  namespace: [
    'arg0.options@search_path',
    'arg0.connectionString@url.query.options@search_path',
    'arg0@url.query.options@search_path',
    'env.PGOPTIONS@search_path',
  ],
};
