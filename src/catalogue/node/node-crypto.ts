import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['node:crypto'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['crypto'],
  calls: [
    { call: 'randomUUID|webcrypto.randomUUID', gives: { varies: 'call', source: 'uuid' } },
    { call: 'randomBytes|pseudoRandomBytes|webcrypto.getRandomValues|getRandomValues|randomFillSync', gives: { varies: 'call', source: 'random bytes' } },
    { call: 'randomInt', gives: { varies: 'call', source: 'randomInt' } },
  ],
} satisfies LibraryEntry;
