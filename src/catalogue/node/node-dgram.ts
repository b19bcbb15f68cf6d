import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['node:dgram'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['dgram'],
  types: { Socket: 'Socket' },
  calls: [
    { call: 'createSocket', returns: 'Socket' },
    {
      call: 'Socket#bind',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.port', 'arg0'], privateNames: ['0'], randomByDefault: true },
      owes: 'socket.close()',
    },
    { call: 'Socket#on|Socket#once', returns: 'receiver' },
    { call: 'Socket#close|Socket#unref|Socket#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
