import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['proper-lockfile', 'lockfile'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of proper-lockfile',
  tokens: ['proper-lockfile', 'lockfile'],
  calls: [
    { call: 'lock|lockSync|default.lock|default.lockSync', op: 'bind', opens: { kind: 'filesystem', name: ['arg1.lockfilePath', 'arg0'] } },
    { call: 'unlock|unlockSync|default.unlock|default.unlockSync', op: 'release', opens: { kind: 'filesystem', name: ['arg1.lockfilePath', 'arg0'] } },
  ],
} satisfies LibraryEntry;
