import type { LibraryEntry } from '../../model/catalogue.js';

// A unique directory comes first, so even a literal `name` is private.
export default {
  packages: ['tempy', 'temp-write', 'temp-dir', 'unique-temp-dir'],
  language: 'typescript',
  versions: '0.x-3.x',
  source: 'read in package types, tempy 3.2',
  tokens: ['temp'],
  calls: [
    {
      call: 'temporaryFile|temporaryDirectory|temporaryWrite|temporaryWriteSync|default.file|default.directory|default.write|file|directory|write|default.writeSync|writeSync|default.sync',
      gives: { varies: 'call', source: 'tempy' },
    },
    { call: 'temporaryFileTask|temporaryDirectoryTask', scoped: { callback: 'arg0' } },
  ],
} satisfies LibraryEntry;
