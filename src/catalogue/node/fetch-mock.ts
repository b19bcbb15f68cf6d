import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['fetch-mock', 'fetch-mock-jest', '@fetch-mock/vitest', '@fetch-mock/jest'],
  language: 'typescript',
  versions: '9-12',
  source: 'read in package types, fetch-mock 12.6.0',
  tokens: ['fetch-mock'],
  calls: [
    {
      call: 'mockGlobal|mock|get|post|put|delete|patch|head|any|once|route|getOnce|postOnce|default.mockGlobal|default.mock|default.get|default.post|default.put|default.delete|default.once|default.route',
      changes: { state: 'http-mock', cell: ['=fetch-mock'] },
    },
    {
      call: 'unmockGlobal|removeRoutes|hardReset|restore|mockRestore|default.unmockGlobal|default.removeRoutes|default.hardReset|default.restore|default.reset|default.mockRestore',
      restores: { state: ['http-mock'], what: 'all' },
    },
    { call: 'createInstance|default.sandbox|default.createInstance', returns: 'Instance' },
  ],
} satisfies LibraryEntry;
