import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

const redis = {
  kind: 'redis',
  same: ['arg0'],
  server: ['arg0@url.host', 'arg0.url@url.host', 'arg0.socket.host', '=localhost'],
  port: ['arg0@url.port', 'arg0.url@url.port', 'arg0.socket.port', '=6379'],
  name: ['arg0@url.path', 'arg0.url@url.path', 'arg0.database', '=0'],
  namespace: ['arg1.namespace'],
  indexLimit: 16,
} as const;

export default {
  packages: ['@keyv/redis', '@keyv/valkey'],
  language: 'typescript',
  versions: '3-4',
  source: 'read in package types, @keyv/redis 4.6.0',
  tokens: ['@keyv/'],
  calls: [
    { call: 'new KeyvRedis|new default', returns: 'Store', opens: redis, op: 'acquire' },
    { call: 'createKeyv', returns: 'Store', opens: redis, op: 'acquire' },
    { call: on('Store', 'set setMany delete deleteMany'), op: 'write' },
    { call: 'Store#clear', op: 'wipe', wipes: 'namespace' },
    { call: on('Store', 'get getMany has'), op: 'read' },
    { call: 'Store#disconnect', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
