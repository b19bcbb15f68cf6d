import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['benv'],
  language: 'typescript',
  versions: '3',
  source: 'read in the source of benv 3.3.0',
  tokens: ['benv'],
  calls: [
    { call: 'setup', changes: { state: 'global', cell: ['=DOM globals'] } },
    // The window goes with all that hangs on it, and what was exposed as a global.
    { call: 'teardown', restores: { state: ['global'], what: 'all' } },
  ],
} satisfies LibraryEntry;
