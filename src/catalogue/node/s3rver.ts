import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['s3rver'],
  language: 'typescript',
  versions: '3.x',
  source: 'read in the documentation of s3rver',
  tokens: ['s3rver'],
  calls: [
    { call: 'new default', returns: 'Server' },
    {
      call: 'Server#run',
      op: 'bind',
      returns: 'receiver',
      opens: { kind: 'network-port', name: ['receiver@made.arg0.port', '=4568'], privateNames: ['0'] },
      owes: 'server.close()',
    },
    { call: 'Server#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
