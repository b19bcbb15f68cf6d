import type { LibraryEntry } from '../../model/catalogue.js';

// The `t.mock` of a test context restores by itself after the test; this is the global `mock`.
export default {
  packages: ['node:test'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['node:test'],
  calls: [
    { call: 'mock.method|mock.getter|mock.setter|mock.property', returns: 'Mock', changes: { state: 'mock', cell: ['arg0', 'arg1'] } },
    { call: 'mock.module', returns: 'Mock', changes: { state: 'module-mock', cell: ['arg0'] } },
    { call: 'mock.fn', returns: 'Mock' },
    { call: 'mock.restoreAll', restores: { state: ['mock', 'module-mock'], what: 'all' } },
    { call: 'mock.reset', restores: { state: ['mock', 'module-mock', 'timers'], what: 'all' } },
    { call: 'mock.timers.enable|mock.timers.setTime', changes: { state: 'timers', cell: ['=fake timers'] } },
    { call: 'mock.timers.reset', restores: { state: ['timers'], what: 'all' } },
    { call: 'Mock#mock.restore|Mock#restore', restores: { state: ['mock', 'module-mock'], what: 'receiver' } },
    { call: 'Mock#mock.mockImplementation|Mock#mock.mockImplementationOnce', returns: 'receiver' },
  ],
} satisfies LibraryEntry;
