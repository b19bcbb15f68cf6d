import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['msw', 'msw/node', 'msw/browser'],
  language: 'typescript',
  versions: '1-2',
  source: 'measured with msw 2.15.0',
  tokens: ['msw', 'msw/node', 'msw/browser'],
  types: { SetupServer: 'Server', SetupServerApi: 'Server' },
  calls: [
    { call: 'setupServer|setupWorker', returns: 'Server' },
    { call: 'Server#listen|Server#start', changes: { state: 'http-mock', cell: ['=msw server'] }, returns: 'receiver' },
    { call: 'Server#use', changes: { state: 'http-mock', cell: ['=msw handlers'] } },
    { call: 'Server#resetHandlers|Server#restoreHandlers', restores: { state: ['http-mock'], what: '=msw handlers' } },
    { call: 'Server#close|Server#stop', restores: { state: ['http-mock'], what: 'all' } },
    { call: 'Server#boundary', scoped: { callback: 'arg0' } },
  ],
} satisfies LibraryEntry;
