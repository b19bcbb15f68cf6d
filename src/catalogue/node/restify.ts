import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { listenedPort } from '../families/server.js';

export default {
  packages: ['restify'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of restify',
  tokens: ['restify'],
  calls: [
    { call: 'createServer', returns: 'App' },
    { call: 'App#listen', returns: 'receiver', op: 'bind', opens: listenedPort, owes: 'server.close()' },
    { call: on('App', 'use get post on'), returns: 'receiver' },
    { call: 'App#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
