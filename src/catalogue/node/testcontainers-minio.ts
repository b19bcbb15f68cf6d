import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/minio'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/minio 12',
  tokens: ['testcontainers'],
  types: { StartedMinioContainer: 'StartedMinioContainer' },
  typeOpening: { kind: 's3', isolated: 'own-server' },
  calls: [
    { call: 'new MinioContainer', returns: 'MinioContainer' },
    {
      call: 'MinioContainer#withExposedPorts|MinioContainer#withEnvironment|MinioContainer#withCommand|MinioContainer#withEntrypoint|MinioContainer#withWaitStrategy|MinioContainer#withStartupTimeout|MinioContainer#withNetwork|MinioContainer#withNetworkAliases|MinioContainer#withNetworkMode|MinioContainer#withUsername|MinioContainer#withUser|MinioContainer#withPassword|MinioContainer#withDatabase|MinioContainer#withRootPassword|MinioContainer#withBindMounts|MinioContainer#withCopyFilesToContainer|MinioContainer#withCopyContentToContainer|MinioContainer#withCopyDirectoriesToContainer|MinioContainer#withTmpFs|MinioContainer#withLabels|MinioContainer#withLogConsumer|MinioContainer#withPrivilegedMode|MinioContainer#withPullPolicy|MinioContainer#withPlatform|MinioContainer#withHealthCheck|MinioContainer#withDefaultLogDriver|MinioContainer#withResourcesQuota|MinioContainer#withSharedMemorySize|MinioContainer#withHostname|MinioContainer#withExtraHosts|MinioContainer#withUlimits|MinioContainer#withWorkingDir|MinioContainer#withAddedCapabilities|MinioContainer#withKraft|MinioContainer#withReplicaSet|MinioContainer#withApoc|MinioContainer#withPlugins|MinioContainer#withAuthentication|MinioContainer#withAutoRemove|MinioContainer#withVersion|MinioContainer#withServices',
      returns: 'receiver',
    },
    { call: 'MinioContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'MinioContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'MinioContainer#withReuse', returns: 'ReusedMinioContainer', op: 'bind', opens: { kind: 'container', name: ['=reused minio testcontainer'] } },
    {
      call: 'ReusedMinioContainer#withExposedPorts|ReusedMinioContainer#withEnvironment|ReusedMinioContainer#withCommand|ReusedMinioContainer#withEntrypoint|ReusedMinioContainer#withWaitStrategy|ReusedMinioContainer#withStartupTimeout|ReusedMinioContainer#withNetwork|ReusedMinioContainer#withNetworkAliases|ReusedMinioContainer#withNetworkMode|ReusedMinioContainer#withUsername|ReusedMinioContainer#withUser|ReusedMinioContainer#withPassword|ReusedMinioContainer#withDatabase|ReusedMinioContainer#withRootPassword|ReusedMinioContainer#withBindMounts|ReusedMinioContainer#withCopyFilesToContainer|ReusedMinioContainer#withCopyContentToContainer|ReusedMinioContainer#withCopyDirectoriesToContainer|ReusedMinioContainer#withTmpFs|ReusedMinioContainer#withLabels|ReusedMinioContainer#withLogConsumer|ReusedMinioContainer#withPrivilegedMode|ReusedMinioContainer#withPullPolicy|ReusedMinioContainer#withPlatform|ReusedMinioContainer#withHealthCheck|ReusedMinioContainer#withDefaultLogDriver|ReusedMinioContainer#withResourcesQuota|ReusedMinioContainer#withSharedMemorySize|ReusedMinioContainer#withHostname|ReusedMinioContainer#withExtraHosts|ReusedMinioContainer#withUlimits|ReusedMinioContainer#withWorkingDir|ReusedMinioContainer#withAddedCapabilities|ReusedMinioContainer#withKraft|ReusedMinioContainer#withReplicaSet|ReusedMinioContainer#withApoc|ReusedMinioContainer#withPlugins|ReusedMinioContainer#withAuthentication|ReusedMinioContainer#withAutoRemove|ReusedMinioContainer#withVersion|ReusedMinioContainer#withServices|ReusedMinioContainer#withName',
      returns: 'receiver',
    },
    { call: 'MinioContainer#start', returns: 'StartedMinioContainer', op: 'acquire', opens: { kind: 's3', isolated: 'own-server' }, owes: 'container.stop()' },
    {
      call: 'ReusedMinioContainer#start',
      returns: 'StartedMinioContainer',
      op: 'acquire',
      opens: { kind: 's3', server: ['=reused minio testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedMinioContainer#getConnectionUri|StartedMinioContainer#getConnectionUrl|StartedMinioContainer#getUrl|StartedMinioContainer#getUri|StartedMinioContainer#getConnectionString|StartedMinioContainer#getBoltUri|StartedMinioContainer#getHttpUri|StartedMinioContainer#getHttpUrl|StartedMinioContainer#getAmqpUrl|StartedMinioContainer#getAmqpsUrl|StartedMinioContainer#getEndpoint|StartedMinioContainer#getBrokers|StartedMinioContainer#getNode|StartedMinioContainer#getHttpPort|StartedMinioContainer#getMappedPort|StartedMinioContainer#getFirstMappedPort|StartedMinioContainer#getPort|StartedMinioContainer#getId|StartedMinioContainer#getName|StartedMinioContainer#getIpAddress|StartedMinioContainer#getConnectionOptions|StartedMinioContainer#getClientOptions|StartedMinioContainer#getConnectUrl|StartedMinioContainer#getExternalUrl|StartedMinioContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedMinioContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedMinioContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedMinioContainer#stop|StartedMinioContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
