import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/mongodb'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/mongodb 12',
  tokens: ['testcontainers'],
  types: { StartedMongoDBContainer: 'StartedMongoDBContainer' },
  typeOpening: { kind: 'mongodb', isolated: 'own-server' },
  calls: [
    { call: 'new MongoDBContainer', returns: 'MongoDBContainer' },
    {
      call: 'MongoDBContainer#withExposedPorts|MongoDBContainer#withEnvironment|MongoDBContainer#withCommand|MongoDBContainer#withEntrypoint|MongoDBContainer#withWaitStrategy|MongoDBContainer#withStartupTimeout|MongoDBContainer#withNetwork|MongoDBContainer#withNetworkAliases|MongoDBContainer#withNetworkMode|MongoDBContainer#withUsername|MongoDBContainer#withUser|MongoDBContainer#withPassword|MongoDBContainer#withDatabase|MongoDBContainer#withRootPassword|MongoDBContainer#withBindMounts|MongoDBContainer#withCopyFilesToContainer|MongoDBContainer#withCopyContentToContainer|MongoDBContainer#withCopyDirectoriesToContainer|MongoDBContainer#withTmpFs|MongoDBContainer#withLabels|MongoDBContainer#withLogConsumer|MongoDBContainer#withPrivilegedMode|MongoDBContainer#withPullPolicy|MongoDBContainer#withPlatform|MongoDBContainer#withHealthCheck|MongoDBContainer#withDefaultLogDriver|MongoDBContainer#withResourcesQuota|MongoDBContainer#withSharedMemorySize|MongoDBContainer#withHostname|MongoDBContainer#withExtraHosts|MongoDBContainer#withUlimits|MongoDBContainer#withWorkingDir|MongoDBContainer#withAddedCapabilities|MongoDBContainer#withKraft|MongoDBContainer#withReplicaSet|MongoDBContainer#withApoc|MongoDBContainer#withPlugins|MongoDBContainer#withAuthentication|MongoDBContainer#withAutoRemove|MongoDBContainer#withVersion|MongoDBContainer#withServices',
      returns: 'receiver',
    },
    { call: 'MongoDBContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'MongoDBContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'MongoDBContainer#withReuse',
      returns: 'ReusedMongoDBContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused mongodb testcontainer'] },
    },
    {
      call: 'ReusedMongoDBContainer#withExposedPorts|ReusedMongoDBContainer#withEnvironment|ReusedMongoDBContainer#withCommand|ReusedMongoDBContainer#withEntrypoint|ReusedMongoDBContainer#withWaitStrategy|ReusedMongoDBContainer#withStartupTimeout|ReusedMongoDBContainer#withNetwork|ReusedMongoDBContainer#withNetworkAliases|ReusedMongoDBContainer#withNetworkMode|ReusedMongoDBContainer#withUsername|ReusedMongoDBContainer#withUser|ReusedMongoDBContainer#withPassword|ReusedMongoDBContainer#withDatabase|ReusedMongoDBContainer#withRootPassword|ReusedMongoDBContainer#withBindMounts|ReusedMongoDBContainer#withCopyFilesToContainer|ReusedMongoDBContainer#withCopyContentToContainer|ReusedMongoDBContainer#withCopyDirectoriesToContainer|ReusedMongoDBContainer#withTmpFs|ReusedMongoDBContainer#withLabels|ReusedMongoDBContainer#withLogConsumer|ReusedMongoDBContainer#withPrivilegedMode|ReusedMongoDBContainer#withPullPolicy|ReusedMongoDBContainer#withPlatform|ReusedMongoDBContainer#withHealthCheck|ReusedMongoDBContainer#withDefaultLogDriver|ReusedMongoDBContainer#withResourcesQuota|ReusedMongoDBContainer#withSharedMemorySize|ReusedMongoDBContainer#withHostname|ReusedMongoDBContainer#withExtraHosts|ReusedMongoDBContainer#withUlimits|ReusedMongoDBContainer#withWorkingDir|ReusedMongoDBContainer#withAddedCapabilities|ReusedMongoDBContainer#withKraft|ReusedMongoDBContainer#withReplicaSet|ReusedMongoDBContainer#withApoc|ReusedMongoDBContainer#withPlugins|ReusedMongoDBContainer#withAuthentication|ReusedMongoDBContainer#withAutoRemove|ReusedMongoDBContainer#withVersion|ReusedMongoDBContainer#withServices|ReusedMongoDBContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'MongoDBContainer#start',
      returns: 'StartedMongoDBContainer',
      op: 'acquire',
      opens: { kind: 'mongodb', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedMongoDBContainer#start',
      returns: 'StartedMongoDBContainer',
      op: 'acquire',
      opens: { kind: 'mongodb', server: ['=reused mongodb testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedMongoDBContainer#getConnectionUri|StartedMongoDBContainer#getConnectionUrl|StartedMongoDBContainer#getUrl|StartedMongoDBContainer#getUri|StartedMongoDBContainer#getConnectionString|StartedMongoDBContainer#getBoltUri|StartedMongoDBContainer#getHttpUri|StartedMongoDBContainer#getHttpUrl|StartedMongoDBContainer#getAmqpUrl|StartedMongoDBContainer#getAmqpsUrl|StartedMongoDBContainer#getEndpoint|StartedMongoDBContainer#getBrokers|StartedMongoDBContainer#getNode|StartedMongoDBContainer#getHttpPort|StartedMongoDBContainer#getMappedPort|StartedMongoDBContainer#getFirstMappedPort|StartedMongoDBContainer#getPort|StartedMongoDBContainer#getId|StartedMongoDBContainer#getName|StartedMongoDBContainer#getIpAddress|StartedMongoDBContainer#getConnectionOptions|StartedMongoDBContainer#getClientOptions|StartedMongoDBContainer#getConnectUrl|StartedMongoDBContainer#getExternalUrl|StartedMongoDBContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedMongoDBContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedMongoDBContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedMongoDBContainer#stop|StartedMongoDBContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
