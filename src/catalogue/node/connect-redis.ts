import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// Sessions have random ids: only what reaches all of them meets those of others.
export default {
  packages: ['connect-redis'],
  language: 'typescript',
  versions: '7-9',
  source: 'read in the documentation of connect-redis 7.1',
  tokens: ['connect-redis'],
  types: { RedisStore: 'Store' },
  calls: [
    { call: 'new RedisStore|new default', returns: 'Store', opens: { kind: 'redis', same: ['arg0.client'], namespace: ['arg0.prefix', '=sess:'] } },
    { call: 'Store#clear', op: 'wipe', wipes: 'namespace' },
    { call: on('Store', 'length all ids'), op: 'count' },
  ],
} satisfies LibraryEntry;
