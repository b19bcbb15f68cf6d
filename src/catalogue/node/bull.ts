import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['bull'],
  language: 'typescript',
  versions: '3-4',
  source: 'read in package types, bull 4.16.5',
  tokens: ['bull'],
  types: { Queue: 'Queue' },
  typeOpening: { kind: 'redis' },
  calls: [
    {
      call: 'new default|default',
      returns: 'Queue',
      opens: {
        kind: 'redis',
        server: ['arg1@url.host', 'arg1.redis@url.host', 'arg1.redis.host', 'arg2.redis.host', '=localhost'],
        port: ['arg1@url.port', 'arg1.redis@url.port', 'arg1.redis.port', 'arg2.redis.port', '=6379'],
        name: ['arg1@url.path', 'arg1.redis@url.path', 'arg1.redis.db', 'arg2.redis.db', '=0'],
        namespace: ['arg1.prefix', 'arg2.prefix', 'arg1.redis.keyPrefix', '=bull'],
        unit: ['arg0'],
        indexLimit: 16,
      },
      op: 'acquire',
      owes: 'queue.close()',
    },
    { call: on('Queue', 'add addBulk pause resume removeJobs process'), op: 'write' },
    { call: on('Queue', 'obliterate empty clean'), op: 'wipe', wipes: 'unit' },
    {
      call: on('Queue', 'getJobCounts count getJobs getWaiting getActive getCompleted getFailed getDelayed getWaitingCount getCompletedCount getFailedCount'),
      op: 'count',
    },
    { call: on('Queue', 'on once isReady'), returns: 'receiver' },
    { call: 'Queue#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
