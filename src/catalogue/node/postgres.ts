import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// The option beats the URL. PGOPTIONS is not read; `?schema=` reaches the server and fails.
export default {
  packages: ['postgres'],
  language: 'typescript',
  versions: '3.x',
  source: 'measured with postgres 3.4.9 on PostgreSQL 15.18',
  tokens: ['postgres'],
  types: { Sql: 'Sql', TransactionSql: 'Transaction', ReservedSql: 'Reserved' },
  typeOpening: { kind: 'postgresql' },
  calls: [
    {
      call: 'default',
      returns: 'Sql',
      opens: {
        kind: 'postgresql',
        server: ['arg1.host', 'arg1.hostname', 'arg0@url.host', 'arg0.host', 'env.PGHOST', '=localhost'],
        port: ['arg1.port', 'arg0@url.port', 'arg0.port', 'env.PGPORT', '=5432'],
        name: [
          'arg1.database',
          'arg1.db',
          'arg0.database',
          'arg0.db',
          'arg0@url.path',
          'env.PGDATABASE',
          'arg1.username',
          'arg1.user',
          'arg0.username',
          'arg0.user',
          'arg0@url.user',
          'env.PGUSER',
          '=$USER',
        ],
        namespace: ['arg1.connection.search_path', 'arg0.connection.search_path', 'arg0@url.query.search_path', 'arg0@url.query.options@search_path'],
      },
      op: 'acquire',
      owes: 'sql.end()',
    },
    { call: on('Sql Transaction Reserved', '() unsafe'), op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: on('Sql Transaction Reserved', 'file'), op: 'write' },
    { call: 'Sql#reserve', returns: 'Reserved', owes: 'reserved.release()' },
    { call: 'Sql#begin', when: ['!arg1'], scoped: { callback: 'arg0', param: 0 }, returns: 'Transaction' },
    { call: 'Sql#begin', when: ['arg1'], scoped: { callback: 'arg1', param: 0 }, returns: 'Transaction' },
    { call: 'Transaction#savepoint', scoped: { callback: 'arg0', param: 0 }, returns: 'Transaction' },
    { call: 'Sql#notify', op: 'write', unit: ['arg0'] },
    { call: 'Sql#listen', op: 'read', unit: ['arg0'] },
    { call: 'Sql#end|Sql#close', releases: 'receiver' },
    { call: 'Reserved#release', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
