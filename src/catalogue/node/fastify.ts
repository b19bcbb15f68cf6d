import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { listenedPort } from '../families/server.js';

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
    { call: 'App#listen', returns: 'receiver', op: 'bind', opens: listenedPort, owes: 'app.close()' },
    { call: on('App', 'register ready after withTypeProvider decorate addHook route get post put delete'), returns: 'receiver' },
    { call: 'App#close|App#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
