import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { mysqlConnections } from '../families/mysql.js';

export default {
  packages: ['mariadb', 'mariadb/callback'],
  language: 'typescript',
  versions: '3.x',
  source: 'read in package types, mariadb 3.5.4',
  tokens: ['mariadb'],
  types: { Pool: 'Pool', Connection: 'Connection', PoolConnection: 'PoolConnection' },
  typeOpening: { kind: 'mysql' },
  calls: [
    ...mysqlConnections('query execute batch'),
    { call: on('Pool Connection PoolConnection', 'importFile'), op: 'write', narrows: { name: ['arg0.database'] } },
    { call: 'Connection#changeUser|PoolConnection#changeUser', narrows: { name: ['arg0.database'] }, returns: 'receiver' },
    { call: 'Pool#end|Pool#[asyncDispose]', releases: 'receiver' },
    { call: on('Connection', 'end close destroy [asyncDispose]'), releases: 'receiver' },
    { call: on('PoolConnection', 'release end destroy [asyncDispose]'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
