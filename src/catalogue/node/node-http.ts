import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { serverCalls, serverListens } from '../families/server.js';

export default {
  packages: ['node:http', 'node:https', 'node:net', 'node:tls'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'measured on Node 20.20 and read in @types/node 26.6.6',
  tokens: ['http', 'net', 'tls'],
  types: { Server: 'Server' },
  calls: [
    { call: 'createServer|new Server|default.createServer', returns: 'Server' },
    serverListens,
    ...serverCalls,
    { call: 'connect|createConnection|new Socket', returns: 'Socket' },
    { call: on('Socket', 'on once connect'), returns: 'receiver' },
    { call: on('Socket', 'end destroy destroySoon unref'), releases: 'receiver' },
    { call: 'setGlobalProxyFromEnv', changes: { state: 'core-module', cell: ['=http.globalAgent'] } },
  ],
} satisfies LibraryEntry;
