import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['mongodb-memory-server', 'mongodb-memory-server-core', 'mongodb-memory-server-global'],
  language: 'typescript',
  versions: '7-11',
  source: 'read in package types, mongodb-memory-server-core 11.3.0',
  tokens: ['mongodb-memory-server', 'mongodb-memory-server-core', 'mongodb-memory-server-global'],
  types: { MongoMemoryServer: 'Server', MongoMemoryReplSet: 'Server' },
  typeOpening: { kind: 'mongodb', isolated: 'own-server' },
  calls: [
    {
      call: 'MongoMemoryServer.create|MongoMemoryReplSet.create',
      returns: 'Server',
      opens: { kind: 'mongodb', isolated: 'own-server' },
      op: 'acquire',
      owes: 'mongod.stop()',
    },
    { call: 'new MongoMemoryServer|new MongoMemoryReplSet', returns: 'Server' },
    {
      call: 'Server#start|Server#ensureInstance',
      returns: 'receiver',
      opens: { kind: 'mongodb', isolated: 'own-server' },
      op: 'acquire',
      owes: 'mongod.stop()',
    },
    { call: 'Server#getUri|Server#getConnectionString', gives: { varies: 'call', source: 'mongodb-memory-server' } },
    { call: 'Server#stop|Server#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
