import type { CallSpec } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

/** The client of Elasticsearch, and of OpenSearch, which began as a copy of it. There is no prefix option: the index is named per call. */
export const searchClient: readonly CallSpec[] = [
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
  { call: on('Client', 'index create update bulk updateByQuery delete helpers.bulk'), op: 'write', unit: ['arg0.index'] },
  { call: 'Client#reindex', op: 'write', unit: ['arg0.dest.index', 'arg0.body.dest.index'] },
  { call: 'Client#indices.create|Client#indices.createDataStream', op: 'create', unit: ['arg0.index', 'arg0.name'] },
  {
    call: on(
      'Client',
      'indices.putAlias indices.putMapping indices.putSettings indices.updateAliases indices.refresh indices.rollover indices.close indices.open',
    ),
    op: 'write',
    unit: ['arg0.index', 'arg0.name'],
  },
  {
    call: on('Client', 'indices.putIndexTemplate indices.putTemplate ingest.putPipeline cluster.putComponentTemplate ilm.putLifecycle'),
    op: 'write',
    unit: ['arg0.name', 'arg0.id'],
  },
  {
    call: on('Client', 'search get mget msearch exists indices.exists indices.get helpers.scrollSearch helpers.scrollDocuments helpers.search'),
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
    call: on('Client', 'indices.deleteIndexTemplate indices.deleteTemplate cluster.deleteComponentTemplate'),
    op: 'wipe',
    wipes: 'unit',
    unit: ['arg0.name'],
  },
  { call: 'Client#cluster.putSettings', op: 'wipe', wipes: 'server' },
  { call: 'Client#child', returns: 'Client' },
  { call: 'Client#close', releases: 'receiver' },
];
