import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['sql.js', 'alasql'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of sql.js',
  tokens: ['sql'],
  calls: [
    { call: 'default', returns: 'Module' },
    { call: 'Module#Database', returns: 'Db', opens: { kind: 'sqlite', isolated: 'memory' }, op: 'acquire' },
  ],
} satisfies LibraryEntry;
