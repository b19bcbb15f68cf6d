import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/opensearch'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/opensearch 12',
  tokens: ['testcontainers'],
  types: { StartedOpenSearchContainer: 'StartedOpenSearchContainer' },
  typeOpening: { kind: 'elasticsearch', isolated: 'own-server' },
  calls: [
    { call: 'new OpenSearchContainer', returns: 'OpenSearchContainer' },
    { call: 'OpenSearchContainer#*', returns: 'receiver' },
    { call: 'OpenSearchContainer#withExposedPorts', returns: 'receiver' },
    {
      call: 'OpenSearchContainer#withExposedPorts',
      when: ['arg0.host'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] },
    },
    {
      call: 'OpenSearchContainer#withExposedPorts',
      when: ['arg1.host'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] },
    },
    { call: 'OpenSearchContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'OpenSearchContainer#withReuse',
      returns: 'ReusedOpenSearchContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused opensearch testcontainer'] },
    },
    { call: 'ReusedOpenSearchContainer#*', returns: 'receiver' },
    {
      call: 'OpenSearchContainer#start',
      returns: 'StartedOpenSearchContainer',
      op: 'acquire',
      opens: { kind: 'elasticsearch', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedOpenSearchContainer#start',
      returns: 'ReusedStartedOpenSearchContainer',
      op: 'acquire',
      opens: { kind: 'elasticsearch', server: ['=reused opensearch testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedOpenSearchContainer#getHost|StartedOpenSearchContainer#getHostname|StartedOpenSearchContainer#getMappedPort|StartedOpenSearchContainer#getFirstMappedPort|StartedOpenSearchContainer#getId|StartedOpenSearchContainer#getName|StartedOpenSearchContainer#getIpAddress|StartedOpenSearchContainer#getPort|StartedOpenSearchContainer#getHttpUrl',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedOpenSearchContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedOpenSearchContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedOpenSearchContainer#stop|StartedOpenSearchContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedOpenSearchContainer#getHost|ReusedStartedOpenSearchContainer#getHostname|ReusedStartedOpenSearchContainer#getMappedPort|ReusedStartedOpenSearchContainer#getFirstMappedPort|ReusedStartedOpenSearchContainer#getId|ReusedStartedOpenSearchContainer#getName|ReusedStartedOpenSearchContainer#getIpAddress|ReusedStartedOpenSearchContainer#getPort|ReusedStartedOpenSearchContainer#getHttpUrl',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedOpenSearchContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedOpenSearchContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedOpenSearchContainer#stop|ReusedStartedOpenSearchContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
