import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['etcd3'],
  language: 'typescript',
  versions: '1-2',
  source: 'read in the documentation of etcd3 2.0',
  tokens: ['etcd3'],
  types: { Etcd3: 'Client', Namespace: 'Client' },
  typeOpening: { kind: 'etcd' },
  calls: [
    {
      call: 'new Etcd3',
      returns: 'Client',
      opens: { kind: 'etcd', server: ['arg0.hosts', '=127.0.0.1:2379'], name: ['=(default)'] },
      op: 'acquire',
      owes: 'client.close()',
    },
    { call: 'Client#namespace', returns: 'Client', narrows: { namespace: ['arg0'] } },
    { call: 'Client#put', op: 'write', unit: ['arg0'] },
    { call: 'Client#lock|Client#election', op: 'write', unit: ['arg0'] },
    { call: 'Client#delete', returns: 'Delete' },
    { call: 'Delete#all', op: 'wipe', wipes: 'namespace' },
    { call: 'Delete#key', op: 'write', unit: ['arg0'] },
    { call: 'Delete#prefix', op: 'wipe', wipes: 'unit', unit: ['arg0'] },
    { call: 'Client#get', op: 'read', unit: ['arg0'] },
    { call: 'Client#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
