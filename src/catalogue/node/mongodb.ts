import type { LibraryEntry } from '../../model/catalogue.js';
import { collectionCalls, mongoAddress } from '../families/mongodb.js';

export default {
  packages: ['mongodb'],
  language: 'typescript',
  versions: '4-7',
  source: 'read in package types and measured without a server, mongodb 7.8.0',
  tokens: ['mongodb'],
  types: { MongoClient: 'MongoClient', Db: 'Db', Collection: 'Collection', ClientSession: 'Session' },
  typeOpening: { kind: 'mongodb' },
  calls: [
    { call: 'new MongoClient|MongoClient.connect', returns: 'MongoClient', opens: mongoAddress, op: 'acquire', owes: 'client.close()' },
    { call: 'MongoClient#connect', returns: 'receiver' },
    { call: 'MongoClient#db', returns: 'Db', narrows: { name: ['arg0'] } },
    { call: 'MongoClient#startSession', returns: 'Session' },
    { call: 'Session#endSession|Session#[asyncDispose]', releases: 'receiver' },
    { call: 'MongoClient#withSession', scoped: { callback: 'arg0', param: 0 }, returns: 'Session' },
    { call: 'Db#collection', returns: 'Collection', narrows: { unit: ['arg0'] } },
    { call: 'Db#createCollection', returns: 'Collection', narrows: { unit: ['arg0'] }, op: 'create', unit: ['arg0'] },
    { call: 'Db#dropDatabase', op: 'wipe', wipes: 'database' },
    { call: 'Db#dropCollection', op: 'wipe', wipes: 'unit', unit: ['arg0'] },
    { call: 'Db#command', when: ['arg0.dropDatabase'], op: 'wipe', wipes: 'database' },
    { call: 'Db#command', otherwise: true, op: 'read' },
    { call: 'Db#collections|Db#listCollections', op: 'read' },
    { call: 'Db#collections', returns: 'Collection' },
    { call: 'Db#admin', returns: 'Admin' },
    { call: 'Db#createIndex|Db#renameCollection', op: 'write', unit: ['arg0'] },
    ...collectionCalls,
    { call: 'Collection#watch', returns: 'ChangeStream', owes: 'changeStream.close()', owesKind: 'handle' },
    { call: 'ChangeStream#close|ChangeStream#[asyncDispose]', releases: 'receiver' },
    { call: 'MongoClient#close|MongoClient#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
