import type { LibraryEntry } from '../../model/catalogue.js';

// Keeps what a function gives under a name on the global object, and gives it to everybody who asks.
export default {
  packages: ['@epic-web/remember'],
  language: 'typescript',
  versions: '1',
  source: 'read in its source, version 1.1.0',
  tokens: ['remember'],
  calls: [{ call: 'remember', handsOn: 'arg1' }],
} satisfies LibraryEntry;
