import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['keyv'],
  language: 'typescript',
  versions: '4-5',
  source: 'read in package types, keyv 5.6.0',
  tokens: ['keyv', 'Keyv'],
  types: { Keyv: 'Keyv' },
  calls: [
    // Without a store it keeps its entries in memory.
    {
      call: 'new Keyv|new default',
      returns: 'Keyv',
      opens: { kind: 'redis', same: ['arg0.store', 'arg0'], namespace: ['arg0.namespace', 'arg1.namespace'], isolated: 'memory' },
    },
    { call: 'Keyv#set|Keyv#setMany|Keyv#delete|Keyv#deleteMany', op: 'write' },
    { call: 'Keyv#clear', op: 'wipe', wipes: 'namespace' },
    { call: 'Keyv#get|Keyv#has', op: 'read' },
    { call: 'Keyv#on', returns: 'receiver' },
    { call: 'Keyv#disconnect', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
