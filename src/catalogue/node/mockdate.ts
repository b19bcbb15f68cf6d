import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['mockdate'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of mockdate',
  tokens: ['mockdate'],
  calls: [
    { call: 'set|default.set', changes: { state: 'timers', cell: ['=Date'] } },
    { call: 'reset|default.reset', restores: { state: ['timers'], what: 'all' } },
  ],
} satisfies LibraryEntry;
