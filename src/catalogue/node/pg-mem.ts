import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['pg-mem'],
  language: 'typescript',
  versions: '2-3',
  source: 'read in package types, pg-mem 3',
  tokens: ['pg-mem'],
  types: { IMemoryDb: 'Db' },
  typeOpening: { kind: 'postgresql', isolated: 'memory' },
  calls: [
    { call: 'newDb', returns: 'Db', opens: { kind: 'postgresql', isolated: 'memory' }, op: 'acquire' },
    {
      call: 'Db#adapters.createPg|Db#adapters.createKnex|Db#adapters.createTypeormDataSource|Db#adapters.createTypeormConnection|Db#adapters.createPgPromise|Db#adapters.createSlonik|Db#adapters.createPostgresJsTag|Db#adapters.createKysely|Db#adapters.createMikroOrm',
      returns: 'Db',
    },
    { call: 'Db#backup|Db#getSchema', returns: 'Db' },
  ],
} satisfies LibraryEntry;
