import type { LibraryEntry } from '../../model/catalogue.js';
import { opensSqlite } from '../families/sqlite.js';

// The busy timeout is 0: a second writer fails at once.
export default {
  packages: ['node:sqlite'],
  language: 'typescript',
  versions: 'Node 22.5 and later',
  source: 'read in @types/node 26.6.6',
  tokens: ['node:sqlite'],
  types: { DatabaseSync: 'Database' },
  typeOpening: { kind: 'sqlite' },
  calls: [
    ...opensSqlite('new DatabaseSync', 'arg0'),
    { call: 'Database#exec', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#prepare', returns: 'Statement', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#close|Database#[dispose]', releases: 'receiver' },
    { call: 'backup', op: 'write', opens: { kind: 'filesystem', name: ['arg1'] } },
  ],
} satisfies LibraryEntry;
