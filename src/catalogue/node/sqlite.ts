import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { opensSqlite } from '../families/sqlite.js';

export default {
  packages: ['sqlite'],
  language: 'typescript',
  versions: '4-5',
  source: 'read in package types, sqlite 5.1.1',
  tokens: ['sqlite'],
  types: { Database: 'Database' },
  typeOpening: { kind: 'sqlite' },
  calls: [
    ...opensSqlite('open', 'arg0.filename'),
    { call: on('Database', 'run get all each exec'), op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#migrate', when: ['arg0.force=true'], op: 'wipe', wipes: 'database' },
    { call: 'Database#migrate', otherwise: true, op: 'create' },
    { call: 'Database#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
