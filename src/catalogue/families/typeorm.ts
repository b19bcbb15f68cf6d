import type { Opening } from '../../model/catalogue.js';
import type { ResourceKind } from '../../model/claims.js';
import { defaultPort } from '../default-port.js';

/** The server that options of TypeORM name, given to it or to Nest's module for it. The URL beats `database`. */
export const dataSourceServer = (kind: ResourceKind): Opening => ({
  kind,
  server: ['arg0.url@url.host', 'arg0.host', '=localhost'],
  port: ['arg0.url@url.port', 'arg0.port', ...defaultPort(kind)],
  name: ['arg0.url@url.path', 'arg0.database'],
});
