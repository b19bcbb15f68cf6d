import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['http-terminator', 'http-graceful-shutdown', 'stoppable', 'server-destroy', 'http-shutdown', '@godaddy/terminus', 'killable'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of http-terminator and stoppable',
  tokens: ['http-terminator', 'shutdown', 'stoppable', 'server-destroy', 'terminus', 'killable'],
  calls: [
    { call: 'createHttpTerminator', returns: 'Terminator' },
    { call: 'Terminator#terminate', releases: 'receiver@made.arg0.server' },
  ],
} satisfies LibraryEntry;
