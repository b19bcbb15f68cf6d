import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['cuid', '@paralleldrive/cuid2', '@bugsnag/cuid'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of cuid2',
  tokens: ['cuid'],
  calls: [
    { call: 'default|createId|default.slug', gives: { varies: 'call', source: 'cuid' } },
    { call: 'init', returns: 'Generator' },
    { call: 'Generator#()', gives: { varies: 'call', source: 'cuid' } },
  ],
} satisfies LibraryEntry;
