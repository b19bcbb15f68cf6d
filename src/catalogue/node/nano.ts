import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['nano'],
  language: 'typescript',
  versions: '6-11',
  source: 'read in the documentation of nano 11',
  tokens: ['nano'],
  types: { ServerScope: 'Server', DocumentScope: 'Db' },
  typeOpening: { kind: 'couchdb' },
  calls: [
    // `http://host:5984/orders` stands for one database.
    {
      call: 'default',
      when: ['arg0@url.path'],
      returns: 'Db',
      opens: { kind: 'couchdb', server: ['arg0@url.host'], port: ['arg0@url.port', '=5984'], name: ['arg0@url.path'] },
      op: 'acquire',
    },
    {
      call: 'default',
      otherwise: true,
      returns: 'Server',
      opens: { kind: 'couchdb', server: ['arg0@url.host', 'arg0.url@url.host', 'arg0', '=localhost'], port: ['arg0@url.port', 'arg0.url@url.port', '=5984'] },
      op: 'acquire',
    },
    { call: on('Server', 'use scope db.use db.scope'), returns: 'Db', narrows: { name: ['arg0'] } },
    { call: 'Server#db.create', op: 'create', narrows: { name: ['arg0'] } },
    { call: 'Server#db.destroy', op: 'wipe', wipes: 'database', narrows: { name: ['arg0'] } },
    { call: 'Server#db.get|Server#db.info', op: 'read', narrows: { name: ['arg0'] } },
    { call: on('Db', 'insert bulk destroy copy atomic createIndex attachment.insert attachment.destroy'), op: 'write' },
    { call: 'Db#list', op: 'count' },
    { call: on('Db', 'get head fetch view find search changes'), op: 'read' },
  ],
} satisfies LibraryEntry;
