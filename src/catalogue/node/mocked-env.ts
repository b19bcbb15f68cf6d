import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['mocked-env'],
  language: 'typescript',
  versions: '1.x',
  source: 'read in the documentation of mocked-env',
  tokens: ['mocked-env'],
  calls: [
    { call: 'default', returns: 'Restore', changes: { state: 'env', cell: ['=process.env'] } },
    { call: 'Restore#()', restores: { state: ['env'], what: '=process.env' } },
  ],
} satisfies LibraryEntry;
