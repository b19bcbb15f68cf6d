import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['winston'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of winston',
  tokens: ['winston'],
  calls: [{ call: 'add|default.add|configure|default.configure|addColors', changes: { state: 'module', cell: ['=winston default logger'] } }],
} satisfies LibraryEntry;
