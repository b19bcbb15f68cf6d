import type { CallSpec, Opening } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { runsSql } from './sql.js';

/** What the options name, or a URL. The option beats `uri`, unlike pg. */
const address: Opening = {
  kind: 'mysql',
  server: ['arg0.host', 'arg0.uri@url.host', 'arg0@url.host', '=localhost'],
  port: ['arg0.port', 'arg0.uri@url.port', 'arg0@url.port', '=3306'],
  name: ['arg0.database', 'arg0.uri@url.path', 'arg0@url.path', '=(none)'],
};

/** Connections and pools as mysql made them, and mysql2 and mariadb after it; `queries` are the methods that take SQL. */
export const mysqlConnections = (queries: string): readonly CallSpec[] => [
  { call: 'createConnection', returns: 'Connection', opens: address, op: 'acquire', owes: 'connection.end()' },
  { call: 'createPool', returns: 'Pool', opens: address, op: 'acquire', owes: 'pool.end()', lazy: true },
  { call: 'createPoolCluster', returns: 'Cluster', owes: 'cluster.end()' },
  {
    call: 'Cluster#add',
    when: ['arg1'],
    opens: { kind: 'mysql', server: ['arg1.host', '=localhost'], port: ['arg1.port', '=3306'], name: ['arg1.database'] },
    op: 'acquire',
  },
  { call: 'Cluster#add', otherwise: true, opens: address, op: 'acquire' },
  { call: 'Cluster#of', returns: 'Pool' },
  { call: 'Cluster#end', releases: 'receiver' },
  { call: 'Pool#getConnection', when: ['!arg0'], returns: 'PoolConnection', owes: 'connection.release()' },
  { call: 'Pool#getConnection', otherwise: true, returns: 'PoolConnection' },
  ...runsSql(on('Pool Connection PoolConnection', queries), 'arg0.sql'),
];
