import type { LibraryEntry } from '../../model/catalogue.js';

// With a preferred port it races: the lock is per process.
export default {
  packages: ['get-port', 'get-port-please', 'get-port-cjs'],
  language: 'typescript',
  versions: '4-7',
  source: 'measured with get-port 7: of four processes that asked for one port at once, three failed',
  tokens: ['get-port'],
  calls: [
    { call: 'default|getPort', when: ['!arg0.port'], gives: { varies: 'call', source: 'free port' } },
    { call: 'default|getPort', when: ['arg0.port'], gives: { varies: 'run', source: 'preferred port', prefix: 'arg0.port' } },
    { call: 'getRandomPort', gives: { varies: 'call', source: 'free port' } },
    { call: 'portNumbers|makeRange|default.makeRange', gives: { varies: 'run', source: 'port range' } },
  ],
} satisfies LibraryEntry;
