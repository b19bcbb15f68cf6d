import type { LibraryEntry } from '../../model/catalogue.js';

// Development and build write `.next` of the project directory.
export default {
  packages: ['next'],
  language: 'typescript',
  versions: '9-16',
  source: 'read in the documentation of Next.js custom servers',
  tokens: ['next'],
  calls: [
    { call: 'default', returns: 'App' },
    { call: 'App#prepare', returns: 'receiver', op: 'write', opens: { kind: 'filesystem', name: ['=.next'] } },
    { call: 'App#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
