import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { mysqlConnections } from '../families/mysql.js';

export default {
  packages: ['mysql2', 'mysql2/promise'],
  language: 'typescript',
  versions: '2-3',
  source: 'measured with mysql2 3.24.5 on MariaDB 10.11.19',
  tokens: ['mysql2'],
  types: { Pool: 'Pool', Connection: 'Connection', PoolConnection: 'PoolConnection' },
  typeOpening: { kind: 'mysql' },
  calls: [
    ...mysqlConnections('query execute'),
    { call: 'Pool#promise|Connection#promise', returns: 'receiver' },
    { call: 'Connection#changeUser|PoolConnection#changeUser', narrows: { name: ['arg0.database'] }, returns: 'receiver' },
    { call: on('Pool', 'end [asyncDispose] [dispose]'), releases: 'receiver' },
    { call: on('Connection', 'end close destroy [asyncDispose] [dispose]'), releases: 'receiver' },
    { call: on('PoolConnection', 'release end destroy [asyncDispose] [dispose]'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
