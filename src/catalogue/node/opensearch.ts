import type { LibraryEntry } from '../../model/catalogue.js';
import { searchClient } from '../families/elasticsearch.js';

export default {
  packages: ['@opensearch-project/opensearch'],
  language: 'typescript',
  versions: '2-3',
  source: 'read in package types, @opensearch-project/opensearch 3.9.0',
  tokens: ['opensearch'],
  types: { Client: 'Client' },
  typeOpening: { kind: 'elasticsearch' },
  calls: searchClient,
} satisfies LibraryEntry;
