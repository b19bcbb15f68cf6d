import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@sinonjs/fake-timers', 'lolex'],
  language: 'typescript',
  versions: '2-15',
  source: 'read in the documentation of @sinonjs/fake-timers',
  tokens: ['fake-timers', 'lolex'],
  calls: [
    { call: 'install|default.install|withGlobal.install', returns: 'Clock', changes: { state: 'timers', cell: ['=fake timers'] } },
    { call: 'createClock|default.createClock', returns: 'Clock' },
    { call: 'Clock#uninstall', restores: { state: ['timers'], what: 'all' } },
  ],
} satisfies LibraryEntry;
