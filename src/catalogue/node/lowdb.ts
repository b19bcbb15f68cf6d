import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['lowdb', 'lowdb/node', 'nedb', '@seald-io/nedb', 'nedb-promises', 'node-persist', 'conf', 'configstore', 'electron-store'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of the packages',
  tokens: ['lowdb', 'nedb', 'node-persist', 'conf', 'electron-store'],
  calls: [
    {
      call: 'new JSONFile|new JSONFileSync|JSONFilePreset|JSONFileSyncPreset|new FileSync|new FileAsync',
      returns: 'Store',
      op: 'write',
      opens: { kind: 'filesystem', name: ['arg0'] },
    },
    {
      call: 'new default|default.create|create',
      when: ['arg0.filename'],
      returns: 'Store',
      op: 'write',
      opens: { kind: 'filesystem', name: ['arg0.filename'] },
    },
    { call: 'new default', when: ['arg0.cwd'], returns: 'Store', op: 'write', opens: { kind: 'filesystem', name: ['arg0.cwd'] } },
    { call: 'new default|default.create|create', otherwise: true, returns: 'Store' },
    { call: on('Store', 'write insert set update'), op: 'write' },
  ],
} satisfies LibraryEntry;
