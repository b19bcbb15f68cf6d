import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@pollyjs/core'],
  language: 'typescript',
  versions: '5-6',
  source: 'read in the documentation of @pollyjs/core',
  tokens: ['@pollyjs/core'],
  calls: [
    { call: 'new Polly', returns: 'Polly', changes: { state: 'http-mock', cell: ['=polly'] } },
    { call: 'Polly#stop', restores: { state: ['http-mock'], what: 'all' } },
  ],
} satisfies LibraryEntry;
