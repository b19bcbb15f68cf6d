import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['ws', 'isomorphic-ws'],
  language: 'typescript',
  versions: '7-8',
  source: 'read in the documentation of ws',
  tokens: ['ws', 'isomorphic-ws'],
  types: { WebSocketServer: 'Server', Server: 'Server' },
  calls: [
    {
      call: 'new WebSocketServer|new Server|new default.Server|new default.WebSocketServer',
      when: ['arg0.port'],
      returns: 'Server',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.port'], privateNames: ['0'] },
      owes: 'server.close()',
    },
    { call: 'new WebSocketServer|new Server|new default.Server|new default.WebSocketServer', otherwise: true, returns: 'Server' },
    { call: 'new default|new WebSocket', returns: 'Socket' },
    { call: on('Socket Server', 'on once'), returns: 'receiver' },
    { call: 'Server#close', releases: 'receiver' },
    { call: 'Socket#close|Socket#terminate', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
