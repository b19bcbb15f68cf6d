import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['node:worker_threads'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['worker_threads'],
  types: { Worker: 'Worker' },
  calls: [
    { call: 'new Worker', returns: 'Worker', owes: 'worker.terminate()', owesKind: 'worker' },
    { call: 'Worker#on|Worker#once', when: ['arg0=exit'], returns: 'receiver', releases: 'receiver' },
    { call: 'Worker#on|Worker#once', otherwise: true, returns: 'receiver' },
    { call: on('Worker', 'terminate unref [asyncDispose]'), releases: 'receiver' },
    { call: 'new BroadcastChannel', returns: 'Channel', owes: 'channel.close()', owesKind: 'handle' },
    { call: 'Channel#close|Channel#unref', releases: 'receiver' },
    { call: 'setEnvironmentData', changes: { state: 'process', cell: ['=environment data', 'arg0'] } },
  ],
} satisfies LibraryEntry;
