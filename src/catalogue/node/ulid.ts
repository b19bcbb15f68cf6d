import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['ulid', 'ulidx'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of ulid',
  tokens: ['ulid', 'ulidx'],
  calls: [{ call: 'ulid|default|monotonicFactory', gives: { varies: 'call', source: 'ulid' } }],
} satisfies LibraryEntry;
