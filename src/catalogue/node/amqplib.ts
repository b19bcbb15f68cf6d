import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// The vhost is the URL path; `assertQueue("")` is named by the server and private.
export default {
  packages: ['amqplib', 'amqplib/callback_api'],
  language: 'typescript',
  versions: '0.8-2',
  source: 'read in package types, amqplib 2.3.1',
  tokens: ['amqplib'],
  types: { Connection: 'Connection', ChannelModel: 'Connection', Channel: 'Channel', ConfirmChannel: 'Channel' },
  typeOpening: { kind: 'rabbitmq' },
  calls: [
    {
      call: 'connect',
      returns: 'Connection',
      opens: {
        kind: 'rabbitmq',
        server: ['arg0@url.host', 'arg0.hostname', '=localhost'],
        port: ['arg0@url.port', 'arg0.port', '=5672'],
        name: ['arg0@url.path', 'arg0.vhost', '=/'],
      },
      op: 'acquire',
      owes: 'connection.close()',
    },
    { call: 'Connection#createChannel|Connection#createConfirmChannel', returns: 'Channel' },
    { call: 'Channel#assertQueue', when: ['arg0'], op: 'create', unit: ['arg0'] },
    { call: 'Channel#assertExchange', op: 'create', unit: ['arg0'] },
    { call: on('Channel', 'bindQueue unbindQueue sendToQueue publish bindExchange'), op: 'write', unit: ['arg0'] },
    { call: 'Channel#consume|Channel#get', op: 'write', unit: ['arg0'] },
    { call: 'Channel#checkQueue|Channel#checkExchange', op: 'read', unit: ['arg0'] },
    { call: on('Channel', 'purgeQueue deleteQueue deleteExchange'), op: 'wipe', wipes: 'unit', unit: ['arg0'] },
    { call: 'Connection#close|Channel#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
