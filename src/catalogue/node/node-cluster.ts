import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['node:cluster'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['cluster'],
  calls: [
    { call: 'fork|default.fork', returns: 'Worker', owes: 'worker.kill()', owesKind: 'process' },
    // A worker whose end is awaited owes no kill, as a child does not.
    { call: 'Worker#on|Worker#once', when: ['arg0=exit|disconnect'], returns: 'receiver', releases: 'receiver' },
    { call: 'Worker#on|Worker#once', otherwise: true, returns: 'receiver' },
    { call: on('Worker', 'kill disconnect destroy'), releases: 'receiver' },
    { call: 'setupPrimary|setupMaster|default.setupPrimary', changes: { state: 'process', cell: ['=cluster settings'] } },
  ],
} satisfies LibraryEntry;
