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
    {
      call: 'ClickHouseContainer#withExposedPorts|ClickHouseContainer#withEnvironment|ClickHouseContainer#withCommand|ClickHouseContainer#withEntrypoint|ClickHouseContainer#withWaitStrategy|ClickHouseContainer#withStartupTimeout|ClickHouseContainer#withNetwork|ClickHouseContainer#withNetworkAliases|ClickHouseContainer#withNetworkMode|ClickHouseContainer#withUsername|ClickHouseContainer#withUser|ClickHouseContainer#withPassword|ClickHouseContainer#withDatabase|ClickHouseContainer#withRootPassword|ClickHouseContainer#withBindMounts|ClickHouseContainer#withCopyFilesToContainer|ClickHouseContainer#withCopyContentToContainer|ClickHouseContainer#withCopyDirectoriesToContainer|ClickHouseContainer#withTmpFs|ClickHouseContainer#withLabels|ClickHouseContainer#withLogConsumer|ClickHouseContainer#withPrivilegedMode|ClickHouseContainer#withPullPolicy|ClickHouseContainer#withPlatform|ClickHouseContainer#withHealthCheck|ClickHouseContainer#withDefaultLogDriver|ClickHouseContainer#withResourcesQuota|ClickHouseContainer#withSharedMemorySize|ClickHouseContainer#withHostname|ClickHouseContainer#withExtraHosts|ClickHouseContainer#withUlimits|ClickHouseContainer#withWorkingDir|ClickHouseContainer#withAddedCapabilities|ClickHouseContainer#withKraft|ClickHouseContainer#withReplicaSet|ClickHouseContainer#withApoc|ClickHouseContainer#withPlugins|ClickHouseContainer#withAuthentication|ClickHouseContainer#withAutoRemove|ClickHouseContainer#withVersion|ClickHouseContainer#withServices',
      returns: 'receiver',
    },
    {
      call: 'ClickHouseContainer#withExposedPorts',
      when: ['arg0.host'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] },
    },
    { call: 'ClickHouseContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'ClickHouseContainer#withReuse',
      returns: 'ReusedClickHouseContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused clickhouse testcontainer'] },
    },
    {
      call: 'ReusedClickHouseContainer#withExposedPorts|ReusedClickHouseContainer#withEnvironment|ReusedClickHouseContainer#withCommand|ReusedClickHouseContainer#withEntrypoint|ReusedClickHouseContainer#withWaitStrategy|ReusedClickHouseContainer#withStartupTimeout|ReusedClickHouseContainer#withNetwork|ReusedClickHouseContainer#withNetworkAliases|ReusedClickHouseContainer#withNetworkMode|ReusedClickHouseContainer#withUsername|ReusedClickHouseContainer#withUser|ReusedClickHouseContainer#withPassword|ReusedClickHouseContainer#withDatabase|ReusedClickHouseContainer#withRootPassword|ReusedClickHouseContainer#withBindMounts|ReusedClickHouseContainer#withCopyFilesToContainer|ReusedClickHouseContainer#withCopyContentToContainer|ReusedClickHouseContainer#withCopyDirectoriesToContainer|ReusedClickHouseContainer#withTmpFs|ReusedClickHouseContainer#withLabels|ReusedClickHouseContainer#withLogConsumer|ReusedClickHouseContainer#withPrivilegedMode|ReusedClickHouseContainer#withPullPolicy|ReusedClickHouseContainer#withPlatform|ReusedClickHouseContainer#withHealthCheck|ReusedClickHouseContainer#withDefaultLogDriver|ReusedClickHouseContainer#withResourcesQuota|ReusedClickHouseContainer#withSharedMemorySize|ReusedClickHouseContainer#withHostname|ReusedClickHouseContainer#withExtraHosts|ReusedClickHouseContainer#withUlimits|ReusedClickHouseContainer#withWorkingDir|ReusedClickHouseContainer#withAddedCapabilities|ReusedClickHouseContainer#withKraft|ReusedClickHouseContainer#withReplicaSet|ReusedClickHouseContainer#withApoc|ReusedClickHouseContainer#withPlugins|ReusedClickHouseContainer#withAuthentication|ReusedClickHouseContainer#withAutoRemove|ReusedClickHouseContainer#withVersion|ReusedClickHouseContainer#withServices|ReusedClickHouseContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'ClickHouseContainer#start',
      returns: 'StartedClickHouseContainer',
      op: 'acquire',
      opens: { kind: 'clickhouse', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedClickHouseContainer#start',
      returns: 'StartedClickHouseContainer',
      op: 'acquire',
      opens: { kind: 'clickhouse', server: ['=reused clickhouse testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedClickHouseContainer#getConnectionUri|StartedClickHouseContainer#getConnectionUrl|StartedClickHouseContainer#getUrl|StartedClickHouseContainer#getUri|StartedClickHouseContainer#getConnectionString|StartedClickHouseContainer#getBoltUri|StartedClickHouseContainer#getHttpUri|StartedClickHouseContainer#getHttpUrl|StartedClickHouseContainer#getAmqpUrl|StartedClickHouseContainer#getAmqpsUrl|StartedClickHouseContainer#getEndpoint|StartedClickHouseContainer#getBrokers|StartedClickHouseContainer#getNode|StartedClickHouseContainer#getHttpPort|StartedClickHouseContainer#getMappedPort|StartedClickHouseContainer#getFirstMappedPort|StartedClickHouseContainer#getPort|StartedClickHouseContainer#getId|StartedClickHouseContainer#getName|StartedClickHouseContainer#getIpAddress|StartedClickHouseContainer#getConnectionOptions|StartedClickHouseContainer#getClientOptions|StartedClickHouseContainer#getConnectUrl|StartedClickHouseContainer#getExternalUrl|StartedClickHouseContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedClickHouseContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedClickHouseContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedClickHouseContainer#stop|StartedClickHouseContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
