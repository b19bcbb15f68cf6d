import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@sentry/node', '@sentry/core'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of Sentry',
  tokens: ['@sentry/node', '@sentry/core'],
  calls: [{ call: 'init', changes: { state: 'module', cell: ['=Sentry hub'] } }],
} satisfies LibraryEntry;
