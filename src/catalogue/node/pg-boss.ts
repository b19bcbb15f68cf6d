import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['pg-boss'],
  language: 'typescript',
  versions: '6-11',
  source: 'read in the documentation of pg-boss',
  tokens: ['pg-boss'],
  types: { PgBoss: 'Boss' },
  typeOpening: { kind: 'postgresql', namespace: ['=pgboss'] },
  calls: [
    {
      call: 'new default|new PgBoss',
      returns: 'Boss',
      opens: {
        kind: 'postgresql',
        server: ['arg0.connectionString@url.host', 'arg0@url.host', 'arg0.host', '=localhost'],
        port: ['arg0.connectionString@url.port', 'arg0@url.port', 'arg0.port', '=5432'],
        name: ['arg0.connectionString@url.path', 'arg0@url.path', 'arg0.database'],
        namespace: ['arg0.schema', '=pgboss'],
      },
      op: 'acquire',
    },
    { call: 'Boss#start', returns: 'receiver', op: 'create', owes: 'boss.stop()' },
    { call: on('Boss', 'send publish insert schedule work createQueue updateQueue cancel complete fail sendAfter'), op: 'write', unit: ['arg0'] },
    { call: 'Boss#fetch', op: 'write', unit: ['arg0'] },
    { call: on('Boss', 'deleteQueue purgeQueue clearStorage'), op: 'wipe', wipes: 'schema', unit: ['arg0'] },
    { call: on('Boss', 'getQueueSize getQueues countStates'), op: 'count', unit: ['arg0'] },
    { call: 'Boss#on', returns: 'receiver' },
    { call: 'Boss#stop', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
