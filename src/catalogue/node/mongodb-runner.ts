import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['mongodb-runner'],
  language: 'typescript',
  versions: '5-6',
  source: 'read in the README of mongodb-runner 6',
  tokens: ['mongodb-runner'],
  types: { MongoCluster: 'Cluster', MongoServer: 'Cluster' },
  typeOpening: { kind: 'mongodb', isolated: 'own-server' },
  calls: [
    {
      call: 'MongoCluster.start|MongoServer.start',
      returns: 'Cluster',
      opens: { kind: 'mongodb', isolated: 'own-server' },
      op: 'acquire',
      owes: 'cluster.close()',
    },
    { call: 'Cluster#connectionString', gives: { varies: 'call', source: 'mongodb-runner' } },
    { call: 'Cluster#close|Cluster#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
