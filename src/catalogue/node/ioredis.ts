import type { LibraryEntry, Opening } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { inSmallLetters, pipelinedCommands, redisCommands } from '../families/redis.js';

// The first argument wins, so a URL path beats `{ db }`. An index of 16 or more emits an error and then works on db 0.
const oneServer: Opening = {
  kind: 'redis',
  server: ['arg0@url.host', 'arg0.host', 'arg1.host', 'arg2.host', 'arg0.path', 'arg1@text', '=localhost'],
  port: ['arg0@url.port', 'arg0@number', 'arg0.port', 'arg1.port', '=6379'],
  name: ['arg0@url.path', 'arg0@url.query.db', 'arg0.db', 'arg1.db', 'arg2.db', '=0'],
  namespace: ['arg0@url.query.keyPrefix', 'arg0.keyPrefix', 'arg1.keyPrefix', 'arg2.keyPrefix'],
  indexLimit: 16,
};

const lazy = ['arg0.lazyConnect', 'arg1.lazyConnect', 'arg2.lazyConnect'];

export default {
  packages: ['ioredis', 'iovalkey'],
  language: 'typescript',
  versions: '4-6',
  source: 'measured with ioredis 5.11.1 and 6.0.0 on Redis 7.0.15',
  tokens: ['ioredis', 'iovalkey'],
  types: { Redis: 'Redis', Cluster: 'Redis', default: 'Redis', Pipeline: 'Pipeline', ChainableCommander: 'Pipeline' },
  typeOpening: { kind: 'redis', indexLimit: 16 },
  calls: [
    { call: 'new default|new Redis|default|new Valkey', returns: 'Redis', opens: oneServer, op: 'acquire', owes: 'redis.quit()', lazy },
    {
      call: 'new Cluster|new default.Cluster|new Redis.Cluster|new Valkey.Cluster',
      returns: 'Redis',
      opens: {
        kind: 'redis',
        server: ['arg0.0.host', 'arg0.0@url.host', 'arg0.0'],
        port: ['arg0.0.port', 'arg0.0@url.port', '=6379'],
        name: ['=0'],
        namespace: ['arg1.keyPrefix', 'arg1.redisOptions.keyPrefix'],
      },
      op: 'acquire',
      owes: 'cluster.quit()',
      lazy: ['arg1.lazyConnect'],
    },
    { call: 'default.createClient|createClient', returns: 'Redis', opens: oneServer, op: 'acquire', owes: 'redis.quit()', lazy },
    { call: 'Redis#duplicate', returns: 'Redis', narrows: { name: ['arg0.db'], namespace: ['arg0.keyPrefix'] }, owes: 'redis.quit()' },
    { call: on('Redis', 'on once off connect'), returns: 'receiver' },
    { call: 'Redis#pipeline|Redis#multi', returns: 'Pipeline' },
    { call: 'Redis#nodes', returns: 'receiver' },
    ...redisCommands('Redis', inSmallLetters),
    ...pipelinedCommands('Pipeline', inSmallLetters),
    { call: 'Redis#call|Redis#sendCommand', op: 'write', statement: { language: 'redis', in: 'arg*' } },
    { call: 'Redis#script', when: ['arg0=FLUSH|flush'], op: 'wipe', wipes: 'server' },
    { call: 'Redis#function', when: ['arg0=FLUSH|flush'], op: 'wipe', wipes: 'server' },
    { call: 'Redis#config', when: ['arg0=SET|set|RESETSTAT|resetstat'], op: 'wipe', wipes: 'server' },
    { call: 'Redis#scanStream', op: 'read' },
    { call: on('Redis', 'quit disconnect end'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
