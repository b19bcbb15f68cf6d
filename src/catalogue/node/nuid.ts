import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['nuid', '@nats-io/nuid'],
  language: 'typescript',
  versions: '1.x-2.x',
  source: 'read in the documentation of nuid 2',
  tokens: ['nuid'],
  calls: [
    { call: 'next|nuid.next|default.next|default.nuid.next', gives: { varies: 'call', source: 'nuid' } },
    { call: 'new Nuid', returns: 'Generator' },
    { call: 'Generator#next', gives: { varies: 'call', source: 'nuid' } },
  ],
} satisfies LibraryEntry;
