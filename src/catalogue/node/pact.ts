import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@pact-foundation/pact'],
  language: 'typescript',
  versions: '9-15',
  source: 'read in the documentation of @pact-foundation/pact',
  tokens: ['@pact-foundation'],
  calls: [
    { call: 'new Pact|new PactV2', returns: 'Pact' },
    {
      call: 'Pact#setup',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['receiver@made.arg0.port'], privateNames: ['0'], randomByDefault: true },
      owes: 'provider.finalize()',
    },
    { call: 'Pact#finalize', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
