import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['global'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['process'],
  calls: [
    { call: 'process.chdir|globalThis.process.chdir', changes: { state: 'cwd', cell: ['=process.cwd()'] } },
    { call: 'process.umask|globalThis.process.umask', when: ['arg0'], changes: { state: 'process', cell: ['=process.umask'] } },
    // `once` takes itself off again, and what listens to the end of the process meets no test.
    {
      call: 'process.on|globalThis.process.on|process.addListener|globalThis.process.addListener|process.prependListener|globalThis.process.prependListener',
      when: ['!arg0=exit|beforeExit'],
      changes: { state: 'process', cell: ['=process listeners'] },
    },
    {
      call: 'process.off|globalThis.process.off|process.removeListener|globalThis.process.removeListener|process.removeAllListeners|globalThis.process.removeAllListeners',
      restores: { state: ['process'], what: '=process listeners' },
    },
    {
      call: 'process.setUncaughtExceptionCaptureCallback|globalThis.process.setUncaughtExceptionCaptureCallback|process.setSourceMapsEnabled|globalThis.process.setSourceMapsEnabled|process.setuid|globalThis.process.setuid|process.setgid|globalThis.process.setgid',
      changes: { state: 'process', cell: ['=process settings'] },
    },
    { call: 'process.loadEnvFile|globalThis.process.loadEnvFile', changes: { state: 'env', cell: ['=process.env'] } },
    {
      call: 'process.hrtime|globalThis.process.hrtime|process.hrtime.bigint|globalThis.process.hrtime.bigint|process.uptime|globalThis.process.uptime',
      gives: { varies: 'call', source: 'clock' },
    },
  ],
} satisfies LibraryEntry;
