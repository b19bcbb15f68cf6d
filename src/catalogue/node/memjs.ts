import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['memjs'],
  language: 'typescript',
  versions: '1.x',
  source: 'read in the documentation of memjs',
  tokens: ['memjs'],
  calls: [
    {
      call: 'Client.create',
      returns: 'Client',
      opens: {
        kind: 'memcached',
        server: ['arg0', 'env.MEMCACHIER_SERVERS', 'env.MEMCACHE_SERVERS', '=localhost:11211'],
        name: ['=memcached'],
        namespace: ['arg1.keyPrefix'],
      },
      op: 'acquire',
      owes: 'client.quit()',
    },
    { call: on('Client', 'set add replace increment decrement append prepend delete touch'), op: 'write', unit: ['arg0'] },
    { call: 'Client#get', op: 'read', unit: ['arg0'] },
    { call: 'Client#flush', op: 'wipe', wipes: 'server' },
    { call: 'Client#quit|Client#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
