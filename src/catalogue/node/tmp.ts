import type { LibraryEntry } from '../../model/catalogue.js';

// Random unless `name` is given; `setGracefulCleanup()` removes at exit.
export default {
  packages: ['tmp', 'tmp-promise'],
  language: 'typescript',
  versions: '0.2, 3.x',
  source: 'read in package types, tmp 0.2',
  tokens: ['tmp', 'tmp-promise'],
  calls: [
    { call: 'fileSync|file|dirSync|dir|tmpNameSync|tmpName', when: ['!arg0.name'], returns: 'Temp', gives: { varies: 'call', source: 'tmp' } },
    {
      call: 'fileSync|file|dirSync|dir|tmpNameSync|tmpName',
      when: ['arg0.name'],
      returns: 'Temp',
      op: 'create',
      opens: { kind: 'filesystem', name: ['arg0.name'], server: ['arg0.tmpdir', 'arg0.dir'] },
    },
    { call: 'withDir|withFile', scoped: { callback: 'arg0', param: 0 }, returns: 'Temp' },
    { call: 'Temp#removeCallback|Temp#cleanup', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
