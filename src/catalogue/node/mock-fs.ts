import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['mock-fs'],
  language: 'typescript',
  versions: '4-5',
  source: 'read in the documentation of mock-fs',
  tokens: ['mock-fs'],
  calls: [
    { call: 'default', changes: { state: 'core-module', cell: ['=fs (mock-fs)'], inMemory: 'filesystem' } },
    { call: 'restore|default.restore', restores: { state: ['core-module'], what: '=fs (mock-fs)' } },
    { call: 'bypass|default.bypass', scoped: { callback: 'arg0' } },
  ],
} satisfies LibraryEntry;
