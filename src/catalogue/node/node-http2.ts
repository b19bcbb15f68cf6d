import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { serverCalls, serverListens } from '../families/server.js';

export default {
  packages: ['node:http2'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'measured on Node 20.20 and read in @types/node 26.6.6',
  tokens: ['http2'],
  types: { Http2Server: 'Server', Http2SecureServer: 'Server', ClientHttp2Session: 'Session' },
  calls: [
    { call: 'createServer|createSecureServer', returns: 'Server' },
    serverListens,
    ...serverCalls,
    { call: 'connect', returns: 'Session', owes: 'session.close()', owesKind: 'handle' },
    { call: on('Session', 'on once ref setTimeout'), returns: 'receiver' },
    // To end a stream is not to end the session.
    { call: 'Session#request', returns: 'Stream' },
    { call: 'Stream#*', returns: 'receiver' },
    { call: on('Session', 'close destroy unref'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
