import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['chokidar'],
  language: 'typescript',
  versions: '3-5',
  source: 'read in the documentation of chokidar',
  tokens: ['chokidar'],
  calls: [
    { call: 'watch|default.watch', returns: 'Watcher', owes: 'watcher.close()', owesKind: 'handle' },
    { call: 'Watcher#on|Watcher#add', returns: 'receiver' },
    { call: 'Watcher#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
