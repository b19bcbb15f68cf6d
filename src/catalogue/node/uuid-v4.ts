import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['uuid/v4', 'uuid/v1'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of uuid 3',
  tokens: ['uuid'],
  calls: [{ call: 'default', gives: { varies: 'call', source: 'uuid' } }],
} satisfies LibraryEntry;
