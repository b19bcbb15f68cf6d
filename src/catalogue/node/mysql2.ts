import type { LibraryEntry } from '../../model/catalogue.js';

// The option beats `uri`, unlike pg.
export default {
  packages: ['mysql2', 'mysql2/promise'],
  language: 'typescript',
  versions: '2-3',
  source: 'measured with mysql2 3.24.5 on MariaDB 10.11.19',
  tokens: ['mysql2'],
  types: { Pool: 'Pool', Connection: 'Connection', PoolConnection: 'PoolConnection' },
  typeOpening: { kind: 'mysql' },
  calls: [
    {
      call: 'createConnection',
      returns: 'Connection',
      opens: {
        kind: 'mysql',
        server: ['arg0.host', 'arg0.uri@url.host', 'arg0@url.host', '=localhost'],
        port: ['arg0.port', 'arg0.uri@url.port', 'arg0@url.port', '=3306'],
        name: ['arg0.database', 'arg0.uri@url.path', 'arg0@url.path', '=(none)'],
      },
      op: 'acquire',
      owes: 'connection.end()',
    },
    {
      call: 'createPool',
      returns: 'Pool',
      opens: {
        kind: 'mysql',
        server: ['arg0.host', 'arg0.uri@url.host', 'arg0@url.host', '=localhost'],
        port: ['arg0.port', 'arg0.uri@url.port', 'arg0@url.port', '=3306'],
        name: ['arg0.database', 'arg0.uri@url.path', 'arg0@url.path', '=(none)'],
      },
      op: 'acquire',
      owes: 'pool.end()',
    },
    { call: 'createPoolCluster', returns: 'Cluster', owes: 'cluster.end()' },
    {
      call: 'Cluster#add',
      when: ['arg1'],
      opens: { kind: 'mysql', server: ['arg1.host', '=localhost'], port: ['arg1.port', '=3306'], name: ['arg1.database'] },
      op: 'acquire',
    },
    {
      call: 'Cluster#add',
      otherwise: true,
      opens: {
        kind: 'mysql',
        server: ['arg0.host', 'arg0.uri@url.host', 'arg0@url.host', '=localhost'],
        port: ['arg0.port', 'arg0.uri@url.port', 'arg0@url.port', '=3306'],
        name: ['arg0.database', 'arg0.uri@url.path', 'arg0@url.path', '=(none)'],
      },
      op: 'acquire',
    },
    { call: 'Cluster#of', returns: 'Pool' },
    { call: 'Cluster#end', releases: 'receiver' },
    { call: 'Pool#getConnection', when: ['!arg0'], returns: 'PoolConnection', owes: 'connection.release()' },
    { call: 'Pool#getConnection', otherwise: true, returns: 'PoolConnection' },
    {
      call: 'Pool#query|Pool#execute|Connection#query|Connection#execute|PoolConnection#query|PoolConnection#execute',
      when: ['arg0.sql'],
      op: 'write',
      statement: { language: 'sql', in: 'arg0.sql' },
    },
    {
      call: 'Pool#query|Pool#execute|Connection#query|Connection#execute|PoolConnection#query|PoolConnection#execute',
      otherwise: true,
      op: 'write',
      statement: { language: 'sql', in: 'arg0' },
    },
    { call: 'Pool#promise|Connection#promise', returns: 'receiver' },
    { call: 'Connection#changeUser|PoolConnection#changeUser', narrows: { name: ['arg0.database'] }, returns: 'receiver' },
    { call: 'Pool#end|Pool#[asyncDispose]|Pool#[dispose]', releases: 'receiver' },
    { call: 'Connection#end|Connection#close|Connection#destroy|Connection#[asyncDispose]|Connection#[dispose]', releases: 'receiver' },
    { call: 'PoolConnection#release|PoolConnection#end|PoolConnection#destroy|PoolConnection#[asyncDispose]|PoolConnection#[dispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
