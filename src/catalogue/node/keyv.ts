import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['keyv'],
  language: 'typescript',
  versions: '4-5',
  source: 'read in package types, keyv 5.6.0',
  tokens: ['keyv', 'Keyv'],
  types: { Keyv: 'Keyv' },
  calls: [
    // Until 5 a URL chose the store.
    {
      call: 'new Keyv|new default',
      when: ['arg0@url.scheme=redis|rediss|valkey'],
      returns: 'Keyv',
      opens: {
        kind: 'redis',
        server: ['arg0@url.host', '=localhost'],
        port: ['arg0@url.port', '=6379'],
        name: ['arg0@url.path', '=0'],
        namespace: ['arg1.namespace', '=keyv'],
        indexLimit: 16,
      },
      op: 'acquire',
    },
    // Without a store it keeps its entries in memory.
    {
      call: 'new Keyv|new default',
      otherwise: true,
      returns: 'Keyv',
      opens: { kind: 'redis', same: ['arg0.store', 'arg0'], namespace: ['arg0.namespace', 'arg1.namespace'], isolated: 'memory' },
    },
    { call: on('Keyv', 'set setMany delete deleteMany'), op: 'write' },
    { call: 'Keyv#clear', op: 'wipe', wipes: 'namespace' },
    { call: 'Keyv#get|Keyv#has', op: 'read' },
    { call: 'Keyv#on', returns: 'receiver' },
    { call: 'Keyv#disconnect', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
