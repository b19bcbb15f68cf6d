import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { inSmallLetters, redisCommands } from '../families/redis.js';

// Instances with one host and port share data inside the process; nothing leaves it.
export default {
  packages: ['ioredis-mock', 'redis-mock', 'fakeredis'],
  language: 'typescript',
  versions: '8.x',
  source: 'measured with ioredis-mock 8.13',
  tokens: ['ioredis-mock', 'redis-mock', 'fakeredis'],
  typeOpening: { kind: 'redis', isolated: 'memory' },
  calls: [
    {
      call: 'new default|default|new Cluster|new default.Cluster|createClient|default.createClient|new Redis',
      returns: 'Redis',
      opens: { kind: 'redis', isolated: 'memory' },
      op: 'acquire',
    },
    { call: on('Redis', 'duplicate on connect pipeline multi'), returns: 'receiver' },
    ...redisCommands('Redis', inSmallLetters),
  ],
} satisfies LibraryEntry;
