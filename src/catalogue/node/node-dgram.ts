import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { listenedPort } from '../families/server.js';

export default {
  packages: ['node:dgram'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['dgram'],
  types: { Socket: 'Socket' },
  calls: [
    { call: 'createSocket', returns: 'Socket' },
    { call: 'Socket#bind', returns: 'receiver', op: 'bind', opens: listenedPort, owes: 'socket.close()' },
    { call: 'Socket#on|Socket#once', returns: 'receiver' },
    { call: on('Socket', 'close unref [asyncDispose]'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
