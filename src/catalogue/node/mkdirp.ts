import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['mkdirp', 'make-dir'],
  language: 'typescript',
  versions: '0-5',
  source: 'read in the documentation of mkdirp and make-dir',
  tokens: ['mkdirp', 'make-dir'],
  calls: [{ call: 'default|mkdirp|mkdirpSync|sync|default.sync|makeDirectory|makeDirectorySync', op: 'create', opens: { kind: 'filesystem', name: ['arg0'] } }],
} satisfies LibraryEntry;
