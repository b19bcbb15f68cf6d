import type { LibraryEntry } from '../../model/catalogue.js';
import { listenedPort } from '../families/server.js';

export default {
  packages: ['http-proxy', 'http-proxy-3', 'httpxy'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of http-proxy',
  tokens: ['http-proxy', 'http-proxy-3', 'httpxy'],
  calls: [
    { call: 'createProxyServer|createServer|createProxy|default.createProxyServer|default.createServer', returns: 'Server' },
    { call: 'Server#listen', returns: 'receiver', op: 'bind', opens: listenedPort, owes: 'proxy.close()' },
    { call: 'Server#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
