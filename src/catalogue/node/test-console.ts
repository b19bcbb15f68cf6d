import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['test-console', 'jest-mock-console', 'stdout-stderr', 'std-mocks', 'intercept-stdout'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of the packages',
  tokens: ['test-console', 'jest-mock-console', 'stdout-stderr', 'std-mocks', 'intercept-stdout'],
  calls: [
    { call: 'stdout.inspect|stderr.inspect|default|use|default.use', returns: 'Inspect', changes: { state: 'console', cell: ['=stdout'] } },
    { call: 'Inspect#restore|Inspect#()|restore|default.restore', restores: { state: ['console'], what: 'all' } },
  ],
} satisfies LibraryEntry;
