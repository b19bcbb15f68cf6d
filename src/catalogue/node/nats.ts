import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['nats', '@nats-io/transport-node', '@nats-io/jetstream', '@nats-io/kv'],
  language: 'typescript',
  versions: '2-3',
  source: 'read in package types, nats 2.29.3',
  tokens: ['nats'],
  types: { NatsConnection: 'Connection', JetStreamManager: 'Manager', JetStreamClient: 'JetStream', KV: 'KV' },
  typeOpening: { kind: 'nats' },
  calls: [
    {
      call: 'connect',
      returns: 'Connection',
      opens: { kind: 'nats', server: ['arg0.servers.0', 'arg0.servers', '=localhost'], port: ['arg0.port', '=4222'], name: ['=nats'] },
      op: 'acquire',
      owes: 'connection.close()',
    },
    { call: on('Connection', 'publish request requestMany'), op: 'write', unit: ['arg0'] },
    { call: 'Connection#subscribe', op: 'read', unit: ['arg0'] },
    { call: 'Connection#jetstreamManager', returns: 'Manager' },
    { call: 'Connection#jetstream', returns: 'JetStream' },
    { call: 'jetstreamManager', returns: 'Manager', opens: { kind: 'nats', same: ['arg0'], name: ['arg0'] } },
    { call: 'jetstream', returns: 'JetStream', opens: { kind: 'nats', same: ['arg0'], name: ['arg0'] } },
    { call: 'JetStream#views.kv', returns: 'KV', narrows: { unit: ['arg0'] }, op: 'create', unit: ['arg0'] },
    { call: 'JetStream#publish', op: 'write', unit: ['arg0'] },
    { call: 'Manager#streams.add', op: 'create', unit: ['arg0.name'] },
    { call: on('Manager', 'streams.update consumers.add consumers.delete'), op: 'write', unit: ['arg0'] },
    { call: 'Manager#streams.purge|Manager#streams.delete', op: 'wipe', wipes: 'unit', unit: ['arg0'] },
    { call: 'Manager#streams.list|Manager#streams.names', op: 'count' },
    { call: on('KV', 'put create update delete purge'), op: 'write' },
    { call: 'KV#get', op: 'read' },
    { call: 'KV#destroy', op: 'wipe', wipes: 'unit' },
    { call: 'Connection#close|Connection#drain', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
