import type { LibraryEntry } from '../../model/catalogue.js';

// There is no prefix option: the index is named per call.
export default {
  packages: ['@opensearch-project/opensearch'],
  language: 'typescript',
  versions: '2-3',
  source: 'read in package types, @opensearch-project/opensearch 3.9.0',
  tokens: ['opensearch'],
  types: { Client: 'Client' },
  typeOpening: { kind: 'elasticsearch' },
  calls: [
    {
      call: 'new Client',
      returns: 'Client',
      opens: {
        kind: 'elasticsearch',
        server: ['arg0.node@url.host', 'arg0.nodes.0@url.host', 'arg0.node.url@url.host', '=localhost'],
        port: ['arg0.node@url.port', 'arg0.nodes.0@url.port', '=9200'],
        name: ['=cluster'],
      },
      op: 'acquire',
      owes: 'client.close()',
    },
    { call: 'Client#index|Client#create|Client#update|Client#bulk|Client#updateByQuery|Client#delete|Client#helpers.bulk', op: 'write', unit: ['arg0.index'] },
    { call: 'Client#reindex', op: 'write', unit: ['arg0.dest.index', 'arg0.body.dest.index'] },
    { call: 'Client#indices.create|Client#indices.createDataStream', op: 'create', unit: ['arg0.index', 'arg0.name'] },
    {
      call: 'Client#indices.putAlias|Client#indices.putMapping|Client#indices.putSettings|Client#indices.updateAliases|Client#indices.refresh|Client#indices.rollover|Client#indices.close|Client#indices.open',
      op: 'write',
      unit: ['arg0.index', 'arg0.name'],
    },
    {
      call: 'Client#indices.putIndexTemplate|Client#indices.putTemplate|Client#ingest.putPipeline|Client#cluster.putComponentTemplate|Client#ilm.putLifecycle',
      op: 'write',
      unit: ['arg0.name', 'arg0.id'],
    },
    {
      call: 'Client#search|Client#get|Client#mget|Client#msearch|Client#exists|Client#indices.exists|Client#indices.get|Client#helpers.scrollSearch|Client#helpers.scrollDocuments|Client#helpers.search',
      op: 'read',
      unit: ['arg0.index'],
    },
    { call: 'Client#count', when: ['!arg0.query', '!arg0.body.query'], op: 'count', unit: ['arg0.index'] },
    { call: 'Client#count', otherwise: true, op: 'read', unit: ['arg0.index'] },
    { call: 'Client#indices.delete', when: ['arg0.index=*|_all'], op: 'wipe', wipes: 'server' },
    { call: 'Client#indices.delete', otherwise: true, op: 'wipe', wipes: 'unit', unit: ['arg0.index'] },
    { call: 'Client#deleteByQuery', when: ['arg0.query.match_all'], op: 'wipe', wipes: 'unit', unit: ['arg0.index'] },
    { call: 'Client#deleteByQuery', when: ['arg0.body.query.match_all'], op: 'wipe', wipes: 'unit', unit: ['arg0.index'] },
    { call: 'Client#deleteByQuery', otherwise: true, op: 'write', unit: ['arg0.index'] },
    { call: 'Client#indices.deleteDataStream', op: 'wipe', wipes: 'unit', unit: ['arg0.name'] },
    {
      call: 'Client#indices.deleteIndexTemplate|Client#indices.deleteTemplate|Client#cluster.deleteComponentTemplate',
      op: 'wipe',
      wipes: 'unit',
      unit: ['arg0.name'],
    },
    { call: 'Client#cluster.putSettings', op: 'wipe', wipes: 'server' },
    { call: 'Client#child', returns: 'Client' },
    { call: 'Client#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
