import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['mock-require'],
  language: 'typescript',
  versions: '3.x',
  source: 'read in the documentation of mock-require',
  tokens: ['mock-require'],
  calls: [
    { call: 'default', changes: { state: 'module-mock', cell: ['arg0'] } },
    { call: 'stop|stopAll|default.stop|default.stopAll', restores: { state: ['module-mock'], what: 'all' } },
  ],
} satisfies LibraryEntry;
