import type { LibraryEntry } from '../../model/catalogue.js';

// `resetAllMocks()` and `clearAllMocks()` restore nothing.
export default {
  packages: ['@jest/globals', 'global', 'jest'],
  language: 'typescript',
  versions: '26-30',
  source: 'measured with Jest 30.5.2',
  tokens: ['jest'],
  types: { SpyInstance: 'Spy', 'jest.SpyInstance': 'Spy' },
  calls: [
    { call: 'jest.spyOn', returns: 'Spy', changes: { state: 'mock', cell: ['arg0', 'arg1'] } },
    { call: 'jest.replaceProperty', returns: 'Replaced', changes: { state: 'mock', cell: ['arg0', 'arg1'] } },
    { call: 'Replaced#replaceValue', returns: 'receiver' },
    { call: 'Replaced#restore', restores: { state: ['mock'], what: 'receiver' } },
    { call: 'Spy#*', returns: 'receiver' },
    { call: 'Spy#mockRestore|Spy#[dispose]', restores: { state: ['mock'], what: 'receiver' } },
    { call: 'jest.restoreAllMocks', restores: { state: ['mock'], what: 'all' } },
    { call: 'jest.mock|jest.doMock|jest.setMock|jest.unstable_mockModule|jest.enableAutomock', changes: { state: 'module-mock', cell: ['arg0'] } },
    { call: 'jest.unmock|jest.dontMock|jest.unstable_unmockModule', restores: { state: ['module-mock'], what: 'arg0' } },
    { call: 'jest.disableAutomock|jest.deepUnmock', restores: { state: ['module-mock'], what: 'arg0' } },
    // What is loaded afterwards sees the mocks that are registered.
    { call: 'jest.resetModules', restores: { state: ['module', 'module-mock'], what: 'all' } },
    { call: 'jest.isolateModules|jest.isolateModulesAsync', scoped: { callback: 'arg0' } },
    { call: 'jest.useFakeTimers', when: ['arg0=real'], restores: { state: ['timers'], what: 'all' } },
    { call: 'jest.useFakeTimers|jest.setSystemTime', otherwise: true, changes: { state: 'timers', cell: ['=fake timers'] } },
    { call: 'jest.useRealTimers', restores: { state: ['timers'], what: 'all' } },
    { call: 'jest.getRealSystemTime|jest.now', gives: { varies: 'call', source: 'clock' } },
  ],
} satisfies LibraryEntry;
