import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['uuid', 'uuidv4', 'uuidv7', 'uuid-random', 'crypto-randomuuid'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of uuid 3 to 13',
  tokens: ['uuid', 'uuidv4', 'uuidv7', 'uuid-random', 'crypto-randomuuid'],
  calls: [{ call: 'v1|v4|v6|v7|default|default.v4|default.v1|default.v7|uuid|uuidv4|uuidv7', gives: { varies: 'call', source: 'uuid' } }],
} satisfies LibraryEntry;
