import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['debug'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of debug',
  tokens: ['debug'],
  calls: [{ call: 'enable|disable|default.enable|default.disable', changes: { state: 'module', cell: ['=debug namespaces'] } }],
} satisfies LibraryEntry;
