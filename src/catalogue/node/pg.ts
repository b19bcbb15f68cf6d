import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { pgAddress } from '../families/pg.js';
import { runsSql } from '../families/sql.js';

export default {
  packages: ['pg', 'pg-pool', 'pg-native', '@neondatabase/serverless', '@vercel/postgres'],
  language: 'typescript',
  versions: '8.x',
  source: 'measured with pg 8.23.1 on PostgreSQL 15.18',
  tokens: ['pg', 'neondatabase', 'vercel/postgres'],
  types: { Pool: 'Pool', PoolClient: 'PoolClient', Client: 'Client', ClientBase: 'Client' },
  typeOpening: { kind: 'postgresql' },
  calls: [
    // Handed the object that speaks to the server: a fake one, as pg's own unit tests do.
    { call: 'new Client|new native.Client', when: ['arg0.connection'], returns: 'Client', opens: { kind: 'postgresql', isolated: 'memory' }, op: 'acquire' },
    { call: 'new Client|new native.Client', otherwise: true, returns: 'Client', opens: pgAddress, op: 'acquire', owes: 'client.end()', lazy: true },
    { call: 'new Pool|new native.Pool|new default', when: ['arg0.Client'], returns: 'Pool', opens: { kind: 'postgresql', isolated: 'memory' }, op: 'acquire' },
    { call: 'new Pool|new native.Pool|new default', otherwise: true, returns: 'Pool', opens: pgAddress, op: 'acquire', owes: 'pool.end()', lazy: true },
    { call: 'Pool#connect', returns: 'PoolClient', op: 'acquire', owes: 'client.release()' },
    ...runsSql(on('Pool Client PoolClient', 'query'), 'arg0.text'),
    { call: 'Pool#end', releases: 'receiver' },
    { call: 'Client#end', releases: 'receiver' },
    { call: 'PoolClient#release|PoolClient#end', releases: 'receiver' },
    { call: on('Pool Client PoolClient', 'on once'), returns: 'receiver' },
  ],
} satisfies LibraryEntry;
