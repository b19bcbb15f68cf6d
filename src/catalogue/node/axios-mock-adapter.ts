import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// `reset()` drops handlers; only `restore()` gives axios back.
export default {
  packages: ['axios-mock-adapter'],
  language: 'typescript',
  versions: '1-2',
  source: 'read in the documentation of axios-mock-adapter',
  tokens: ['axios-mock-adapter'],
  calls: [
    { call: 'new default', returns: 'Adapter', changes: { state: 'http-mock', cell: ['arg0'] } },
    { call: on('Adapter', 'onGet onPost onPut onPatch onDelete onAny'), returns: 'Handler' },
    { call: on('Handler', 'reply replyOnce networkError timeout passThrough'), returns: 'Adapter' },
    { call: 'Adapter#restore', restores: { state: ['http-mock'], what: 'receiver' } },
  ],
} satisfies LibraryEntry;
