import type { LibraryEntry } from '../../model/catalogue.js';

// `reset()` drops handlers; only `restore()` gives axios back.
export default {
  packages: ['axios-mock-adapter'],
  language: 'typescript',
  versions: '1-2',
  source: 'read in the documentation of axios-mock-adapter',
  tokens: ['axios-mock-adapter'],
  calls: [
    { call: 'new default', returns: 'Adapter', changes: { state: 'http-mock', cell: ['arg0'] } },
    { call: 'Adapter#onGet|Adapter#onPost|Adapter#onPut|Adapter#onPatch|Adapter#onDelete|Adapter#onAny', returns: 'Handler' },
    { call: 'Handler#reply|Handler#replyOnce|Handler#networkError|Handler#timeout|Handler#passThrough', returns: 'Adapter' },
    { call: 'Adapter#restore', restores: { state: ['http-mock'], what: 'receiver' } },
  ],
} satisfies LibraryEntry;
