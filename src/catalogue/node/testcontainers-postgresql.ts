import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/postgresql'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/postgresql 12',
  tokens: ['testcontainers'],
  types: { StartedPostgreSqlContainer: 'StartedPostgreSqlContainer' },
  typeOpening: { kind: 'postgresql', isolated: 'own-server' },
  calls: [
    { call: 'new PostgreSqlContainer', returns: 'PostgreSqlContainer' },
    {
      call: 'PostgreSqlContainer#withExposedPorts|PostgreSqlContainer#withEnvironment|PostgreSqlContainer#withCommand|PostgreSqlContainer#withEntrypoint|PostgreSqlContainer#withWaitStrategy|PostgreSqlContainer#withStartupTimeout|PostgreSqlContainer#withNetwork|PostgreSqlContainer#withNetworkAliases|PostgreSqlContainer#withNetworkMode|PostgreSqlContainer#withUsername|PostgreSqlContainer#withUser|PostgreSqlContainer#withPassword|PostgreSqlContainer#withDatabase|PostgreSqlContainer#withRootPassword|PostgreSqlContainer#withBindMounts|PostgreSqlContainer#withCopyFilesToContainer|PostgreSqlContainer#withCopyContentToContainer|PostgreSqlContainer#withCopyDirectoriesToContainer|PostgreSqlContainer#withTmpFs|PostgreSqlContainer#withLabels|PostgreSqlContainer#withLogConsumer|PostgreSqlContainer#withPrivilegedMode|PostgreSqlContainer#withPullPolicy|PostgreSqlContainer#withPlatform|PostgreSqlContainer#withHealthCheck|PostgreSqlContainer#withDefaultLogDriver|PostgreSqlContainer#withResourcesQuota|PostgreSqlContainer#withSharedMemorySize|PostgreSqlContainer#withHostname|PostgreSqlContainer#withExtraHosts|PostgreSqlContainer#withUlimits|PostgreSqlContainer#withWorkingDir|PostgreSqlContainer#withAddedCapabilities|PostgreSqlContainer#withKraft|PostgreSqlContainer#withReplicaSet|PostgreSqlContainer#withApoc|PostgreSqlContainer#withPlugins|PostgreSqlContainer#withAuthentication|PostgreSqlContainer#withAutoRemove|PostgreSqlContainer#withVersion|PostgreSqlContainer#withServices',
      returns: 'receiver',
    },
    {
      call: 'PostgreSqlContainer#withExposedPorts',
      when: ['arg0.host'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] },
    },
    { call: 'PostgreSqlContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'PostgreSqlContainer#withReuse',
      returns: 'ReusedPostgreSqlContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused postgresql testcontainer'] },
    },
    {
      call: 'ReusedPostgreSqlContainer#withExposedPorts|ReusedPostgreSqlContainer#withEnvironment|ReusedPostgreSqlContainer#withCommand|ReusedPostgreSqlContainer#withEntrypoint|ReusedPostgreSqlContainer#withWaitStrategy|ReusedPostgreSqlContainer#withStartupTimeout|ReusedPostgreSqlContainer#withNetwork|ReusedPostgreSqlContainer#withNetworkAliases|ReusedPostgreSqlContainer#withNetworkMode|ReusedPostgreSqlContainer#withUsername|ReusedPostgreSqlContainer#withUser|ReusedPostgreSqlContainer#withPassword|ReusedPostgreSqlContainer#withDatabase|ReusedPostgreSqlContainer#withRootPassword|ReusedPostgreSqlContainer#withBindMounts|ReusedPostgreSqlContainer#withCopyFilesToContainer|ReusedPostgreSqlContainer#withCopyContentToContainer|ReusedPostgreSqlContainer#withCopyDirectoriesToContainer|ReusedPostgreSqlContainer#withTmpFs|ReusedPostgreSqlContainer#withLabels|ReusedPostgreSqlContainer#withLogConsumer|ReusedPostgreSqlContainer#withPrivilegedMode|ReusedPostgreSqlContainer#withPullPolicy|ReusedPostgreSqlContainer#withPlatform|ReusedPostgreSqlContainer#withHealthCheck|ReusedPostgreSqlContainer#withDefaultLogDriver|ReusedPostgreSqlContainer#withResourcesQuota|ReusedPostgreSqlContainer#withSharedMemorySize|ReusedPostgreSqlContainer#withHostname|ReusedPostgreSqlContainer#withExtraHosts|ReusedPostgreSqlContainer#withUlimits|ReusedPostgreSqlContainer#withWorkingDir|ReusedPostgreSqlContainer#withAddedCapabilities|ReusedPostgreSqlContainer#withKraft|ReusedPostgreSqlContainer#withReplicaSet|ReusedPostgreSqlContainer#withApoc|ReusedPostgreSqlContainer#withPlugins|ReusedPostgreSqlContainer#withAuthentication|ReusedPostgreSqlContainer#withAutoRemove|ReusedPostgreSqlContainer#withVersion|ReusedPostgreSqlContainer#withServices|ReusedPostgreSqlContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'PostgreSqlContainer#start',
      returns: 'StartedPostgreSqlContainer',
      op: 'acquire',
      opens: { kind: 'postgresql', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedPostgreSqlContainer#start',
      returns: 'StartedPostgreSqlContainer',
      op: 'acquire',
      opens: { kind: 'postgresql', server: ['=reused postgresql testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedPostgreSqlContainer#getConnectionUri|StartedPostgreSqlContainer#getConnectionUrl|StartedPostgreSqlContainer#getUrl|StartedPostgreSqlContainer#getUri|StartedPostgreSqlContainer#getConnectionString|StartedPostgreSqlContainer#getBoltUri|StartedPostgreSqlContainer#getHttpUri|StartedPostgreSqlContainer#getHttpUrl|StartedPostgreSqlContainer#getAmqpUrl|StartedPostgreSqlContainer#getAmqpsUrl|StartedPostgreSqlContainer#getEndpoint|StartedPostgreSqlContainer#getBrokers|StartedPostgreSqlContainer#getNode|StartedPostgreSqlContainer#getHttpPort|StartedPostgreSqlContainer#getMappedPort|StartedPostgreSqlContainer#getFirstMappedPort|StartedPostgreSqlContainer#getPort|StartedPostgreSqlContainer#getId|StartedPostgreSqlContainer#getName|StartedPostgreSqlContainer#getIpAddress|StartedPostgreSqlContainer#getConnectionOptions|StartedPostgreSqlContainer#getClientOptions|StartedPostgreSqlContainer#getConnectUrl|StartedPostgreSqlContainer#getExternalUrl|StartedPostgreSqlContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedPostgreSqlContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedPostgreSqlContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedPostgreSqlContainer#stop|StartedPostgreSqlContainer#[asyncDispose]', releases: 'receiver' },
    { call: 'StartedPostgreSqlContainer#restoreSnapshot', op: 'wipe', wipes: 'database' },
    { call: 'StartedPostgreSqlContainer#snapshot', op: 'write' },
  ],
} satisfies LibraryEntry;
