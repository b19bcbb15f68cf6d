import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['typeorm-extension'],
  language: 'typescript',
  versions: '1-3',
  source: 'read in the documentation of typeorm-extension',
  tokens: ['typeorm-extension'],
  calls: [
    { call: 'createDatabase', op: 'create', opens: { kind: 'database', server: ['arg0.options.host', '=localhost'], name: ['arg0.options.database'] } },
    {
      call: 'dropDatabase',
      op: 'wipe',
      wipes: 'database',
      opens: { kind: 'database', server: ['arg0.options.host', '=localhost'], name: ['arg0.options.database'] },
    },
    { call: 'runSeeders|runSeeder', op: 'write', opens: { kind: 'database', same: ['arg0'], name: ['arg0'] } },
  ],
} satisfies LibraryEntry;
