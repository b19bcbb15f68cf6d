import type { LibraryEntry } from '../../model/catalogue.js';
import { serverCalls } from '../families/server.js';

export default {
  packages: ['graphql-yoga'],
  language: 'typescript',
  versions: '1-5',
  source: 'read in the documentation of graphql-yoga',
  tokens: ['graphql-yoga'],
  calls: [
    { call: 'createServer|new GraphQLServer', returns: 'App' },
    {
      call: 'App#start',
      returns: 'Server',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.port', 'receiver@made.arg0.port', '=4000'], privateNames: ['0'] },
      owes: 'server.close()',
    },
    { call: 'App#stop', releases: 'receiver' },
    ...serverCalls,
  ],
} satisfies LibraryEntry;
