import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['sqlite'],
  language: 'typescript',
  versions: '4-5',
  source: 'read in package types, sqlite 5.1.1',
  tokens: ['sqlite'],
  types: { Database: 'Database' },
  typeOpening: { kind: 'sqlite' },
  calls: [
    { call: 'open', when: ['arg0.filename=:memory:'], returns: 'Database', opens: { kind: 'sqlite', isolated: 'memory' }, op: 'acquire' },
    { call: 'open', when: ['!arg0.filename'], returns: 'Database', opens: { kind: 'sqlite', isolated: 'memory' }, op: 'acquire' },
    {
      call: 'open',
      otherwise: true,
      returns: 'Database',
      opens: { kind: 'sqlite', name: ['arg0.filename'], privateNames: [':memory:', ''] },
      op: 'acquire',
      owes: 'db.close()',
    },
    { call: 'Database#run|Database#get|Database#all|Database#each|Database#exec', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#migrate', when: ['arg0.force=true'], op: 'wipe', wipes: 'database' },
    { call: 'Database#migrate', otherwise: true, op: 'create' },
    { call: 'Database#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
