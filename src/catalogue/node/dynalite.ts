import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['dynalite'],
  language: 'typescript',
  versions: '3.x',
  source: 'read in the documentation of dynalite',
  tokens: ['dynalite'],
  calls: [
    { call: 'default', returns: 'Server' },
    {
      call: 'Server#listen',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0'], privateNames: ['0'], randomByDefault: true },
      owes: 'server.close()',
    },
    { call: 'Server#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
