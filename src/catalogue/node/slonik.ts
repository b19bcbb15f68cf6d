import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// Connections go back to the pool through DISCARD ALL, so `SET search_path` does not last.
export default {
  packages: ['slonik'],
  language: 'typescript',
  versions: '33-47',
  source: 'measured with slonik 47.3.2',
  tokens: ['slonik'],
  types: { DatabasePool: 'Pool', DatabasePoolConnection: 'Pool', DatabaseTransactionConnection: 'Pool', CommonQueryMethods: 'Pool' },
  typeOpening: { kind: 'postgresql' },
  calls: [
    {
      call: 'createPool',
      returns: 'Pool',
      opens: {
        kind: 'postgresql',
        server: ['arg0@url.host', '=localhost'],
        port: ['arg0@url.port', '=5432'],
        name: ['arg0@url.path', 'arg0@url.user'],
        namespace: ['arg0@url.query.options@search_path'],
      },
      op: 'acquire',
      owes: 'pool.end()',
    },
    { call: 'sql.unsafe|sql.fragment|sql.type|sql', returns: 'Query' },
    {
      call: on('Pool', 'query any many one maybeOne anyFirst manyFirst oneFirst maybeOneFirst exists stream'),
      op: 'write',
      statement: { language: 'sql', in: 'arg0@made.arg0' },
    },
    { call: 'Pool#connect|Pool#transaction', scoped: { callback: 'arg0', param: 0 }, returns: 'Pool' },
    { call: 'Pool#end', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
