import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['free-port', 'random-port', 'freeport', 'freeport-promise', 'freeport-async', 'random-port-number', 'openport'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of the packages',
  tokens: ['port'],
  calls: [{ call: 'default|find|getPort', gives: { varies: 'call', source: 'free port' } }],
} satisfies LibraryEntry;
