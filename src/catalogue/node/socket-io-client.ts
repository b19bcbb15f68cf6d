import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['socket.io-client'],
  language: 'typescript',
  versions: '2-4',
  source: 'read in the documentation of socket.io-client',
  tokens: ['socket.io-client'],
  calls: [
    { call: 'io|default|connect', returns: 'Socket', owes: 'socket.close()', owesKind: 'handle' },
    { call: on('Socket', 'on once connect'), returns: 'receiver' },
    { call: 'Socket#close|Socket#disconnect', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
