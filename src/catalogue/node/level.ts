import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// One process may have the directory open.
export default {
  packages: ['level', 'classic-level', 'leveldown', 'rocksdb', 'levelup', 'lmdb'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of level',
  tokens: ['level', 'classic-level', 'leveldown', 'rocksdb', 'levelup', 'lmdb'],
  calls: [
    {
      call: 'new Level|new ClassicLevel|default|open|new default',
      returns: 'Db',
      op: 'bind',
      opens: { kind: 'filesystem', name: ['arg0.path', 'arg0'] },
      owes: 'db.close()',
      owesKind: 'handle',
    },
    { call: on('Db', 'put batch del open sublevel'), op: 'write', returns: 'receiver' },
    { call: 'Db#clear', op: 'wipe', wipes: 'path' },
    { call: on('Db', 'get iterator keys values'), op: 'read' },
    { call: 'Db#close|Db#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
