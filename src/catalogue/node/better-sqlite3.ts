import type { LibraryEntry } from '../../model/catalogue.js';
import { opensSqlite } from '../families/sqlite.js';

export default {
  packages: ['better-sqlite3', 'better-sqlite3-multiple-ciphers', 'bun:sqlite'],
  language: 'typescript',
  versions: '7-12',
  source: 'read in package types, better-sqlite3 12.11.1',
  tokens: ['sqlite'],
  types: { Database: 'Database', default: 'Database' },
  typeOpening: { kind: 'sqlite' },
  calls: [
    ...opensSqlite('new default|default|new Database', 'arg0'),
    { call: 'Database#exec', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#run', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#prepare|Database#query', returns: 'Statement', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#transaction', scoped: { callback: 'arg0' } },
    { call: 'Database#backup', op: 'write', opens: { kind: 'filesystem', name: ['arg0'] } },
    { call: 'Database#pragma', returns: 'receiver' },
    { call: 'Database#close|Database#[dispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
