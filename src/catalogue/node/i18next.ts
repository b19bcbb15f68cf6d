import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['i18next'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of i18next',
  tokens: ['i18next'],
  calls: [{ call: 'changeLanguage|default.changeLanguage|init|default.init', changes: { state: 'module', cell: ['=i18next language'] } }],
} satisfies LibraryEntry;
