import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['node-cache', 'memory-cache'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of memory-cache',
  tokens: ['node-cache', 'memory-cache'],
  calls: [{ call: 'put|default.put', changes: { state: 'module', cell: ['=memory-cache'] } }],
} satisfies LibraryEntry;
