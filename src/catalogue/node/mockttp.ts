import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['mockttp'],
  language: 'typescript',
  versions: '2-4',
  source: 'read in the documentation of mockttp',
  tokens: ['mockttp'],
  calls: [
    { call: 'getLocal|getRemote|default.getLocal', returns: 'Server' },
    {
      call: 'Server#start',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.startPort', 'arg0'], privateNames: ['0'], randomByDefault: true },
      owes: 'server.stop()',
    },
    { call: 'Server#stop|Server#reset', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
