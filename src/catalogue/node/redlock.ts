import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['redlock'],
  language: 'typescript',
  versions: '4-5',
  source: 'read in the documentation of redlock',
  tokens: ['redlock'],
  calls: [
    { call: 'new default', returns: 'Redlock', opens: { kind: 'redis', same: ['arg0.0'], name: ['arg0.0'] } },
    { call: on('Redlock', 'acquire lock using'), op: 'write', unit: ['arg0.0', 'arg0'], returns: 'Lock' },
    { call: 'Lock#release|Lock#unlock', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
