import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['timekeeper'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of timekeeper',
  tokens: ['timekeeper'],
  calls: [
    { call: 'freeze|travel|default.freeze|default.travel', changes: { state: 'timers', cell: ['=Date'] } },
    { call: 'reset|default.reset', restores: { state: ['timers'], what: 'all' } },
  ],
} satisfies LibraryEntry;
