import type { Opening } from '../../model/catalogue.js';
import type { ResourceKind } from '../../model/claims.js';

/** The server that options of TypeORM name, given to it or to Nest's module for it. The URL beats `database`. `port` is the one that the server has by default. */
export const dataSourceServer = (kind: ResourceKind, port?: string): Opening => ({
  kind,
  server: ['arg0.url@url.host', 'arg0.host', '=localhost'],
  port: ['arg0.url@url.port', 'arg0.port', ...(port ? [`=${port}`] : [])],
  name: ['arg0.url@url.path', 'arg0.database'],
});
