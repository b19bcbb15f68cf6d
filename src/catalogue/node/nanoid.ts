import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['nanoid', 'nanoid/non-secure', 'nanoid/async'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of nanoid 3 to 5',
  tokens: ['nanoid'],
  calls: [
    { call: 'nanoid|default', gives: { varies: 'call', source: 'nanoid' } },
    { call: 'customAlphabet', returns: 'Generator' },
    { call: 'Generator#()', gives: { varies: 'call', source: 'nanoid' } },
  ],
} satisfies LibraryEntry;
