import type { LibraryEntry } from '../../model/catalogue.js';
import { searchClient } from '../families/elasticsearch.js';

export default {
  packages: ['@elastic/elasticsearch'],
  language: 'typescript',
  versions: '7-9',
  source: 'read in package types, @elastic/elasticsearch 9.4.3',
  tokens: ['elasticsearch'],
  types: { Client: 'Client' },
  typeOpening: { kind: 'elasticsearch' },
  calls: searchClient,
} satisfies LibraryEntry;
