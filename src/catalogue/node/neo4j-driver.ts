import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// The database is named per session or query, never in the URL; without a name it is the home database.
export default {
  packages: ['neo4j-driver', 'neo4j-driver-lite'],
  language: 'typescript',
  versions: '4-6',
  source: 'read in package types, neo4j-driver 6.3.0',
  tokens: ['neo4j-driver', 'neo4j-driver-lite'],
  types: { Driver: 'Driver', Session: 'Session', Transaction: 'Transaction', ManagedTransaction: 'Transaction', RxSession: 'Session' },
  typeOpening: { kind: 'neo4j' },
  calls: [
    {
      call: 'driver|default.driver',
      returns: 'Driver',
      opens: { kind: 'neo4j', server: ['arg0@url.host'], port: ['arg0@url.port', '=7687'], name: ['=neo4j'] },
      op: 'acquire',
      owes: 'driver.close()',
      lazy: true,
    },
    { call: 'Driver#session|Driver#rxSession', returns: 'Session', narrows: { name: ['arg0.database'] }, owes: 'session.close()' },
    { call: 'Driver#executeQuery', when: ['arg2.database'], narrows: { name: ['arg2.database'] }, op: 'write', statement: { language: 'cypher', in: 'arg0' } },
    { call: 'Driver#executeQuery', otherwise: true, op: 'write', statement: { language: 'cypher', in: 'arg0' } },
    { call: 'Session#run|Transaction#run', when: ['arg0.text'], op: 'write', statement: { language: 'cypher', in: 'arg0.text' } },
    { call: 'Session#run|Transaction#run', otherwise: true, op: 'write', statement: { language: 'cypher', in: 'arg0' } },
    { call: 'Session#beginTransaction', returns: 'Transaction', owes: 'transaction.close()' },
    { call: on('Session', 'executeRead executeWrite readTransaction writeTransaction'), scoped: { callback: 'arg0', param: 0 }, returns: 'Transaction' },
    { call: 'Driver#verifyConnectivity|Driver#getServerInfo', op: 'acquire' },
    { call: 'Driver#close|Driver#[asyncDispose]', releases: 'receiver' },
    { call: 'Session#close|Session#[asyncDispose]', releases: 'receiver' },
    { call: on('Transaction', 'close commit rollback [asyncDispose]'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
