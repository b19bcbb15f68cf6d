import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/localstack'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/localstack 12',
  tokens: ['testcontainers'],
  types: { StartedLocalStackContainer: 'StartedLocalStackContainer' },
  typeOpening: { kind: 's3', isolated: 'own-server' },
  calls: [
    { call: 'new LocalstackContainer', returns: 'LocalstackContainer' },
    {
      call: 'LocalstackContainer#withExposedPorts|LocalstackContainer#withEnvironment|LocalstackContainer#withCommand|LocalstackContainer#withEntrypoint|LocalstackContainer#withWaitStrategy|LocalstackContainer#withStartupTimeout|LocalstackContainer#withNetwork|LocalstackContainer#withNetworkAliases|LocalstackContainer#withNetworkMode|LocalstackContainer#withUsername|LocalstackContainer#withUser|LocalstackContainer#withPassword|LocalstackContainer#withDatabase|LocalstackContainer#withRootPassword|LocalstackContainer#withBindMounts|LocalstackContainer#withCopyFilesToContainer|LocalstackContainer#withCopyContentToContainer|LocalstackContainer#withCopyDirectoriesToContainer|LocalstackContainer#withTmpFs|LocalstackContainer#withLabels|LocalstackContainer#withLogConsumer|LocalstackContainer#withPrivilegedMode|LocalstackContainer#withPullPolicy|LocalstackContainer#withPlatform|LocalstackContainer#withHealthCheck|LocalstackContainer#withDefaultLogDriver|LocalstackContainer#withResourcesQuota|LocalstackContainer#withSharedMemorySize|LocalstackContainer#withHostname|LocalstackContainer#withExtraHosts|LocalstackContainer#withUlimits|LocalstackContainer#withWorkingDir|LocalstackContainer#withAddedCapabilities|LocalstackContainer#withKraft|LocalstackContainer#withReplicaSet|LocalstackContainer#withApoc|LocalstackContainer#withPlugins|LocalstackContainer#withAuthentication|LocalstackContainer#withAutoRemove|LocalstackContainer#withVersion|LocalstackContainer#withServices',
      returns: 'receiver',
    },
    {
      call: 'LocalstackContainer#withExposedPorts',
      when: ['arg0.host'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] },
    },
    { call: 'LocalstackContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'LocalstackContainer#withReuse',
      returns: 'ReusedLocalstackContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused localstack testcontainer'] },
    },
    {
      call: 'ReusedLocalstackContainer#withExposedPorts|ReusedLocalstackContainer#withEnvironment|ReusedLocalstackContainer#withCommand|ReusedLocalstackContainer#withEntrypoint|ReusedLocalstackContainer#withWaitStrategy|ReusedLocalstackContainer#withStartupTimeout|ReusedLocalstackContainer#withNetwork|ReusedLocalstackContainer#withNetworkAliases|ReusedLocalstackContainer#withNetworkMode|ReusedLocalstackContainer#withUsername|ReusedLocalstackContainer#withUser|ReusedLocalstackContainer#withPassword|ReusedLocalstackContainer#withDatabase|ReusedLocalstackContainer#withRootPassword|ReusedLocalstackContainer#withBindMounts|ReusedLocalstackContainer#withCopyFilesToContainer|ReusedLocalstackContainer#withCopyContentToContainer|ReusedLocalstackContainer#withCopyDirectoriesToContainer|ReusedLocalstackContainer#withTmpFs|ReusedLocalstackContainer#withLabels|ReusedLocalstackContainer#withLogConsumer|ReusedLocalstackContainer#withPrivilegedMode|ReusedLocalstackContainer#withPullPolicy|ReusedLocalstackContainer#withPlatform|ReusedLocalstackContainer#withHealthCheck|ReusedLocalstackContainer#withDefaultLogDriver|ReusedLocalstackContainer#withResourcesQuota|ReusedLocalstackContainer#withSharedMemorySize|ReusedLocalstackContainer#withHostname|ReusedLocalstackContainer#withExtraHosts|ReusedLocalstackContainer#withUlimits|ReusedLocalstackContainer#withWorkingDir|ReusedLocalstackContainer#withAddedCapabilities|ReusedLocalstackContainer#withKraft|ReusedLocalstackContainer#withReplicaSet|ReusedLocalstackContainer#withApoc|ReusedLocalstackContainer#withPlugins|ReusedLocalstackContainer#withAuthentication|ReusedLocalstackContainer#withAutoRemove|ReusedLocalstackContainer#withVersion|ReusedLocalstackContainer#withServices|ReusedLocalstackContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'LocalstackContainer#start',
      returns: 'StartedLocalStackContainer',
      op: 'acquire',
      opens: { kind: 's3', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedLocalstackContainer#start',
      returns: 'StartedLocalStackContainer',
      op: 'acquire',
      opens: { kind: 's3', server: ['=reused localstack testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedLocalStackContainer#getConnectionUri|StartedLocalStackContainer#getConnectionUrl|StartedLocalStackContainer#getUrl|StartedLocalStackContainer#getUri|StartedLocalStackContainer#getConnectionString|StartedLocalStackContainer#getBoltUri|StartedLocalStackContainer#getHttpUri|StartedLocalStackContainer#getHttpUrl|StartedLocalStackContainer#getAmqpUrl|StartedLocalStackContainer#getAmqpsUrl|StartedLocalStackContainer#getEndpoint|StartedLocalStackContainer#getBrokers|StartedLocalStackContainer#getNode|StartedLocalStackContainer#getHttpPort|StartedLocalStackContainer#getMappedPort|StartedLocalStackContainer#getFirstMappedPort|StartedLocalStackContainer#getPort|StartedLocalStackContainer#getId|StartedLocalStackContainer#getName|StartedLocalStackContainer#getIpAddress|StartedLocalStackContainer#getConnectionOptions|StartedLocalStackContainer#getClientOptions|StartedLocalStackContainer#getConnectUrl|StartedLocalStackContainer#getExternalUrl|StartedLocalStackContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedLocalStackContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedLocalStackContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedLocalStackContainer#stop|StartedLocalStackContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
