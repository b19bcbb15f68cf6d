import type { LibraryEntry } from '../../model/catalogue.js';

// `reset()` clears behaviour and history; only `restore()` gives the client back.
export default {
  packages: ['aws-sdk-client-mock'],
  language: 'typescript',
  versions: '2-4',
  source: 'read in the documentation of aws-sdk-client-mock',
  tokens: ['aws-sdk-client-mock'],
  calls: [
    { call: 'mockClient', returns: 'Mock', changes: { state: 'mock', cell: ['arg0'] } },
    { call: 'Mock#*', returns: 'receiver' },
    { call: 'Mock#restore', restores: { state: ['mock'], what: 'receiver' } },
  ],
} satisfies LibraryEntry;
