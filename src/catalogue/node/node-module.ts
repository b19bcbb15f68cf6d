import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['node:module'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['module'],
  calls: [
    { call: 'register|default.register|registerHooks', changes: { state: 'process', cell: ['=module hooks'] } },
    { call: 'syncBuiltinESMExports', changes: { state: 'core-module', cell: ['=ESM exports of core modules'] } },
  ],
} satisfies LibraryEntry;
