import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['del', 'trash', 'trash-cli'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of del 6 to 8',
  tokens: ['del', 'trash', 'trash-cli'],
  calls: [
    {
      call: 'default|deleteAsync|deleteSync|sync|default.sync',
      op: 'wipe',
      wipes: 'path',
      opens: { kind: 'filesystem', name: ['arg0@text', 'arg0.*', 'arg0'] },
      releases: 'arg0',
    },
  ],
} satisfies LibraryEntry;
