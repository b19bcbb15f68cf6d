import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@grpc/grpc-js', 'grpc'],
  language: 'typescript',
  versions: '1.x',
  source: 'read in the documentation of @grpc/grpc-js',
  tokens: ['grpc'],
  types: { Server: 'Server' },
  calls: [
    { call: 'new Server|new default.Server', returns: 'Server' },
    {
      call: 'Server#bindAsync|Server#bind',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0'], privateNames: ['0.0.0.0:0', '127.0.0.1:0', 'localhost:0', '[::]:0', '[::1]:0'] },
      owes: 'server.forceShutdown()',
    },
    { call: 'Server#forceShutdown|Server#tryShutdown', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
