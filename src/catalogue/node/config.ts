import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['config', 'nconf', 'convict'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of node-config',
  tokens: ['config', 'nconf', 'convict'],
  calls: [{ call: 'util.setModuleDefaults|default.util.setModuleDefaults|set|default.set|util.extendDeep', changes: { state: 'module', cell: ['=config'] } }],
} satisfies LibraryEntry;
