import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { runsSql } from '../families/sql.js';

export default {
  packages: ['@libsql/client', '@libsql/client/sqlite3', '@libsql/client/node', '@libsql/client/http'],
  language: 'typescript',
  versions: '0.5-0.15',
  source: 'read in the documentation of @libsql/client',
  tokens: ['@libsql/client'],
  types: { Client: 'Client' },
  typeOpening: { kind: 'sqlite' },
  calls: [
    { call: 'createClient', when: ['arg0.url=:memory:|file::memory:'], returns: 'Client', opens: { kind: 'sqlite', isolated: 'memory' }, op: 'acquire' },
    {
      call: 'createClient',
      otherwise: true,
      returns: 'Client',
      opens: { kind: 'sqlite', server: ['arg0.url@url.host'], name: ['arg0.url'] },
      op: 'acquire',
      owes: 'client.close()',
    },
    ...runsSql(on('Client', 'execute batch executeMultiple migrate'), 'arg0.sql'),
    { call: 'Client#transaction', returns: 'Client', owes: 'transaction.close()' },
    { call: 'Client#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
