import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/valkey'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/valkey 12',
  tokens: ['testcontainers'],
  types: { StartedValkeyContainer: 'StartedValkeyContainer' },
  typeOpening: { kind: 'redis', isolated: 'own-server' },
  calls: [
    { call: 'new ValkeyContainer', returns: 'ValkeyContainer' },
    {
      call: 'ValkeyContainer#withExposedPorts|ValkeyContainer#withEnvironment|ValkeyContainer#withCommand|ValkeyContainer#withEntrypoint|ValkeyContainer#withWaitStrategy|ValkeyContainer#withStartupTimeout|ValkeyContainer#withNetwork|ValkeyContainer#withNetworkAliases|ValkeyContainer#withNetworkMode|ValkeyContainer#withUsername|ValkeyContainer#withUser|ValkeyContainer#withPassword|ValkeyContainer#withDatabase|ValkeyContainer#withRootPassword|ValkeyContainer#withBindMounts|ValkeyContainer#withCopyFilesToContainer|ValkeyContainer#withCopyContentToContainer|ValkeyContainer#withCopyDirectoriesToContainer|ValkeyContainer#withTmpFs|ValkeyContainer#withLabels|ValkeyContainer#withLogConsumer|ValkeyContainer#withPrivilegedMode|ValkeyContainer#withPullPolicy|ValkeyContainer#withPlatform|ValkeyContainer#withHealthCheck|ValkeyContainer#withDefaultLogDriver|ValkeyContainer#withResourcesQuota|ValkeyContainer#withSharedMemorySize|ValkeyContainer#withHostname|ValkeyContainer#withExtraHosts|ValkeyContainer#withUlimits|ValkeyContainer#withWorkingDir|ValkeyContainer#withAddedCapabilities|ValkeyContainer#withKraft|ValkeyContainer#withReplicaSet|ValkeyContainer#withApoc|ValkeyContainer#withPlugins|ValkeyContainer#withAuthentication|ValkeyContainer#withAutoRemove|ValkeyContainer#withVersion|ValkeyContainer#withServices',
      returns: 'receiver',
    },
    { call: 'ValkeyContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'ValkeyContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'ValkeyContainer#withReuse', returns: 'ReusedValkeyContainer', op: 'bind', opens: { kind: 'container', name: ['=reused valkey testcontainer'] } },
    {
      call: 'ReusedValkeyContainer#withExposedPorts|ReusedValkeyContainer#withEnvironment|ReusedValkeyContainer#withCommand|ReusedValkeyContainer#withEntrypoint|ReusedValkeyContainer#withWaitStrategy|ReusedValkeyContainer#withStartupTimeout|ReusedValkeyContainer#withNetwork|ReusedValkeyContainer#withNetworkAliases|ReusedValkeyContainer#withNetworkMode|ReusedValkeyContainer#withUsername|ReusedValkeyContainer#withUser|ReusedValkeyContainer#withPassword|ReusedValkeyContainer#withDatabase|ReusedValkeyContainer#withRootPassword|ReusedValkeyContainer#withBindMounts|ReusedValkeyContainer#withCopyFilesToContainer|ReusedValkeyContainer#withCopyContentToContainer|ReusedValkeyContainer#withCopyDirectoriesToContainer|ReusedValkeyContainer#withTmpFs|ReusedValkeyContainer#withLabels|ReusedValkeyContainer#withLogConsumer|ReusedValkeyContainer#withPrivilegedMode|ReusedValkeyContainer#withPullPolicy|ReusedValkeyContainer#withPlatform|ReusedValkeyContainer#withHealthCheck|ReusedValkeyContainer#withDefaultLogDriver|ReusedValkeyContainer#withResourcesQuota|ReusedValkeyContainer#withSharedMemorySize|ReusedValkeyContainer#withHostname|ReusedValkeyContainer#withExtraHosts|ReusedValkeyContainer#withUlimits|ReusedValkeyContainer#withWorkingDir|ReusedValkeyContainer#withAddedCapabilities|ReusedValkeyContainer#withKraft|ReusedValkeyContainer#withReplicaSet|ReusedValkeyContainer#withApoc|ReusedValkeyContainer#withPlugins|ReusedValkeyContainer#withAuthentication|ReusedValkeyContainer#withAutoRemove|ReusedValkeyContainer#withVersion|ReusedValkeyContainer#withServices|ReusedValkeyContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'ValkeyContainer#start',
      returns: 'StartedValkeyContainer',
      op: 'acquire',
      opens: { kind: 'redis', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedValkeyContainer#start',
      returns: 'StartedValkeyContainer',
      op: 'acquire',
      opens: { kind: 'redis', server: ['=reused valkey testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedValkeyContainer#getConnectionUri|StartedValkeyContainer#getConnectionUrl|StartedValkeyContainer#getUrl|StartedValkeyContainer#getUri|StartedValkeyContainer#getConnectionString|StartedValkeyContainer#getBoltUri|StartedValkeyContainer#getHttpUri|StartedValkeyContainer#getHttpUrl|StartedValkeyContainer#getAmqpUrl|StartedValkeyContainer#getAmqpsUrl|StartedValkeyContainer#getEndpoint|StartedValkeyContainer#getBrokers|StartedValkeyContainer#getNode|StartedValkeyContainer#getHttpPort|StartedValkeyContainer#getMappedPort|StartedValkeyContainer#getFirstMappedPort|StartedValkeyContainer#getPort|StartedValkeyContainer#getId|StartedValkeyContainer#getName|StartedValkeyContainer#getIpAddress|StartedValkeyContainer#getConnectionOptions|StartedValkeyContainer#getClientOptions|StartedValkeyContainer#getConnectUrl|StartedValkeyContainer#getExternalUrl|StartedValkeyContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedValkeyContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedValkeyContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedValkeyContainer#stop|StartedValkeyContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
