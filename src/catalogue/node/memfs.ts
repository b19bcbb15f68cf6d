import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['memfs'],
  language: 'typescript',
  versions: '3-4',
  source: 'read in package types, memfs 4.80',
  tokens: ['memfs'],
  calls: [
    {
      call: 'vol.fromJSON|vol.fromNestedJSON|vol.mkdirSync|vol.writeFileSync|fs.writeFileSync|fs.mkdirSync',
      changes: { state: 'module', cell: ['=memfs vol'] },
    },
    { call: 'vol.reset', restores: { state: ['module'], what: '=memfs vol' } },
    { call: 'new Volume|Volume.fromJSON|createFsFromVolume|memfs', returns: 'Volume' },
  ],
} satisfies LibraryEntry;
