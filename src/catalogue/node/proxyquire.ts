import type { LibraryEntry } from '../../model/catalogue.js';

// proxyquire and esmock give a private copy of the module and leave nothing behind.
export default {
  packages: ['proxyquire', 'esmock', 'testdouble', 'mockery', 'rewiremock'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of the packages',
  tokens: ['proxyquire', 'esmock', 'testdouble', 'mockery', 'rewiremock'],
  calls: [
    { call: 'replaceEsm|replaceCjs', changes: { state: 'module-mock', cell: ['arg0'] } },
    { call: 'replace|default.replace', when: ['arg1'], changes: { state: 'mock', cell: ['arg0', 'arg1'] } },
    { call: 'reset|default.reset', restores: { state: ['mock', 'module-mock'], what: 'all' } },
    { call: 'registerMock|registerSubstitute|default.registerMock|enable|default.enable', changes: { state: 'module-mock', cell: ['arg0', '=mockery'] } },
    {
      call: 'deregisterAll|disable|deregisterMock|stopAll|stop|default.deregisterAll|default.disable|default.stopAll|default.stop|default.purge|purge',
      restores: { state: ['module-mock'], what: 'all' },
    },
  ],
} satisfies LibraryEntry;
