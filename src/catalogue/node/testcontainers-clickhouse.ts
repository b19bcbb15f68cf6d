import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/clickhouse'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/clickhouse 12',
  tokens: ['testcontainers'],
  types: { StartedClickHouseContainer: 'StartedClickHouseContainer' },
  typeOpening: { kind: 'clickhouse', isolated: 'own-server' },
  calls: [
    { call: 'new ClickHouseContainer', returns: 'ClickHouseContainer' },
    { call: 'ClickHouseContainer#*', returns: 'receiver' },
    { call: 'ClickHouseContainer#withExposedPorts', returns: 'receiver' },
    {
      call: 'ClickHouseContainer#withExposedPorts',
      when: ['arg0.host'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] },
    },
    {
      call: 'ClickHouseContainer#withExposedPorts',
      when: ['arg1.host'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] },
    },
    { call: 'ClickHouseContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'ClickHouseContainer#withReuse',
      returns: 'ReusedClickHouseContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused clickhouse testcontainer'] },
    },
    { call: 'ReusedClickHouseContainer#*', returns: 'receiver' },
    {
      call: 'ClickHouseContainer#start',
      returns: 'StartedClickHouseContainer',
      op: 'acquire',
      opens: { kind: 'clickhouse', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedClickHouseContainer#start',
      returns: 'ReusedStartedClickHouseContainer',
      op: 'acquire',
      opens: { kind: 'clickhouse', server: ['=reused clickhouse testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedClickHouseContainer#getHost|StartedClickHouseContainer#getHostname|StartedClickHouseContainer#getMappedPort|StartedClickHouseContainer#getFirstMappedPort|StartedClickHouseContainer#getId|StartedClickHouseContainer#getName|StartedClickHouseContainer#getIpAddress|StartedClickHouseContainer#getPort|StartedClickHouseContainer#getHttpPort|StartedClickHouseContainer#getHttpUrl|StartedClickHouseContainer#getConnectionUrl',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedClickHouseContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedClickHouseContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedClickHouseContainer#stop|StartedClickHouseContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedClickHouseContainer#getHost|ReusedStartedClickHouseContainer#getHostname|ReusedStartedClickHouseContainer#getMappedPort|ReusedStartedClickHouseContainer#getFirstMappedPort|ReusedStartedClickHouseContainer#getId|ReusedStartedClickHouseContainer#getName|ReusedStartedClickHouseContainer#getIpAddress|ReusedStartedClickHouseContainer#getPort|ReusedStartedClickHouseContainer#getHttpPort|ReusedStartedClickHouseContainer#getHttpUrl|ReusedStartedClickHouseContainer#getConnectionUrl',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedClickHouseContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedClickHouseContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedClickHouseContainer#stop|ReusedStartedClickHouseContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
