import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['node:http', 'node:https', 'node:http2', 'node:net', 'node:tls'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'measured on Node 20.20 and read in @types/node 26.6.6',
  tokens: ['http', 'net', 'tls'],
  types: { Server: 'Server', Http2Server: 'Server', Http2SecureServer: 'Server' },
  calls: [
    { call: 'createServer|createSecureServer|new Server|default.createServer', returns: 'Server' },
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
    { call: 'connect|createConnection|new Socket', returns: 'Socket' },
    { call: 'Socket#on|Socket#once|Socket#connect', returns: 'receiver' },
    { call: 'Socket#end|Socket#destroy|Socket#destroySoon|Socket#unref', releases: 'receiver' },
    { call: 'setGlobalProxyFromEnv', changes: { state: 'core-module', cell: ['=http.globalAgent'] } },
  ],
} satisfies LibraryEntry;
