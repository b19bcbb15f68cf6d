import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['node:events'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['events'],
  calls: [
    { call: 'once|default.once', when: ['arg1=exit|close'], releases: 'arg0' },
    // With targets it sets theirs.
    { call: 'setMaxListeners', when: ['!arg1'], changes: { state: 'core-module', cell: ['=events.defaultMaxListeners'] } },
  ],
} satisfies LibraryEntry;
