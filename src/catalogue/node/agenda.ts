import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['agenda'],
  language: 'typescript',
  versions: '4-5',
  source: 'read in package types, agenda 5.0.0',
  tokens: ['agenda', 'Agenda'],
  types: { Agenda: 'Agenda' },
  calls: [
    {
      call: 'new Agenda|new default',
      returns: 'Agenda',
      opens: {
        kind: 'mongodb',
        same: ['arg0.mongo'],
        server: ['arg0.db.address@url.host', '=localhost'],
        port: ['arg0.db.address@url.port', '=27017'],
        name: ['arg0.db.address@url.path'],
        unit: ['arg0.db.collection', '=agendaJobs'],
      },
      op: 'acquire',
      owes: 'agenda.stop()',
    },
    { call: on('Agenda', 'now every schedule start saveJob cancel disable enable'), op: 'write' },
    { call: 'Agenda#purge', op: 'wipe', wipes: 'unit' },
    { call: 'Agenda#jobs', op: 'count' },
    { call: 'Agenda#close|Agenda#stop', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
