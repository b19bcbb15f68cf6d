import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@hapi/hapi', 'hapi'],
  language: 'typescript',
  versions: '17-21',
  source: 'read in the documentation of @hapi/hapi',
  tokens: ['@hapi/hapi', 'hapi'],
  types: { Server: 'Server' },
  calls: [
    { call: 'server|new Server|default.server|new default.Server', returns: 'Server' },
    {
      call: 'Server#start',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['receiver@made.arg0.port'], privateNames: ['0'], randomByDefault: true },
      owes: 'server.stop()',
    },
    { call: 'Server#stop', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
