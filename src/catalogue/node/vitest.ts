import type { LibraryEntry } from '../../model/catalogue.js';
import { inForms } from '../call-lists.js';

/** `vi` is also exported as `vitest`. */
const vi = (names: string): string => inForms(names, ['vi.*', 'vitest.*']);

// Since 3 `mockReset()` and `resetAllMocks()` give a spied method its original implementation back; before, they left it empty. `clearAllMocks()` restores nothing.
export default {
  packages: ['vitest', 'global'],
  language: 'typescript',
  versions: '1-4',
  source: 'measured with Vitest 4.1.12',
  tokens: ['vi', 'vitest'],
  types: { MockInstance: 'Spy', Mock: 'Spy', SpyInstance: 'Spy' },
  calls: [
    { call: vi('spyOn'), returns: 'Spy', changes: { state: 'mock', cell: ['arg0', 'arg1'] } },
    { call: 'Spy#*', returns: 'receiver' },
    { call: 'Spy#mockRestore|Spy#mockReset|Spy#[dispose]', restores: { state: ['mock'], what: 'receiver' } },
    { call: vi('restoreAllMocks resetAllMocks'), restores: { state: ['mock'], what: 'all' } },
    { call: vi('mock doMock'), changes: { state: 'module-mock', cell: ['arg0'] } },
    { call: vi('unmock doUnmock'), restores: { state: ['module-mock'], what: 'arg0' } },
    // What is loaded afterwards sees the mocks that are registered.
    { call: vi('resetModules'), restores: { state: ['module', 'module-mock'], what: 'all' } },
    { call: vi('stubEnv'), changes: { state: 'env-stub', cell: ['arg0'] } },
    { call: vi('unstubAllEnvs'), restores: { state: ['env-stub'], what: 'all' } },
    { call: vi('stubGlobal'), changes: { state: 'global-stub', cell: ['arg0'] } },
    { call: vi('unstubAllGlobals'), restores: { state: ['global-stub'], what: 'all' } },
    { call: vi('useFakeTimers setSystemTime'), changes: { state: 'timers', cell: ['=fake timers'] } },
    { call: vi('useRealTimers'), restores: { state: ['timers'], what: 'all' } },
    { call: vi('getRealSystemTime'), gives: { varies: 'call', source: 'clock' } },
  ],
} satisfies LibraryEntry;
