import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['duckdb', '@duckdb/node-api', 'duckdb-async'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of duckdb',
  tokens: ['duckdb'],
  calls: [
    {
      call: 'new Database|DuckDBInstance.create|Database.create',
      returns: 'Db',
      op: 'acquire',
      opens: { kind: 'sqlite', name: ['arg0'], privateNames: [':memory:', ''], randomByDefault: true },
    },
    { call: 'Db#connect', returns: 'receiver' },
    { call: on('Db', 'run exec all each'), op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Db#close|Db#closeSync', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
