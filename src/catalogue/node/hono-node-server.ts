import type { LibraryEntry } from '../../model/catalogue.js';

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
    {
      call: 'Server#listen',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.port', 'arg0'], privateNames: ['0'], randomByDefault: true },
      owes: 'server.close()',
    },
    { call: 'Server#close|Server#[asyncDispose]|Server#closeAllConnections|Server#destroy|Server#stop|Server#shutdown', releases: 'receiver' },
    { call: 'Server#on|Server#once', returns: 'receiver' },
    { call: 'Server#unref|Server#ref|Server#setTimeout', returns: 'receiver' },
  ],
} satisfies LibraryEntry;
