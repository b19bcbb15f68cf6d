import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// A child whose end is awaited owes no kill.
export default {
  packages: ['node:child_process'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['child_process'],
  types: { ChildProcess: 'ChildProcess', ChildProcessWithoutNullStreams: 'ChildProcess' },
  calls: [
    { call: 'exec', returns: 'ChildProcess', statement: { language: 'shell', in: 'arg0' } },
    { call: 'execSync', statement: { language: 'shell', in: 'arg0' } },
    { call: 'execFile', returns: 'ChildProcess', statement: { language: 'shell', in: 'arg*' } },
    { call: 'execFileSync|spawnSync', statement: { language: 'shell', in: 'arg*' } },
    { call: 'spawn', returns: 'ChildProcess', owes: 'child.kill()', owesKind: 'process', statement: { language: 'shell', in: 'arg*' } },
    { call: 'fork', returns: 'ChildProcess', owes: 'child.kill()', owesKind: 'process', statement: { language: 'shell', in: 'arg*' } },
    { call: 'ChildProcess#on|ChildProcess#once', when: ['arg0=exit|close'], returns: 'receiver', releases: 'receiver' },
    { call: 'ChildProcess#on|ChildProcess#once', otherwise: true, returns: 'receiver' },
    // Its output ends with it.
    { call: on('ChildProcess', 'stdout.on stdout.once stderr.on stderr.once'), when: ['arg0=end|close'], releases: 'receiver' },
    { call: on('ChildProcess', 'kill disconnect unref [dispose]'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
