import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['bee-queue'],
  language: 'typescript',
  versions: '1-2',
  source: 'read in the documentation of bee-queue',
  tokens: ['bee-queue'],
  calls: [
    {
      call: 'new default',
      returns: 'Queue',
      opens: {
        kind: 'redis',
        server: ['arg1.redis.url@url.host', 'arg1.redis@url.host', 'arg1.redis.host', '=localhost'],
        port: ['arg1.redis.url@url.port', 'arg1.redis.port', '=6379'],
        name: ['arg1.redis.url@url.path', 'arg1.redis.db', '=0'],
        namespace: ['arg1.prefix', '=bq'],
        unit: ['arg0'],
        indexLimit: 16,
      },
      op: 'acquire',
      owes: 'queue.close()',
    },
    { call: 'Queue#createJob', returns: 'Job' },
    { call: 'Job#save|Queue#saveAll|Queue#process', op: 'write' },
    { call: 'Queue#destroy', op: 'wipe', wipes: 'unit' },
    { call: 'Queue#getJobs|Queue#checkHealth', op: 'count' },
    { call: 'Queue#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
