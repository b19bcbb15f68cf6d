import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// Without arguments the client takes instance and branch from the project's own files and variables.
export default {
  packages: ['edgedb', 'gel'],
  language: 'typescript',
  versions: '1-2',
  source: 'read in the documentation of the client',
  tokens: ['edgedb', 'gel'],
  types: { Client: 'Client', Executor: 'Client' },
  typeOpening: { kind: 'database' },
  calls: [
    {
      call: 'createClient|default.createClient|createHttpClient',
      returns: 'Client',
      opens: {
        kind: 'database',
        server: ['arg0.dsn@url.host', 'arg0@url.host', 'arg0.host', 'arg0.instanceName', 'env.EDGEDB_HOST', 'env.GEL_HOST', '=localhost'],
        port: ['arg0.dsn@url.port', 'arg0@url.port', 'arg0.port', '=5656'],
        name: ['arg0.branch', 'arg0.database', 'arg0.dsn@url.path', 'arg0@url.path', 'env.EDGEDB_BRANCH', 'env.EDGEDB_DATABASE', 'env.GEL_BRANCH'],
      },
      op: 'acquire',
      owes: 'client.close()',
    },
    { call: on('Client', 'withConfig withGlobals withRetryOptions withTransactionOptions'), returns: 'receiver' },
    { call: 'Client#execute', op: 'write' },
    { call: on('Client', 'query querySingle queryRequired queryRequiredSingle queryJSON querySingleJSON'), op: 'read' },
    { call: 'Client#transaction', scoped: { callback: 'arg0', param: 0 } },
    { call: 'Client#close|Client#terminate', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
