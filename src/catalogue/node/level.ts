import type { LibraryEntry } from '../../model/catalogue.js';

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
    { call: 'Db#put|Db#batch|Db#del|Db#open|Db#sublevel', op: 'write', returns: 'receiver' },
    { call: 'Db#clear', op: 'wipe', wipes: 'path' },
    { call: 'Db#get|Db#iterator|Db#keys|Db#values', op: 'read' },
    { call: 'Db#close|Db#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
