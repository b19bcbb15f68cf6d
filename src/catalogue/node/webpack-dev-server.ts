import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['webpack-dev-server'],
  language: 'typescript',
  versions: '3-5',
  source: 'read in the documentation of webpack-dev-server',
  tokens: ['webpack-dev-server'],
  calls: [
    { call: 'new default', returns: 'Server' },
    { call: 'Server#listen', returns: 'receiver', op: 'bind', opens: { kind: 'network-port', name: ['arg0'], privateNames: ['0'] }, owes: 'server.stop()' },
    {
      call: 'Server#start|Server#startCallback',
      returns: 'receiver',
      op: 'bind',
      opens: { kind: 'network-port', name: ['receiver@made.arg0.port', '=8080'], privateNames: ['0'] },
      owes: 'server.stop()',
    },
    { call: on('Server', 'stop stopCallback close'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
