import type { LibraryEntry } from '../../model/catalogue.js';

// Since 3 `resetAllMocks()` gives a spied method its original implementation back; before, it left it empty. `clearAllMocks()` restores nothing.
export default {
  packages: ['vitest', 'global'],
  language: 'typescript',
  versions: '1-4',
  source: 'measured with Vitest 4.1.12',
  tokens: ['vi', 'vitest'],
  types: { MockInstance: 'Spy', Mock: 'Spy', SpyInstance: 'Spy' },
  calls: [
    { call: 'vi.spyOn|vitest.spyOn', returns: 'Spy', changes: { state: 'mock', cell: ['arg0', 'arg1'] } },
    { call: 'Spy#*', returns: 'receiver' },
    { call: 'Spy#mockRestore|Spy#[dispose]', restores: { state: ['mock'], what: 'receiver' } },
    { call: 'vi.restoreAllMocks|vitest.restoreAllMocks|vi.resetAllMocks|vitest.resetAllMocks', restores: { state: ['mock'], what: 'all' } },
    { call: 'vi.mock|vitest.mock|vi.doMock|vitest.doMock', changes: { state: 'module-mock', cell: ['arg0'] } },
    { call: 'vi.unmock|vitest.unmock|vi.doUnmock|vitest.doUnmock', restores: { state: ['module-mock'], what: 'arg0' } },
    // What is loaded afterwards sees the mocks that are registered.
    { call: 'vi.resetModules|vitest.resetModules', restores: { state: ['module', 'module-mock'], what: 'all' } },
    { call: 'vi.stubEnv|vitest.stubEnv', changes: { state: 'env-stub', cell: ['arg0'] } },
    { call: 'vi.unstubAllEnvs|vitest.unstubAllEnvs', restores: { state: ['env-stub'], what: 'all' } },
    { call: 'vi.stubGlobal|vitest.stubGlobal', changes: { state: 'global-stub', cell: ['arg0'] } },
    { call: 'vi.unstubAllGlobals|vitest.unstubAllGlobals', restores: { state: ['global-stub'], what: 'all' } },
    { call: 'vi.useFakeTimers|vitest.useFakeTimers|vi.setSystemTime|vitest.setSystemTime', changes: { state: 'timers', cell: ['=fake timers'] } },
    { call: 'vi.useRealTimers|vitest.useRealTimers', restores: { state: ['timers'], what: 'all' } },
    { call: 'vi.getRealSystemTime|vitest.getRealSystemTime', gives: { varies: 'call', source: 'clock' } },
  ],
} satisfies LibraryEntry;
