import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['global', 'node:timers', 'node:perf_hooks'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['setInterval', 'Date', 'performance', 'Math', 'crypto'],
  calls: [
    { call: 'setInterval|globalThis.setInterval|window.setInterval', returns: 'Interval', owes: 'clearInterval(timer)', owesKind: 'timer' },
    { call: 'clearInterval|globalThis.clearInterval|window.clearInterval', releases: 'arg0' },
    { call: on('Interval', 'unref close [dispose]'), releases: 'receiver' },
    { call: 'Date.now|performance.now|new Date', gives: { varies: 'call', source: 'clock' } },
    { call: 'Math.random', gives: { varies: 'call', source: 'random' } },
    { call: 'crypto.randomUUID|globalThis.crypto.randomUUID', gives: { varies: 'call', source: 'uuid' } },
    { call: 'crypto.getRandomValues|globalThis.crypto.getRandomValues', gives: { varies: 'call', source: 'random bytes' } },
    { call: 'new BroadcastChannel', returns: 'Channel', owes: 'channel.close()', owesKind: 'handle' },
    { call: 'Channel#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
