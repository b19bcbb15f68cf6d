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
    {
      call: 'CassandraContainer#withExposedPorts|CassandraContainer#withEnvironment|CassandraContainer#withCommand|CassandraContainer#withEntrypoint|CassandraContainer#withWaitStrategy|CassandraContainer#withStartupTimeout|CassandraContainer#withNetwork|CassandraContainer#withNetworkAliases|CassandraContainer#withNetworkMode|CassandraContainer#withUsername|CassandraContainer#withUser|CassandraContainer#withPassword|CassandraContainer#withDatabase|CassandraContainer#withRootPassword|CassandraContainer#withBindMounts|CassandraContainer#withCopyFilesToContainer|CassandraContainer#withCopyContentToContainer|CassandraContainer#withCopyDirectoriesToContainer|CassandraContainer#withTmpFs|CassandraContainer#withLabels|CassandraContainer#withLogConsumer|CassandraContainer#withPrivilegedMode|CassandraContainer#withPullPolicy|CassandraContainer#withPlatform|CassandraContainer#withHealthCheck|CassandraContainer#withDefaultLogDriver|CassandraContainer#withResourcesQuota|CassandraContainer#withSharedMemorySize|CassandraContainer#withHostname|CassandraContainer#withExtraHosts|CassandraContainer#withUlimits|CassandraContainer#withWorkingDir|CassandraContainer#withAddedCapabilities|CassandraContainer#withKraft|CassandraContainer#withReplicaSet|CassandraContainer#withApoc|CassandraContainer#withPlugins|CassandraContainer#withAuthentication|CassandraContainer#withAutoRemove|CassandraContainer#withVersion|CassandraContainer#withServices',
      returns: 'receiver',
    },
    { call: 'CassandraContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'CassandraContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'CassandraContainer#withReuse',
      returns: 'ReusedCassandraContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused cassandra testcontainer'] },
    },
    {
      call: 'ReusedCassandraContainer#withExposedPorts|ReusedCassandraContainer#withEnvironment|ReusedCassandraContainer#withCommand|ReusedCassandraContainer#withEntrypoint|ReusedCassandraContainer#withWaitStrategy|ReusedCassandraContainer#withStartupTimeout|ReusedCassandraContainer#withNetwork|ReusedCassandraContainer#withNetworkAliases|ReusedCassandraContainer#withNetworkMode|ReusedCassandraContainer#withUsername|ReusedCassandraContainer#withUser|ReusedCassandraContainer#withPassword|ReusedCassandraContainer#withDatabase|ReusedCassandraContainer#withRootPassword|ReusedCassandraContainer#withBindMounts|ReusedCassandraContainer#withCopyFilesToContainer|ReusedCassandraContainer#withCopyContentToContainer|ReusedCassandraContainer#withCopyDirectoriesToContainer|ReusedCassandraContainer#withTmpFs|ReusedCassandraContainer#withLabels|ReusedCassandraContainer#withLogConsumer|ReusedCassandraContainer#withPrivilegedMode|ReusedCassandraContainer#withPullPolicy|ReusedCassandraContainer#withPlatform|ReusedCassandraContainer#withHealthCheck|ReusedCassandraContainer#withDefaultLogDriver|ReusedCassandraContainer#withResourcesQuota|ReusedCassandraContainer#withSharedMemorySize|ReusedCassandraContainer#withHostname|ReusedCassandraContainer#withExtraHosts|ReusedCassandraContainer#withUlimits|ReusedCassandraContainer#withWorkingDir|ReusedCassandraContainer#withAddedCapabilities|ReusedCassandraContainer#withKraft|ReusedCassandraContainer#withReplicaSet|ReusedCassandraContainer#withApoc|ReusedCassandraContainer#withPlugins|ReusedCassandraContainer#withAuthentication|ReusedCassandraContainer#withAutoRemove|ReusedCassandraContainer#withVersion|ReusedCassandraContainer#withServices|ReusedCassandraContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'CassandraContainer#start',
      returns: 'StartedCassandraContainer',
      op: 'acquire',
      opens: { kind: 'cassandra', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedCassandraContainer#start',
      returns: 'StartedCassandraContainer',
      op: 'acquire',
      opens: { kind: 'cassandra', server: ['=reused cassandra testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedCassandraContainer#getConnectionUri|StartedCassandraContainer#getConnectionUrl|StartedCassandraContainer#getUrl|StartedCassandraContainer#getUri|StartedCassandraContainer#getConnectionString|StartedCassandraContainer#getBoltUri|StartedCassandraContainer#getHttpUri|StartedCassandraContainer#getHttpUrl|StartedCassandraContainer#getAmqpUrl|StartedCassandraContainer#getAmqpsUrl|StartedCassandraContainer#getEndpoint|StartedCassandraContainer#getBrokers|StartedCassandraContainer#getNode|StartedCassandraContainer#getHttpPort|StartedCassandraContainer#getMappedPort|StartedCassandraContainer#getFirstMappedPort|StartedCassandraContainer#getPort|StartedCassandraContainer#getId|StartedCassandraContainer#getName|StartedCassandraContainer#getIpAddress|StartedCassandraContainer#getConnectionOptions|StartedCassandraContainer#getClientOptions|StartedCassandraContainer#getConnectUrl|StartedCassandraContainer#getExternalUrl|StartedCassandraContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedCassandraContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedCassandraContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedCassandraContainer#stop|StartedCassandraContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
