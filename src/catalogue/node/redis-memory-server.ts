import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['redis-memory-server'],
  language: 'typescript',
  versions: '0.x',
  source: 'read in the documentation of redis-memory-server',
  tokens: ['redis-memory-server'],
  calls: [
    { call: 'RedisMemoryServer.create', returns: 'Server', opens: { kind: 'redis', isolated: 'own-server' }, op: 'acquire', owes: 'server.stop()' },
    { call: 'new RedisMemoryServer|new default', returns: 'Server' },
    { call: 'Server#start|Server#ensureInstance', returns: 'receiver', opens: { kind: 'redis', isolated: 'own-server' }, op: 'acquire', owes: 'server.stop()' },
    { call: on('Server', 'getPort getHost getIp'), gives: { varies: 'call', source: 'redis-memory-server' } },
    { call: 'Server#stop', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
