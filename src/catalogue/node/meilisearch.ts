import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['meilisearch'],
  language: 'typescript',
  versions: '0.x',
  source: 'read in the documentation of meilisearch',
  tokens: ['meilisearch'],
  types: { MeiliSearch: 'Client' },
  typeOpening: { kind: 'elasticsearch' },
  calls: [
    {
      call: 'new MeiliSearch|new Meilisearch',
      returns: 'Client',
      opens: { kind: 'elasticsearch', server: ['arg0.host@url.host'], port: ['arg0.host@url.port', '=7700'], name: ['=meilisearch'] },
      op: 'acquire',
    },
    { call: 'Client#index', returns: 'Index', narrows: { unit: ['arg0'] } },
    { call: 'Client#createIndex', op: 'create', unit: ['arg0'] },
    { call: 'Client#deleteIndex|Client#deleteIndexIfExists', op: 'wipe', wipes: 'unit', unit: ['arg0'] },
    { call: on('Index', 'addDocuments updateDocuments updateSettings deleteDocument deleteDocuments'), op: 'write' },
    { call: 'Index#deleteAllDocuments|Index#delete', op: 'wipe', wipes: 'unit' },
    { call: on('Index', 'search getDocuments getDocument'), op: 'read' },
  ],
} satisfies LibraryEntry;
