import type { LibraryEntry } from '../../model/catalogue.js';
import { serverCalls, serverListens } from '../families/server.js';

export default {
  packages: ['@hono/node-server', 'srvx'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of @hono/node-server',
  tokens: ['@hono/node-server', 'srvx'],
  calls: [
    {
      call: 'serve',
      returns: 'Server',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.port', '=3000'], privateNames: ['0'] },
      owes: 'server.close()',
    },
    { call: 'createAdaptorServer', returns: 'Server' },
    serverListens,
    ...serverCalls,
  ],
} satisfies LibraryEntry;
