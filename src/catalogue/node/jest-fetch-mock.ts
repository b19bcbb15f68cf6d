import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['jest-fetch-mock', 'vitest-fetch-mock'],
  language: 'typescript',
  versions: '3.x, 0.x',
  source: 'read in the documentation of the packages',
  tokens: ['jest-fetch-mock', 'vitest-fetch-mock'],
  calls: [
    { call: 'enableMocks|enableFetchMocks|default.enableMocks|default.doMock', changes: { state: 'global', cell: ['=globalThis.fetch'] } },
    { call: 'disableMocks|disableFetchMocks|default.disableMocks|default.dontMock', restores: { state: ['global'], what: '=globalThis.fetch' } },
  ],
} satisfies LibraryEntry;
