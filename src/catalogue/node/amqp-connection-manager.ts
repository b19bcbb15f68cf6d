import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['amqp-connection-manager'],
  language: 'typescript',
  versions: '3-5',
  source: 'read in the documentation of amqp-connection-manager',
  tokens: ['amqp-connection-manager'],
  calls: [
    {
      call: 'connect|default.connect',
      returns: 'Connection',
      opens: {
        kind: 'rabbitmq',
        server: ['arg0.0@url.host', 'arg0@url.host', '=localhost'],
        port: ['arg0.0@url.port', 'arg0@url.port', '=5672'],
        name: ['arg0.0@url.path', 'arg0@url.path', '=/'],
      },
      op: 'acquire',
      owes: 'connection.close()',
    },
    { call: 'Connection#createChannel', returns: 'Channel' },
    { call: on('Channel', 'publish sendToQueue assertQueue assertExchange bindQueue consume'), op: 'write', unit: ['arg0'] },
    { call: on('Channel', 'purgeQueue deleteQueue deleteExchange'), op: 'wipe', wipes: 'unit', unit: ['arg0'] },
    { call: 'Connection#close|Channel#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
