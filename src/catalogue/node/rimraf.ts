import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['rimraf', '@zkochan/rimraf'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of rimraf 3 to 6',
  tokens: ['rimraf', '@zkochan/rimraf'],
  calls: [
    {
      call: 'default|rimraf|sync|rimrafSync|default.sync|rimraf.sync|native|nativeSync|manual|manualSync',
      op: 'wipe',
      wipes: 'path',
      opens: { kind: 'filesystem', name: ['arg0@text', 'arg0.*', 'arg0'] },
      releases: 'arg0',
    },
  ],
} satisfies LibraryEntry;
