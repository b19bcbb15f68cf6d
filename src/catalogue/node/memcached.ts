import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// `flush()` wipes every namespace.
export default {
  packages: ['memcached'],
  language: 'typescript',
  versions: '2.x',
  source: 'measured with memcached 2.2 on memcached 1.6.18',
  tokens: ['memcached'],
  calls: [
    {
      call: 'new default',
      returns: 'Client',
      opens: { kind: 'memcached', server: ['arg0', 'arg0.0', '=localhost:11211'], name: ['=memcached'], namespace: ['arg1.namespace'] },
      op: 'acquire',
      owes: 'memcached.end()',
    },
    { call: on('Client', 'set add replace incr decr append prepend cas del touch'), op: 'write', unit: ['arg0'] },
    { call: on('Client', 'get gets getMulti'), op: 'read', unit: ['arg0'] },
    { call: 'Client#flush|Client#flushAll', op: 'wipe', wipes: 'server' },
    { call: 'Client#end', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
