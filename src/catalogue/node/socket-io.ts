import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['socket.io'],
  language: 'typescript',
  versions: '2-4',
  source: 'read in the documentation of socket.io',
  tokens: ['socket.io'],
  types: { Server: 'Server' },
  calls: [
    { call: 'new Server|default|new default', returns: 'Server' },
    {
      call: 'new Server|default|new default',
      when: ['arg0@number'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0@number'], privateNames: ['0'] },
      owes: 'io.close()',
    },
    {
      call: 'Server#listen|Server#attach',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0@number'], privateNames: ['0'], randomByDefault: true },
      owes: 'io.close()',
    },
    { call: on('Server', 'on of use'), returns: 'receiver' },
    { call: 'Server#close|Server#disconnectSockets', releases: 'receiver' },
    { call: 'Server#close', releases: 'receiver@made.arg0' },
  ],
} satisfies LibraryEntry;
