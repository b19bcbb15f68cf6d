import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['node:dns', 'node:dns/promises'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['dns'],
  calls: [
    {
      call: 'setServers|setDefaultResultOrder|promises.setServers|default.setServers|default.setDefaultResultOrder',
      changes: { state: 'core-module', cell: ['=dns settings'] },
    },
  ],
} satisfies LibraryEntry;
