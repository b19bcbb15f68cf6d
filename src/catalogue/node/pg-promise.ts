import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['pg-promise'],
  language: 'typescript',
  versions: '10-12',
  source: 'measured with pg-promise 12.7.1',
  tokens: ['pg-promise'],
  types: { IDatabase: 'Database', IMain: 'Main', ITask: 'Database' },
  typeOpening: { kind: 'postgresql' },
  calls: [
    { call: 'default', returns: 'Main', owes: 'pgp.end()', owesKind: 'handle' },
    {
      call: 'Main#()',
      returns: 'Database',
      opens: {
        kind: 'postgresql',
        server: ['arg0.connectionString@url.host', 'arg0@url.host', 'arg0.host', 'env.PGHOST', '=localhost'],
        port: ['arg0.connectionString@url.port', 'arg0@url.port', 'arg0.port', 'env.PGPORT', '=5432'],
        name: [
          'arg0.connectionString@url.path',
          'arg0@url.path',
          'arg0.database',
          'env.PGDATABASE',
          'arg0.connectionString@url.user',
          'arg0@url.user',
          'arg0.user',
          'env.PGUSER',
          '=$USER',
        ],
        namespace: [
          'arg0.options@search_path',
          'arg0.connectionString@url.query.options@search_path',
          'arg0@url.query.options@search_path',
          'env.PGOPTIONS@search_path',
        ],
      },
      op: 'acquire',
    },
    {
      call: 'Database#none|Database#any|Database#one|Database#oneOrNone|Database#many|Database#manyOrNone|Database#query|Database#result|Database#multi|Database#multiResult|Database#each|Database#map|Database#stream',
      when: ['arg0.text'],
      op: 'write',
      statement: { language: 'sql', in: 'arg0.text' },
    },
    {
      call: 'Database#none|Database#any|Database#one|Database#oneOrNone|Database#many|Database#manyOrNone|Database#query|Database#result|Database#multi|Database#multiResult|Database#each|Database#map|Database#stream',
      otherwise: true,
      op: 'write',
      statement: { language: 'sql', in: 'arg0' },
    },
    { call: 'Database#tx|Database#task|Database#txIf|Database#taskIf', when: ['!arg1'], scoped: { callback: 'arg0', param: 0 }, returns: 'Database' },
    { call: 'Database#tx|Database#task|Database#txIf|Database#taskIf', when: ['arg1'], scoped: { callback: 'arg1', param: 0 }, returns: 'Database' },
    { call: 'Database#connect', returns: 'Connected', owes: 'connection.done()' },
    { call: 'Connected#done', releases: 'receiver' },
    {
      call: 'Connected#none|Connected#any|Connected#one|Connected#oneOrNone|Connected#many|Connected#query|Connected#result',
      op: 'write',
      statement: { language: 'sql', in: 'arg0' },
    },
    { call: 'Database#$pool.end', releases: 'receiver' },
    { call: 'Main#end', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
