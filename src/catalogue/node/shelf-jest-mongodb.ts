import type { LibraryEntry } from '../../model/catalogue.js';

// A Jest preset: one server for all workers unless useSharedDBForAllJestWorkers is false; it offers a random database name per file and writes globalConfig.json.
export default {
  packages: ['@shelf/jest-mongodb'],
  language: 'typescript',
  versions: '4.x',
  source: 'read in the package source, @shelf/jest-mongodb 4.3',
  tokens: ['@shelf/jest-mongodb'],
  calls: [],
} satisfies LibraryEntry;
