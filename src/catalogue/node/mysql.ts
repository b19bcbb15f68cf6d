import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { mysqlConnections } from '../families/mysql.js';

export default {
  packages: ['mysql', 'promise-mysql'],
  language: 'typescript',
  versions: '2.x',
  source: 'read in the package source, mysql 2.18',
  tokens: ['mysql', 'promise-mysql'],
  types: { Pool: 'Pool', Connection: 'Connection', PoolConnection: 'PoolConnection' },
  typeOpening: { kind: 'mysql' },
  calls: [
    ...mysqlConnections('query'),
    { call: 'Connection#changeUser|PoolConnection#changeUser', narrows: { name: ['arg0.database'] }, returns: 'receiver' },
    { call: 'Pool#end', releases: 'receiver' },
    { call: on('Connection', 'end close destroy'), releases: 'receiver' },
    { call: on('PoolConnection', 'release end destroy'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
