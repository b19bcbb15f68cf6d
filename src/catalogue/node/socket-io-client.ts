import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['socket.io-client'],
  language: 'typescript',
  versions: '2-4',
  source: 'read in the documentation of socket.io-client',
  tokens: ['socket.io-client'],
  calls: [
    { call: 'io|default|connect', returns: 'Socket', owes: 'socket.close()', owesKind: 'handle' },
    { call: 'Socket#on|Socket#once|Socket#connect', returns: 'receiver' },
    { call: 'Socket#close|Socket#disconnect', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
