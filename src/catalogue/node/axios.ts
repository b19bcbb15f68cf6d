import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['axios'],
  language: 'typescript',
  versions: '0.x-1.x',
  source: 'read in the documentation of axios',
  tokens: ['axios'],
  calls: [
    {
      call: 'interceptors.request.use|interceptors.response.use|default.interceptors.request.use|default.interceptors.response.use',
      changes: { state: 'module', cell: ['=axios.interceptors'] },
    },
    {
      call: 'interceptors.request.eject|interceptors.response.eject|interceptors.request.clear|interceptors.response.clear|default.interceptors.request.eject|default.interceptors.response.eject|default.interceptors.request.clear|default.interceptors.response.clear',
      restores: { state: ['module'], what: '=axios.interceptors' },
    },
  ],
} satisfies LibraryEntry;
