import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/redis'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/redis 12',
  tokens: ['testcontainers'],
  types: { StartedRedisContainer: 'StartedRedisContainer' },
  typeOpening: { kind: 'redis', isolated: 'own-server' },
  calls: [
    { call: 'new RedisContainer', returns: 'RedisContainer' },
    {
      call: 'RedisContainer#withExposedPorts|RedisContainer#withEnvironment|RedisContainer#withCommand|RedisContainer#withEntrypoint|RedisContainer#withWaitStrategy|RedisContainer#withStartupTimeout|RedisContainer#withNetwork|RedisContainer#withNetworkAliases|RedisContainer#withNetworkMode|RedisContainer#withUsername|RedisContainer#withUser|RedisContainer#withPassword|RedisContainer#withDatabase|RedisContainer#withRootPassword|RedisContainer#withBindMounts|RedisContainer#withCopyFilesToContainer|RedisContainer#withCopyContentToContainer|RedisContainer#withCopyDirectoriesToContainer|RedisContainer#withTmpFs|RedisContainer#withLabels|RedisContainer#withLogConsumer|RedisContainer#withPrivilegedMode|RedisContainer#withPullPolicy|RedisContainer#withPlatform|RedisContainer#withHealthCheck|RedisContainer#withDefaultLogDriver|RedisContainer#withResourcesQuota|RedisContainer#withSharedMemorySize|RedisContainer#withHostname|RedisContainer#withExtraHosts|RedisContainer#withUlimits|RedisContainer#withWorkingDir|RedisContainer#withAddedCapabilities|RedisContainer#withKraft|RedisContainer#withReplicaSet|RedisContainer#withApoc|RedisContainer#withPlugins|RedisContainer#withAuthentication|RedisContainer#withAutoRemove|RedisContainer#withVersion|RedisContainer#withServices',
      returns: 'receiver',
    },
    { call: 'RedisContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'RedisContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'RedisContainer#withReuse', returns: 'ReusedRedisContainer', op: 'bind', opens: { kind: 'container', name: ['=reused redis testcontainer'] } },
    {
      call: 'ReusedRedisContainer#withExposedPorts|ReusedRedisContainer#withEnvironment|ReusedRedisContainer#withCommand|ReusedRedisContainer#withEntrypoint|ReusedRedisContainer#withWaitStrategy|ReusedRedisContainer#withStartupTimeout|ReusedRedisContainer#withNetwork|ReusedRedisContainer#withNetworkAliases|ReusedRedisContainer#withNetworkMode|ReusedRedisContainer#withUsername|ReusedRedisContainer#withUser|ReusedRedisContainer#withPassword|ReusedRedisContainer#withDatabase|ReusedRedisContainer#withRootPassword|ReusedRedisContainer#withBindMounts|ReusedRedisContainer#withCopyFilesToContainer|ReusedRedisContainer#withCopyContentToContainer|ReusedRedisContainer#withCopyDirectoriesToContainer|ReusedRedisContainer#withTmpFs|ReusedRedisContainer#withLabels|ReusedRedisContainer#withLogConsumer|ReusedRedisContainer#withPrivilegedMode|ReusedRedisContainer#withPullPolicy|ReusedRedisContainer#withPlatform|ReusedRedisContainer#withHealthCheck|ReusedRedisContainer#withDefaultLogDriver|ReusedRedisContainer#withResourcesQuota|ReusedRedisContainer#withSharedMemorySize|ReusedRedisContainer#withHostname|ReusedRedisContainer#withExtraHosts|ReusedRedisContainer#withUlimits|ReusedRedisContainer#withWorkingDir|ReusedRedisContainer#withAddedCapabilities|ReusedRedisContainer#withKraft|ReusedRedisContainer#withReplicaSet|ReusedRedisContainer#withApoc|ReusedRedisContainer#withPlugins|ReusedRedisContainer#withAuthentication|ReusedRedisContainer#withAutoRemove|ReusedRedisContainer#withVersion|ReusedRedisContainer#withServices|ReusedRedisContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'RedisContainer#start',
      returns: 'StartedRedisContainer',
      op: 'acquire',
      opens: { kind: 'redis', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedRedisContainer#start',
      returns: 'StartedRedisContainer',
      op: 'acquire',
      opens: { kind: 'redis', server: ['=reused redis testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedRedisContainer#getConnectionUri|StartedRedisContainer#getConnectionUrl|StartedRedisContainer#getUrl|StartedRedisContainer#getUri|StartedRedisContainer#getConnectionString|StartedRedisContainer#getBoltUri|StartedRedisContainer#getHttpUri|StartedRedisContainer#getHttpUrl|StartedRedisContainer#getAmqpUrl|StartedRedisContainer#getAmqpsUrl|StartedRedisContainer#getEndpoint|StartedRedisContainer#getBrokers|StartedRedisContainer#getNode|StartedRedisContainer#getHttpPort|StartedRedisContainer#getMappedPort|StartedRedisContainer#getFirstMappedPort|StartedRedisContainer#getPort|StartedRedisContainer#getId|StartedRedisContainer#getName|StartedRedisContainer#getIpAddress|StartedRedisContainer#getConnectionOptions|StartedRedisContainer#getClientOptions|StartedRedisContainer#getConnectUrl|StartedRedisContainer#getExternalUrl|StartedRedisContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedRedisContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedRedisContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedRedisContainer#stop|StartedRedisContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
