import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/neo4j'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/neo4j 12',
  tokens: ['testcontainers'],
  types: { StartedNeo4jContainer: 'StartedNeo4jContainer' },
  typeOpening: { kind: 'neo4j', isolated: 'own-server' },
  calls: [
    { call: 'new Neo4jContainer', returns: 'Neo4jContainer' },
    {
      call: 'Neo4jContainer#withExposedPorts|Neo4jContainer#withEnvironment|Neo4jContainer#withCommand|Neo4jContainer#withEntrypoint|Neo4jContainer#withWaitStrategy|Neo4jContainer#withStartupTimeout|Neo4jContainer#withNetwork|Neo4jContainer#withNetworkAliases|Neo4jContainer#withNetworkMode|Neo4jContainer#withUsername|Neo4jContainer#withUser|Neo4jContainer#withPassword|Neo4jContainer#withDatabase|Neo4jContainer#withRootPassword|Neo4jContainer#withBindMounts|Neo4jContainer#withCopyFilesToContainer|Neo4jContainer#withCopyContentToContainer|Neo4jContainer#withCopyDirectoriesToContainer|Neo4jContainer#withTmpFs|Neo4jContainer#withLabels|Neo4jContainer#withLogConsumer|Neo4jContainer#withPrivilegedMode|Neo4jContainer#withPullPolicy|Neo4jContainer#withPlatform|Neo4jContainer#withHealthCheck|Neo4jContainer#withDefaultLogDriver|Neo4jContainer#withResourcesQuota|Neo4jContainer#withSharedMemorySize|Neo4jContainer#withHostname|Neo4jContainer#withExtraHosts|Neo4jContainer#withUlimits|Neo4jContainer#withWorkingDir|Neo4jContainer#withAddedCapabilities|Neo4jContainer#withKraft|Neo4jContainer#withReplicaSet|Neo4jContainer#withApoc|Neo4jContainer#withPlugins|Neo4jContainer#withAuthentication|Neo4jContainer#withAutoRemove|Neo4jContainer#withVersion|Neo4jContainer#withServices',
      returns: 'receiver',
    },
    { call: 'Neo4jContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'Neo4jContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'Neo4jContainer#withReuse', returns: 'ReusedNeo4jContainer', op: 'bind', opens: { kind: 'container', name: ['=reused neo4j testcontainer'] } },
    {
      call: 'ReusedNeo4jContainer#withExposedPorts|ReusedNeo4jContainer#withEnvironment|ReusedNeo4jContainer#withCommand|ReusedNeo4jContainer#withEntrypoint|ReusedNeo4jContainer#withWaitStrategy|ReusedNeo4jContainer#withStartupTimeout|ReusedNeo4jContainer#withNetwork|ReusedNeo4jContainer#withNetworkAliases|ReusedNeo4jContainer#withNetworkMode|ReusedNeo4jContainer#withUsername|ReusedNeo4jContainer#withUser|ReusedNeo4jContainer#withPassword|ReusedNeo4jContainer#withDatabase|ReusedNeo4jContainer#withRootPassword|ReusedNeo4jContainer#withBindMounts|ReusedNeo4jContainer#withCopyFilesToContainer|ReusedNeo4jContainer#withCopyContentToContainer|ReusedNeo4jContainer#withCopyDirectoriesToContainer|ReusedNeo4jContainer#withTmpFs|ReusedNeo4jContainer#withLabels|ReusedNeo4jContainer#withLogConsumer|ReusedNeo4jContainer#withPrivilegedMode|ReusedNeo4jContainer#withPullPolicy|ReusedNeo4jContainer#withPlatform|ReusedNeo4jContainer#withHealthCheck|ReusedNeo4jContainer#withDefaultLogDriver|ReusedNeo4jContainer#withResourcesQuota|ReusedNeo4jContainer#withSharedMemorySize|ReusedNeo4jContainer#withHostname|ReusedNeo4jContainer#withExtraHosts|ReusedNeo4jContainer#withUlimits|ReusedNeo4jContainer#withWorkingDir|ReusedNeo4jContainer#withAddedCapabilities|ReusedNeo4jContainer#withKraft|ReusedNeo4jContainer#withReplicaSet|ReusedNeo4jContainer#withApoc|ReusedNeo4jContainer#withPlugins|ReusedNeo4jContainer#withAuthentication|ReusedNeo4jContainer#withAutoRemove|ReusedNeo4jContainer#withVersion|ReusedNeo4jContainer#withServices|ReusedNeo4jContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'Neo4jContainer#start',
      returns: 'StartedNeo4jContainer',
      op: 'acquire',
      opens: { kind: 'neo4j', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedNeo4jContainer#start',
      returns: 'StartedNeo4jContainer',
      op: 'acquire',
      opens: { kind: 'neo4j', server: ['=reused neo4j testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedNeo4jContainer#getConnectionUri|StartedNeo4jContainer#getConnectionUrl|StartedNeo4jContainer#getUrl|StartedNeo4jContainer#getUri|StartedNeo4jContainer#getConnectionString|StartedNeo4jContainer#getBoltUri|StartedNeo4jContainer#getHttpUri|StartedNeo4jContainer#getHttpUrl|StartedNeo4jContainer#getAmqpUrl|StartedNeo4jContainer#getAmqpsUrl|StartedNeo4jContainer#getEndpoint|StartedNeo4jContainer#getBrokers|StartedNeo4jContainer#getNode|StartedNeo4jContainer#getHttpPort|StartedNeo4jContainer#getMappedPort|StartedNeo4jContainer#getFirstMappedPort|StartedNeo4jContainer#getPort|StartedNeo4jContainer#getId|StartedNeo4jContainer#getName|StartedNeo4jContainer#getIpAddress|StartedNeo4jContainer#getConnectionOptions|StartedNeo4jContainer#getClientOptions|StartedNeo4jContainer#getConnectUrl|StartedNeo4jContainer#getExternalUrl|StartedNeo4jContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedNeo4jContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedNeo4jContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedNeo4jContainer#stop|StartedNeo4jContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
