import type { LibraryEntry } from '../../model/catalogue.js';
import { inForms } from '../call-lists.js';
import { pathCalls, watchCalls } from '../families/node-fs.js';

const FORMS = ['*', '*Sync'];
const both = (names: string): string => inForms(names, FORMS);

export default {
  packages: ['fs-extra', 'fs-extra/esm'],
  language: 'typescript',
  versions: '8-11',
  source: 'read in package types, fs-extra 11.4',
  tokens: ['fs-extra'],
  calls: [
    ...pathCalls(FORMS, { streams: true }),
    { call: both('outputFile outputJson outputJSON writeJson writeJSON'), op: 'write', opens: { kind: 'filesystem', name: ['arg0'] } },
    { call: both('ensureFile createFile ensureDir mkdirp mkdirs'), op: 'create', opens: { kind: 'filesystem', name: ['arg0'] } },
    { call: both('copy move ensureLink createLink ensureSymlink createSymlink'), op: 'write', opens: { kind: 'filesystem', name: ['arg1'] } },
    { call: 'move|moveSync', op: 'wipe', wipes: 'path', opens: { kind: 'filesystem', name: ['arg0'] } },
    { call: 'copy|copySync', op: 'read', opens: { kind: 'filesystem', name: ['arg0'] } },
    { call: both('readJson readJSON pathExists'), op: 'read', opens: { kind: 'filesystem', name: ['arg0'] } },
    { call: both('emptyDir emptydir'), op: 'wipe', wipes: 'path', opens: { kind: 'filesystem', name: ['arg0'] } },
    { call: 'remove|removeSync', op: 'wipe', wipes: 'path', opens: { kind: 'filesystem', name: ['arg0'] }, releases: 'arg0' },
    ...watchCalls,
  ],
} satisfies LibraryEntry;
