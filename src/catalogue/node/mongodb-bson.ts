import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['bson'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of bson',
  tokens: ['bson'],
  calls: [{ call: 'new ObjectId|new ObjectID|new UUID', gives: { varies: 'call', source: 'ObjectId' } }],
} satisfies LibraryEntry;
