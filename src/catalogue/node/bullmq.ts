import type { LibraryEntry, Opening } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

/** Keys are `{prefix}:{queue}:...`. An ioredis `keyPrefix` throws or leaves half of the keys unprefixed. `options` is the argument that holds them. */
const inRedis = (options: string, unit: readonly string[]): Opening => ({
  kind: 'redis',
  same: [`${options}.connection`],
  server: [`${options}.connection.url@url.host`, `${options}.connection.host`, '=localhost'],
  port: [`${options}.connection.url@url.port`, `${options}.connection.port`, '=6379'],
  name: [`${options}.connection.url@url.path`, `${options}.connection.db`, '=0'],
  namespace: [`${options}.prefix`, '=bull'],
  unit,
  indexLimit: 16,
});

export default {
  packages: ['bullmq'],
  language: 'typescript',
  versions: '1-6',
  source: 'measured with bullmq 5.81.5 and 6.7.0 on Redis 7.0.15',
  tokens: ['bullmq'],
  types: { Queue: 'Queue', Worker: 'Worker', QueueEvents: 'QueueEvents', FlowProducer: 'FlowProducer' },
  typeOpening: { kind: 'redis' },
  calls: [
    { call: 'new Queue', returns: 'Queue', opens: inRedis('arg1', ['arg0']), op: 'acquire', owes: 'queue.close()' },
    { call: 'new QueueEvents|new QueueScheduler', returns: 'QueueEvents', opens: inRedis('arg1', ['arg0']), op: 'acquire', owes: 'queueEvents.close()' },
    { call: 'new Worker', returns: 'Worker', opens: inRedis('arg2', ['arg0']), op: 'write', owes: 'worker.close()' },
    { call: 'new FlowProducer', returns: 'FlowProducer', opens: inRedis('arg0', []), op: 'acquire', owes: 'flowProducer.close()' },
    { call: on('Queue', 'add addBulk upsertJobScheduler removeJobScheduler pause resume remove retryJobs promoteJobs setGlobalConcurrency'), op: 'write' },
    { call: 'FlowProducer#add|FlowProducer#addBulk', op: 'write', unit: ['arg0.queueName'] },
    { call: on('Queue', 'obliterate drain clean'), op: 'wipe', wipes: 'unit' },
    {
      call: on(
        'Queue',
        'getJobCounts count getJobs getWaiting getActive getCompleted getFailed getDelayed getJobCountByTypes getWaitingCount getCompletedCount getFailedCount',
      ),
      op: 'count',
    },
    { call: 'Queue#getJob', op: 'read' },
    { call: on('Worker Queue QueueEvents', 'on once waitUntilReady'), returns: 'receiver' },
    { call: on('Queue Worker QueueEvents FlowProducer', 'close disconnect'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
