import type { LibraryEntry } from '../../model/catalogue.js';
import { fileHandle, fileHandleCalls, opensByFlags, pathCalls, watchCalls } from '../families/node-fs.js';

export default {
  packages: ['node:fs', 'graceful-fs'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['fs'],
  types: { FSWatcher: 'Watcher' },
  calls: [
    ...pathCalls(['*', '*Sync', 'promises.*'], { streams: true }),
    ...opensByFlags('openSync', { returns: 'Fd', owes: 'closeSync(fd)', owesKind: 'handle' }),
    { call: 'closeSync|close', releases: 'arg0' },
    ...opensByFlags('promises.open', fileHandle),
    ...opensByFlags('open', {}),
    ...fileHandleCalls,
    ...watchCalls,
  ],
} satisfies LibraryEntry;
