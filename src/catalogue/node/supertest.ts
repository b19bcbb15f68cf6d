import type { LibraryEntry } from '../../model/catalogue.js';

// An app that does not listen gets its own server on 127.0.0.1:0, closed by supertest.
export default {
  packages: ['supertest', 'supertest-as-promised', 'superagent', 'chai-http', 'light-my-request'],
  language: 'typescript',
  versions: '3-7',
  source: 'read in package types, supertest 7.3.2',
  tokens: ['supertest', 'supertest-as-promised', 'superagent', 'chai-http', 'light-my-request'],
  calls: [
    { call: 'default|agent|default.agent|request', returns: 'Agent' },
    { call: 'Agent#*', returns: 'receiver' },
  ],
} satisfies LibraryEntry;
