import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// `reset()` and `resetHistory()` restore nothing.
export default {
  packages: ['sinon', 'sinon-chai'],
  globalAs: 'sinon',
  language: 'typescript',
  versions: '5-22',
  source: 'measured with sinon 22.1.0',
  tokens: ['sinon', 'sinon-chai'],
  types: { SinonStub: 'Stub', SinonSpy: 'Stub', SinonSandbox: 'Sandbox', SinonFakeTimers: 'Clock', SinonMock: 'Mock', SinonStubbedInstance: 'Anonymous' },
  calls: [
    { call: 'stub', when: ['arg0'], returns: 'Stub', changes: { state: 'mock', cell: ['arg0', 'arg1'] } },
    // `spy(fn)` wraps a function and replaces nothing.
    { call: 'spy', when: ['arg1'], returns: 'Stub', changes: { state: 'mock', cell: ['arg0', 'arg1'] } },
    { call: 'stub|spy|fake', otherwise: true, returns: 'Anonymous' },
    { call: 'mock', when: ['arg0'], returns: 'Mock', changes: { state: 'mock', cell: ['arg0'] } },
    { call: 'replace|replaceGetter|replaceSetter|define', changes: { state: 'mock', cell: ['arg0', 'arg1'] } },
    { call: 'useFakeTimers', returns: 'Clock', changes: { state: 'timers', cell: ['=fake timers'] } },
    { call: 'useFakeXMLHttpRequest|useFakeServer|fakeServer.create', returns: 'FakeServer', changes: { state: 'http-mock', cell: ['=fake XMLHttpRequest'] } },
    { call: 'restore|verifyAndRestore', restores: { state: ['mock', 'timers', 'http-mock'], what: 'all' } },
    { call: 'createSandbox|sandbox.create|default.createSandbox', returns: 'Sandbox' },
    { call: 'Sandbox#stub', when: ['arg0'], returns: 'Stub', changes: { state: 'mock', cell: ['arg0', 'arg1'] } },
    { call: 'Sandbox#spy', when: ['arg1'], returns: 'Stub', changes: { state: 'mock', cell: ['arg0', 'arg1'] } },
    { call: on('Sandbox', 'stub spy fake'), otherwise: true, returns: 'Anonymous' },
    { call: 'Sandbox#mock', when: ['arg0'], returns: 'Mock', changes: { state: 'mock', cell: ['arg0'] } },
    { call: on('Sandbox', 'replace replaceGetter replaceSetter define'), changes: { state: 'mock', cell: ['arg0', 'arg1'] } },
    { call: 'Sandbox#useFakeTimers', returns: 'Clock', changes: { state: 'timers', cell: ['=fake timers'] } },
    {
      call: on('Sandbox', 'useFakeXMLHttpRequest useFakeServer fakeServer.create'),
      returns: 'FakeServer',
      changes: { state: 'http-mock', cell: ['=fake XMLHttpRequest'] },
    },
    { call: 'Sandbox#restore|Sandbox#verifyAndRestore', restores: { state: ['mock', 'timers', 'http-mock'], what: 'receiver' } },
    { call: 'assert.called', returns: 'Anonymous' },
    { call: 'Stub#*|Anonymous#*', returns: 'receiver' },
    { call: on('Stub Mock FakeServer', 'restore'), restores: { state: ['mock', 'http-mock'], what: 'receiver' } },
    { call: 'Clock#restore|Clock#uninstall', restores: { state: ['timers'], what: 'receiver' } },
    { call: 'Mock#expects', returns: 'Expectation' },
    { call: 'Mock#verify', restores: { state: ['mock'], what: 'receiver' } },
  ],
} satisfies LibraryEntry;
