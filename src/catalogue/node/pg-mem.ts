import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

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
      call: on(
        'Db',
        'adapters.createPg adapters.createKnex adapters.createTypeormDataSource adapters.createTypeormConnection adapters.createPgPromise adapters.createSlonik adapters.createPostgresJsTag adapters.createKysely adapters.createMikroOrm',
      ),
      returns: 'Db',
    },
    { call: 'Db#backup|Db#getSchema', returns: 'Db' },
  ],
} satisfies LibraryEntry;
