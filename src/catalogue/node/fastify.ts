import type { LibraryEntry } from '../../model/catalogue.js';

// `inject()` opens no socket; `listen()` without a port takes a free one.
export default {
  packages: ['fastify'],
  language: 'typescript',
  versions: '3-5',
  source: 'read in package types, fastify 5.12.8',
  tokens: ['fastify'],
  types: { FastifyInstance: 'App' },
  calls: [
    { call: 'default|fastify', returns: 'App' },
    {
      call: 'App#listen',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.port', 'arg0'], privateNames: ['0'], randomByDefault: true },
      owes: 'app.close()',
    },
    {
      call: 'App#register|App#ready|App#after|App#withTypeProvider|App#decorate|App#addHook|App#route|App#get|App#post|App#put|App#delete',
      returns: 'receiver',
    },
    { call: 'App#close|App#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
