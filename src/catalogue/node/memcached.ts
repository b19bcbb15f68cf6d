import type { LibraryEntry } from '../../model/catalogue.js';

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
    {
      call: 'Client#set|Client#add|Client#replace|Client#incr|Client#decr|Client#append|Client#prepend|Client#cas|Client#del|Client#touch',
      op: 'write',
      unit: ['arg0'],
    },
    { call: 'Client#get|Client#gets|Client#getMulti', op: 'read', unit: ['arg0'] },
    { call: 'Client#flush|Client#flushAll', op: 'wipe', wipes: 'server' },
    { call: 'Client#end', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
