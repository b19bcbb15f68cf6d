import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// The URL path beats `database`.
export default {
  packages: ['@clickhouse/client', '@clickhouse/client-web'],
  language: 'typescript',
  versions: '0.x-1.x',
  source: 'measured without a server, @clickhouse/client 1.23.1',
  tokens: ['@clickhouse/client'],
  types: { ClickHouseClient: 'Client' },
  typeOpening: { kind: 'clickhouse' },
  calls: [
    {
      call: 'createClient',
      returns: 'Client',
      opens: {
        kind: 'clickhouse',
        server: ['arg0.url@url.host', 'arg0.host@url.host', '=localhost'],
        port: ['arg0.url@url.port', 'arg0.host@url.port', '=8123'],
        name: ['arg0.url@url.path', 'arg0.database', '=default'],
      },
      op: 'acquire',
      owes: 'client.close()',
    },
    { call: on('Client', 'query command exec'), op: 'write', statement: { language: 'sql', in: 'arg0.query' } },
    { call: 'Client#insert', op: 'write', unit: ['arg0.table'] },
    { call: 'Client#close|Client#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
