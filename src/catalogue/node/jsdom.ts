import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['jsdom', 'jsdom-global', 'global-jsdom', 'happy-dom', '@happy-dom/global-registrator', 'linkedom'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of jsdom-global',
  tokens: ['dom'],
  calls: [
    { call: 'default', returns: 'Cleanup', changes: { state: 'global', cell: ['=DOM globals'] } },
    { call: 'Cleanup#()', restores: { state: ['global'], what: '=DOM globals' } },
    { call: 'GlobalRegistrator.register', changes: { state: 'global', cell: ['=DOM globals'] } },
    { call: 'GlobalRegistrator.unregister', restores: { state: ['global'], what: '=DOM globals' } },
    { call: 'new JSDOM', returns: 'Dom' },
    { call: 'Dom#window.close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
