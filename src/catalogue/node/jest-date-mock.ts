import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['jest-date-mock', 'jest-mock-now'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of jest-date-mock',
  tokens: ['jest-date-mock', 'jest-mock-now'],
  calls: [
    { call: 'advanceTo|advanceBy|default', changes: { state: 'timers', cell: ['=Date'] } },
    { call: 'clear', restores: { state: ['timers'], what: 'all' } },
  ],
} satisfies LibraryEntry;
