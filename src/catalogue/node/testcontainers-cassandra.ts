import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/cassandra'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/cassandra 12',
  tokens: ['testcontainers'],
  types: { StartedCassandraContainer: 'StartedCassandraContainer' },
  typeOpening: { kind: 'cassandra', isolated: 'own-server' },
  calls: [
    { call: 'new CassandraContainer', returns: 'CassandraContainer' },
    { call: 'CassandraContainer#*', returns: 'receiver' },
    { call: 'CassandraContainer#withExposedPorts', returns: 'receiver' },
    { call: 'CassandraContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'CassandraContainer#withExposedPorts', when: ['arg1.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] } },
    { call: 'CassandraContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'CassandraContainer#withReuse',
      returns: 'ReusedCassandraContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused cassandra testcontainer'] },
    },
    { call: 'ReusedCassandraContainer#*', returns: 'receiver' },
    {
      call: 'CassandraContainer#start',
      returns: 'StartedCassandraContainer',
      op: 'acquire',
      opens: { kind: 'cassandra', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedCassandraContainer#start',
      returns: 'ReusedStartedCassandraContainer',
      op: 'acquire',
      opens: { kind: 'cassandra', server: ['=reused cassandra testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedCassandraContainer#getHost|StartedCassandraContainer#getHostname|StartedCassandraContainer#getMappedPort|StartedCassandraContainer#getFirstMappedPort|StartedCassandraContainer#getId|StartedCassandraContainer#getName|StartedCassandraContainer#getIpAddress|StartedCassandraContainer#getPort|StartedCassandraContainer#getContactPoint',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedCassandraContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedCassandraContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedCassandraContainer#stop|StartedCassandraContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedCassandraContainer#getHost|ReusedStartedCassandraContainer#getHostname|ReusedStartedCassandraContainer#getMappedPort|ReusedStartedCassandraContainer#getFirstMappedPort|ReusedStartedCassandraContainer#getId|ReusedStartedCassandraContainer#getName|ReusedStartedCassandraContainer#getIpAddress|ReusedStartedCassandraContainer#getPort|ReusedStartedCassandraContainer#getContactPoint',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedCassandraContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedCassandraContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedCassandraContainer#stop|ReusedStartedCassandraContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
