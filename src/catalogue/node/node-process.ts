import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['node:process'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['process'],
  calls: [
    { call: 'chdir', changes: { state: 'cwd', cell: ['=process.cwd()'] } },
    { call: 'umask', when: ['arg0'], changes: { state: 'process', cell: ['=process.umask'] } },
    {
      call: 'on|addListener|prependListener|once|prependOnceListener',
      when: ['!arg0=exit|beforeExit'],
      changes: { state: 'process', cell: ['=process listeners'] },
    },
    { call: 'off|removeListener|removeAllListeners', restores: { state: ['process'], what: '=process listeners' } },
    { call: 'setUncaughtExceptionCaptureCallback|setSourceMapsEnabled|setuid|setgid', changes: { state: 'process', cell: ['=process settings'] } },
    { call: 'loadEnvFile', changes: { state: 'env', cell: ['=process.env'] } },
    { call: 'hrtime|hrtime.bigint|uptime', gives: { varies: 'call', source: 'clock' } },
  ],
} satisfies LibraryEntry;
