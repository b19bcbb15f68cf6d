import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['json-server'],
  language: 'typescript',
  versions: '0.x',
  source: 'read in the documentation of json-server',
  tokens: ['json-server'],
  calls: [
    { call: 'create|default.create', returns: 'App' },
    {
      call: 'App#listen',
      returns: 'Server',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.port', 'arg0'], privateNames: ['0'], randomByDefault: true },
      owes: 'server.close()',
    },
    { call: 'App#use', returns: 'receiver' },
    { call: 'Server#close|Server#[asyncDispose]|Server#closeAllConnections|Server#destroy|Server#stop|Server#shutdown', releases: 'receiver' },
    { call: 'Server#on|Server#once', returns: 'receiver' },
    { call: 'Server#unref|Server#ref|Server#setTimeout', returns: 'receiver' },
  ],
} satisfies LibraryEntry;
