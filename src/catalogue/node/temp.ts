import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['temp'],
  language: 'typescript',
  versions: '0.9',
  source: 'read in the documentation of temp',
  tokens: ['temp'],
  calls: [
    { call: 'mkdir|mkdirSync|open|openSync|path|createWriteStream|default.mkdirSync|default.path', gives: { varies: 'call', source: 'temp' } },
    { call: 'track|cleanup|cleanupSync', restores: { state: ['file'], what: 'all' } },
  ],
} satisfies LibraryEntry;
