import type { LibraryEntry } from '../../model/catalogue.js';

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
    { call: 'Queue#add|Queue#addBulk|Queue#pause|Queue#resume|Queue#removeJobs|Queue#process', op: 'write' },
    { call: 'Queue#obliterate|Queue#empty|Queue#clean', op: 'wipe', wipes: 'unit' },
    {
      call: 'Queue#getJobCounts|Queue#count|Queue#getJobs|Queue#getWaiting|Queue#getActive|Queue#getCompleted|Queue#getFailed|Queue#getDelayed|Queue#getWaitingCount|Queue#getCompletedCount|Queue#getFailedCount',
      op: 'count',
    },
    { call: 'Queue#on|Queue#once|Queue#isReady', returns: 'receiver' },
    { call: 'Queue#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
