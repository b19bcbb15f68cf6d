import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['cassandra-driver'],
  language: 'typescript',
  versions: '4.x',
  source: 'read in the documentation of cassandra-driver 4.10',
  tokens: ['cassandra-driver'],
  types: { Client: 'Client' },
  typeOpening: { kind: 'cassandra' },
  calls: [
    {
      call: 'new Client',
      returns: 'Client',
      opens: {
        kind: 'cassandra',
        server: ['arg0.contactPoints.0', 'arg0.cloud.secureConnectBundle'],
        port: ['arg0.protocolOptions.port', '=9042'],
        name: ['arg0.keyspace', '=(none)'],
      },
      op: 'acquire',
      owes: 'client.shutdown()',
    },
    { call: on('Client', 'execute eachRow stream'), op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Client#batch', op: 'write' },
    { call: 'Client#connect', returns: 'receiver' },
    { call: 'Client#shutdown', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
