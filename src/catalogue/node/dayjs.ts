import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['dayjs'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of dayjs',
  tokens: ['dayjs'],
  calls: [
    { call: 'locale|default.locale', when: ['arg0'], changes: { state: 'module', cell: ['=dayjs.locale'] } },
    { call: 'extend|default.extend', changes: { state: 'module', cell: ['=dayjs plugins'] } },
    { call: 'tz.setDefault|default.tz.setDefault', when: ['arg0'], changes: { state: 'module', cell: ['=dayjs.tz default'] } },
  ],
} satisfies LibraryEntry;
