import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['date-fns', 'luxon'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of date-fns',
  tokens: ['date-fns', 'luxon'],
  calls: [{ call: 'setDefaultOptions', changes: { state: 'module', cell: ['=date-fns default options'] } }],
} satisfies LibraryEntry;
