import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['rewire'],
  language: 'typescript',
  versions: '4-9',
  source: 'read in the documentation of rewire',
  tokens: ['rewire'],
  calls: [
    { call: 'default', returns: 'Module' },
    { call: 'Module#__set__', returns: 'Restore', changes: { state: 'module', cell: ['arg0'] } },
    { call: 'Restore#()', restores: { state: ['module'], what: 'receiver' } },
    { call: 'Module#__with__', returns: 'receiver' },
  ],
} satisfies LibraryEntry;
