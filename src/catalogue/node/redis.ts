import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { pipelinedCommands, redisCommands } from '../families/redis.js';

/** `setEx` is also `SETEX`; XGROUP is a method for each of its subcommands. */
const inBothCases = (commands: string): string =>
  commands
    .split(' ')
    .map((command) => `${command === 'xGroup' ? 'xGroupCreate' : command} ${command.toUpperCase()}`)
    .join(' ');

// The option is `database`, not `db`; a URL path beats it. `keyPrefix` works from version 6 only; 3 to 5 accept and ignore it.
export default {
  packages: ['redis', '@redis/client', '@node-redis/client', '@valkey/client'],
  language: 'typescript',
  versions: '3-6',
  source: 'measured with redis 4.7.1, 5.12.1 and 6.3.1 on Redis 7.0.15',
  tokens: ['redis', 'valkey'],
  types: { RedisClientType: 'Client', RedisClient: 'Client', RedisClusterType: 'Client', RedisClientPoolType: 'Client' },
  typeOpening: { kind: 'redis', indexLimit: 16 },
  calls: [
    {
      call: 'createClient|createClientPool|RedisClient.create|new RedisClient',
      returns: 'Client',
      opens: {
        kind: 'redis',
        server: ['arg0.url@url.host', 'arg0.socket.host', 'arg0.socket.path', 'arg0@url.host', 'arg0.host', '=localhost'],
        port: ['arg0.url@url.port', 'arg0.socket.port', 'arg0@url.port', 'arg0.port', '=6379'],
        // An address from outside seldom carries an index; where it does, it beats the option.
        name: ['arg0.database', 'arg0.url@url.path', 'arg0@url.path', '=0'],
        namespace: ['arg0.keyPrefix'],
        namespaceIgnored: true,
        indexLimit: 16,
      },
      op: 'acquire',
      owes: 'client.close()',
      lazy: true,
    },
    {
      call: 'createCluster',
      returns: 'Client',
      opens: { kind: 'redis', server: ['arg0.rootNodes.0.url@url.host'], port: ['arg0.rootNodes.0.url@url.port', '=6379'], name: ['=0'] },
      op: 'acquire',
      owes: 'client.close()',
      lazy: true,
    },
    { call: 'Client#duplicate', returns: 'Client', narrows: { name: ['arg0.database'] }, owes: 'client.close()' },
    { call: on('Client', 'connect on once off'), returns: 'receiver' },
    { call: 'Client#multi|Client#MULTI', returns: 'Multi' },
    ...redisCommands('Client', inBothCases),
    ...pipelinedCommands('Multi', inBothCases),
    { call: 'Client#flushall|Client#flushAllAsync', op: 'wipe', wipes: 'server' },
    { call: 'Client#flushdb', op: 'wipe', wipes: 'database' },
    { call: on('Client', 'hset hget lpush sadd zadd setex'), op: 'write', unit: ['arg0'] },
    { call: 'Client#sendCommand', op: 'write', statement: { language: 'redis', in: 'arg*' } },
    { call: on('Client', 'scriptFlush functionFlush configSet configResetStat aclDelUser'), op: 'mutate' },
    { call: 'Client#scanIterator', op: 'read' },
    { call: on('Client', 'quit close disconnect destroy end QUIT'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
