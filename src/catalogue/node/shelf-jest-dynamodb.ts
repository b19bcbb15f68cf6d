import type { LibraryEntry } from '../../model/catalogue.js';

// A Jest preset: one DynamoDB Local on port 8000 for all workers.
export default {
  packages: ['@shelf/jest-dynamodb'],
  language: 'typescript',
  versions: '3.x',
  source: 'read in the documentation of @shelf/jest-dynamodb',
  tokens: ['@shelf/jest-dynamodb'],
  calls: [],
} satisfies LibraryEntry;
