import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { opensSqlite } from '../families/sqlite.js';

export default {
  packages: ['sqlite3', '@vscode/sqlite3', '@journeyapps/sqlcipher'],
  language: 'typescript',
  versions: '5-6',
  source: 'read in package types, sqlite3 6.0.1',
  tokens: ['sqlite3', 'sqlcipher'],
  types: { Database: 'Database' },
  typeOpening: { kind: 'sqlite' },
  calls: [
    ...opensSqlite('new Database|new cached.Database|cached.Database', 'arg0'),
    { call: 'verbose', returns: 'Module' },
    ...opensSqlite('Module#Database|Module#cached.Database', 'arg0'),
    { call: on('Database', 'run get all each exec'), op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#prepare', returns: 'Statement', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#serialize|Database#parallelize', scoped: { callback: 'arg0' } },
    { call: 'Database#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
