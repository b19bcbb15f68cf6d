import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['better-sqlite3', 'better-sqlite3-multiple-ciphers', 'bun:sqlite'],
  language: 'typescript',
  versions: '7-12',
  source: 'read in package types, better-sqlite3 12.11.1',
  tokens: ['sqlite'],
  types: { Database: 'Database', default: 'Database' },
  typeOpening: { kind: 'sqlite' },
  calls: [
    { call: 'new default|default|new Database', when: ['arg0=:memory:'], returns: 'Database', opens: { kind: 'sqlite', isolated: 'memory' }, op: 'acquire' },
    { call: 'new default|default|new Database', when: ['!arg0'], returns: 'Database', opens: { kind: 'sqlite', isolated: 'memory' }, op: 'acquire' },
    {
      call: 'new default|default|new Database',
      otherwise: true,
      returns: 'Database',
      opens: { kind: 'sqlite', name: ['arg0'], privateNames: [':memory:', ''] },
      op: 'acquire',
      owes: 'db.close()',
    },
    { call: 'Database#exec', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#run', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#prepare|Database#query', returns: 'Statement', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#transaction', scoped: { callback: 'arg0' } },
    { call: 'Database#backup', op: 'write', opens: { kind: 'filesystem', name: ['arg0'] } },
    { call: 'Database#pragma', returns: 'receiver' },
    { call: 'Database#close|Database#[dispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
