import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@apollo/server', '@apollo/server/standalone', 'apollo-server', 'apollo-server-express'],
  language: 'typescript',
  versions: '2-5',
  source: 'read in the documentation of Apollo Server',
  tokens: ['apollo'],
  types: { ApolloServer: 'Server' },
  calls: [
    { call: 'new ApolloServer', returns: 'Server' },
    { call: 'startStandaloneServer', op: 'bind', opens: { kind: 'network-port', name: ['arg1.listen.port', '=4000'], privateNames: ['0'] } },
    {
      call: 'Server#listen',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.port', 'arg0', '=4000'], privateNames: ['0'] },
      owes: 'server.stop()',
    },
    { call: 'Server#start', returns: 'receiver' },
    { call: 'Server#stop', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
