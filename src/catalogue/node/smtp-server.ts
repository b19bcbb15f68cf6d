import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['smtp-server', 'aedes', 'mosca'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of the packages',
  tokens: ['smtp-server', 'aedes', 'mosca'],
  calls: [
    { call: 'new SMTPServer', returns: 'Server' },
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
