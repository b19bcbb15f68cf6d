import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/elasticsearch'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/elasticsearch 12',
  tokens: ['testcontainers'],
  types: { StartedElasticsearchContainer: 'StartedElasticsearchContainer' },
  typeOpening: { kind: 'elasticsearch', isolated: 'own-server' },
  calls: [
    { call: 'new ElasticsearchContainer', returns: 'ElasticsearchContainer' },
    { call: 'ElasticsearchContainer#*', returns: 'receiver' },
    { call: 'ElasticsearchContainer#withExposedPorts', returns: 'receiver' },
    {
      call: 'ElasticsearchContainer#withExposedPorts',
      when: ['arg0.host'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] },
    },
    {
      call: 'ElasticsearchContainer#withExposedPorts',
      when: ['arg1.host'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] },
    },
    { call: 'ElasticsearchContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'ElasticsearchContainer#withReuse',
      returns: 'ReusedElasticsearchContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused elasticsearch testcontainer'] },
    },
    { call: 'ReusedElasticsearchContainer#*', returns: 'receiver' },
    {
      call: 'ElasticsearchContainer#start',
      returns: 'StartedElasticsearchContainer',
      op: 'acquire',
      opens: { kind: 'elasticsearch', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedElasticsearchContainer#start',
      returns: 'ReusedStartedElasticsearchContainer',
      op: 'acquire',
      opens: { kind: 'elasticsearch', server: ['=reused elasticsearch testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedElasticsearchContainer#getHost|StartedElasticsearchContainer#getHostname|StartedElasticsearchContainer#getMappedPort|StartedElasticsearchContainer#getFirstMappedPort|StartedElasticsearchContainer#getId|StartedElasticsearchContainer#getName|StartedElasticsearchContainer#getIpAddress|StartedElasticsearchContainer#getPort|StartedElasticsearchContainer#getHttpUrl',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedElasticsearchContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedElasticsearchContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedElasticsearchContainer#stop|StartedElasticsearchContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedElasticsearchContainer#getHost|ReusedStartedElasticsearchContainer#getHostname|ReusedStartedElasticsearchContainer#getMappedPort|ReusedStartedElasticsearchContainer#getFirstMappedPort|ReusedStartedElasticsearchContainer#getId|ReusedStartedElasticsearchContainer#getName|ReusedStartedElasticsearchContainer#getIpAddress|ReusedStartedElasticsearchContainer#getPort|ReusedStartedElasticsearchContainer#getHttpUrl',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedElasticsearchContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedElasticsearchContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedElasticsearchContainer#stop|ReusedStartedElasticsearchContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
