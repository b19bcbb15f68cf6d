import type { LibraryEntry } from '../../model/catalogue.js';

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
    { call: 'Index#addDocuments|Index#updateDocuments|Index#updateSettings|Index#deleteDocument|Index#deleteDocuments', op: 'write' },
    { call: 'Index#deleteAllDocuments|Index#delete', op: 'wipe', wipes: 'unit' },
    { call: 'Index#search|Index#getDocuments|Index#getDocument', op: 'read' },
  ],
} satisfies LibraryEntry;
