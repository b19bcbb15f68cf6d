import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['umzug'],
  language: 'typescript',
  versions: '2-3',
  source: 'read in the documentation of umzug',
  tokens: ['umzug'],
  types: { Umzug: 'Umzug' },
  calls: [
    {
      call: 'new Umzug|new default',
      returns: 'Umzug',
      opens: {
        kind: 'database',
        same: ['arg0.storage', 'arg0.context', 'arg0.storageOptions.sequelize'],
        name: ['arg0.storage', 'arg0.context', 'arg0.storageOptions.sequelize'],
      },
    },
    { call: 'new SequelizeStorage', returns: 'Storage', opens: { kind: 'database', same: ['arg0.sequelize'], name: ['arg0.sequelize'] } },
    { call: 'Umzug#up', op: 'create' },
    { call: 'Umzug#down', op: 'wipe', wipes: 'database' },
    { call: 'Umzug#pending|Umzug#executed', op: 'read' },
  ],
} satisfies LibraryEntry;
