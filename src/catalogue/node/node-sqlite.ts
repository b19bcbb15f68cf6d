import type { LibraryEntry } from '../../model/catalogue.js';

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
    { call: 'new DatabaseSync', when: ['arg0=:memory:'], returns: 'Database', opens: { kind: 'sqlite', isolated: 'memory' }, op: 'acquire' },
    { call: 'new DatabaseSync', when: ['!arg0'], returns: 'Database', opens: { kind: 'sqlite', isolated: 'memory' }, op: 'acquire' },
    {
      call: 'new DatabaseSync',
      otherwise: true,
      returns: 'Database',
      opens: { kind: 'sqlite', name: ['arg0'], privateNames: [':memory:', ''] },
      op: 'acquire',
      owes: 'db.close()',
    },
    { call: 'Database#exec', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#prepare', returns: 'Statement', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#close|Database#[dispose]', releases: 'receiver' },
    { call: 'backup', op: 'write', opens: { kind: 'filesystem', name: ['arg1'] } },
  ],
} satisfies LibraryEntry;
