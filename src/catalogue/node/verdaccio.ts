import type { LibraryEntry } from '../../model/catalogue.js';
import { serverListens } from '../families/server.js';

export default {
  packages: ['verdaccio', 'json-server-mock', 'mockserver-node', 'wiremock', 'hoverfly', 'local-web-server', 'live-server', 'browser-sync'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of the packages',
  tokens: ['verdaccio', 'json-server-mock', 'mockserver-node', 'wiremock', 'hoverfly', 'local-web-server', 'live-server', 'browser-sync'],
  calls: [
    { call: 'runServer|default.runServer', returns: 'Server' },
    serverListens,
    {
      call: 'start|default.start',
      returns: 'Server',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.port', 'arg0@number', '=8080'], privateNames: ['0'] },
      owes: 'server.close()',
    },
    { call: 'Server#close|Server#shutdown', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
