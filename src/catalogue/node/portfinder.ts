import type { LibraryEntry } from '../../model/catalogue.js';

// Scans upward from a base, so two workers find the same port.
export default {
  packages: ['portfinder', 'detect-port', 'portscanner', 'find-free-port', 'get-port-sync', 'find-open-port', 'tcp-port-used'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of portfinder and detect-port',
  tokens: ['portfinder', 'detect-port', 'portscanner', 'find-free-port', 'get-port-sync', 'find-open-port', 'tcp-port-used'],
  calls: [
    {
      call: 'getPort|getPortPromise|default.getPort|default.getPortPromise|default|detect|detectPort|findAPortNotInUse|default.findAPortNotInUse',
      gives: { varies: 'run', source: 'port scan' },
    },
    { call: 'setBasePort|setHighestPort', changes: { state: 'module', cell: ['=portfinder base port'] } },
  ],
} satisfies LibraryEntry;
