import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['moment', 'moment-timezone'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of moment',
  tokens: ['moment', 'moment-timezone'],
  calls: [
    { call: 'locale|default.locale|updateLocale|default.updateLocale', when: ['arg0'], changes: { state: 'module', cell: ['=moment.locale'] } },
    { call: 'tz.setDefault|default.tz.setDefault', when: ['arg0'], changes: { state: 'module', cell: ['=moment.tz default'] } },
  ],
} satisfies LibraryEntry;
