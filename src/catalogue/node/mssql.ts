import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['mssql', 'tedious', 'oracledb'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of mssql',
  tokens: ['mssql', 'tedious', 'oracledb'],
  types: { ConnectionPool: 'Pool' },
  typeOpening: { kind: 'database' },
  calls: [
    {
      call: 'connect|new ConnectionPool|default.connect|new default.ConnectionPool',
      returns: 'Pool',
      opens: {
        kind: 'database',
        server: ['arg0@url.host', 'arg0.server', '=localhost'],
        port: ['arg0@url.port', 'arg0.port', '=1433'],
        name: ['arg0@url.path', 'arg0.database', '=master'],
      },
      op: 'acquire',
      owes: 'pool.close()',
    },
    { call: 'Pool#connect', returns: 'receiver' },
    { call: 'Pool#request', returns: 'Request' },
    { call: 'Request#input', returns: 'receiver' },
    { call: 'Pool#query|Request#query|Request#batch|query|default.query', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Pool#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
