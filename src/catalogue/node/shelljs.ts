import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['shelljs', 'zx', 'zx/globals'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of shelljs and zx',
  tokens: ['shelljs', 'zx', 'zx/globals'],
  calls: [
    { call: 'exec|default.exec|$', statement: { language: 'shell', in: 'arg0' } },
    { call: 'rm|default.rm', op: 'wipe', wipes: 'path', opens: { kind: 'filesystem', name: ['arg1@text', 'arg1.*', 'arg1', 'arg0@text', 'arg0.*', 'arg0'] } },
    { call: 'mkdir|default.mkdir', op: 'create', opens: { kind: 'filesystem', name: ['arg1', 'arg0'] } },
    { call: 'cp|mv|default.cp|default.mv', op: 'write', opens: { kind: 'filesystem', name: ['arg2', 'arg1'] } },
    { call: 'touch|default.touch', op: 'write', opens: { kind: 'filesystem', name: ['arg0'] } },
    { call: 'cd|default.cd', changes: { state: 'cwd', cell: ['=process.cwd()'] } },
  ],
} satisfies LibraryEntry;
