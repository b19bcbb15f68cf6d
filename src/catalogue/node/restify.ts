import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['restify'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of restify',
  tokens: ['restify'],
  calls: [
    { call: 'createServer', returns: 'App' },
    {
      call: 'App#listen',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.port', 'arg0'], privateNames: ['0'], randomByDefault: true },
      owes: 'server.close()',
    },
    { call: 'App#use|App#get|App#post|App#on', returns: 'receiver' },
    { call: 'App#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
