import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/mysql'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/mysql 12',
  tokens: ['testcontainers'],
  types: { StartedMySqlContainer: 'StartedMySqlContainer' },
  typeOpening: { kind: 'mysql', isolated: 'own-server' },
  calls: [
    { call: 'new MySqlContainer', returns: 'MySqlContainer' },
    {
      call: 'MySqlContainer#withExposedPorts|MySqlContainer#withEnvironment|MySqlContainer#withCommand|MySqlContainer#withEntrypoint|MySqlContainer#withWaitStrategy|MySqlContainer#withStartupTimeout|MySqlContainer#withNetwork|MySqlContainer#withNetworkAliases|MySqlContainer#withNetworkMode|MySqlContainer#withUsername|MySqlContainer#withUser|MySqlContainer#withPassword|MySqlContainer#withDatabase|MySqlContainer#withRootPassword|MySqlContainer#withBindMounts|MySqlContainer#withCopyFilesToContainer|MySqlContainer#withCopyContentToContainer|MySqlContainer#withCopyDirectoriesToContainer|MySqlContainer#withTmpFs|MySqlContainer#withLabels|MySqlContainer#withLogConsumer|MySqlContainer#withPrivilegedMode|MySqlContainer#withPullPolicy|MySqlContainer#withPlatform|MySqlContainer#withHealthCheck|MySqlContainer#withDefaultLogDriver|MySqlContainer#withResourcesQuota|MySqlContainer#withSharedMemorySize|MySqlContainer#withHostname|MySqlContainer#withExtraHosts|MySqlContainer#withUlimits|MySqlContainer#withWorkingDir|MySqlContainer#withAddedCapabilities|MySqlContainer#withKraft|MySqlContainer#withReplicaSet|MySqlContainer#withApoc|MySqlContainer#withPlugins|MySqlContainer#withAuthentication|MySqlContainer#withAutoRemove|MySqlContainer#withVersion|MySqlContainer#withServices',
      returns: 'receiver',
    },
    { call: 'MySqlContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'MySqlContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'MySqlContainer#withReuse', returns: 'ReusedMySqlContainer', op: 'bind', opens: { kind: 'container', name: ['=reused mysql testcontainer'] } },
    {
      call: 'ReusedMySqlContainer#withExposedPorts|ReusedMySqlContainer#withEnvironment|ReusedMySqlContainer#withCommand|ReusedMySqlContainer#withEntrypoint|ReusedMySqlContainer#withWaitStrategy|ReusedMySqlContainer#withStartupTimeout|ReusedMySqlContainer#withNetwork|ReusedMySqlContainer#withNetworkAliases|ReusedMySqlContainer#withNetworkMode|ReusedMySqlContainer#withUsername|ReusedMySqlContainer#withUser|ReusedMySqlContainer#withPassword|ReusedMySqlContainer#withDatabase|ReusedMySqlContainer#withRootPassword|ReusedMySqlContainer#withBindMounts|ReusedMySqlContainer#withCopyFilesToContainer|ReusedMySqlContainer#withCopyContentToContainer|ReusedMySqlContainer#withCopyDirectoriesToContainer|ReusedMySqlContainer#withTmpFs|ReusedMySqlContainer#withLabels|ReusedMySqlContainer#withLogConsumer|ReusedMySqlContainer#withPrivilegedMode|ReusedMySqlContainer#withPullPolicy|ReusedMySqlContainer#withPlatform|ReusedMySqlContainer#withHealthCheck|ReusedMySqlContainer#withDefaultLogDriver|ReusedMySqlContainer#withResourcesQuota|ReusedMySqlContainer#withSharedMemorySize|ReusedMySqlContainer#withHostname|ReusedMySqlContainer#withExtraHosts|ReusedMySqlContainer#withUlimits|ReusedMySqlContainer#withWorkingDir|ReusedMySqlContainer#withAddedCapabilities|ReusedMySqlContainer#withKraft|ReusedMySqlContainer#withReplicaSet|ReusedMySqlContainer#withApoc|ReusedMySqlContainer#withPlugins|ReusedMySqlContainer#withAuthentication|ReusedMySqlContainer#withAutoRemove|ReusedMySqlContainer#withVersion|ReusedMySqlContainer#withServices|ReusedMySqlContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'MySqlContainer#start',
      returns: 'StartedMySqlContainer',
      op: 'acquire',
      opens: { kind: 'mysql', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedMySqlContainer#start',
      returns: 'StartedMySqlContainer',
      op: 'acquire',
      opens: { kind: 'mysql', server: ['=reused mysql testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedMySqlContainer#getConnectionUri|StartedMySqlContainer#getConnectionUrl|StartedMySqlContainer#getUrl|StartedMySqlContainer#getUri|StartedMySqlContainer#getConnectionString|StartedMySqlContainer#getBoltUri|StartedMySqlContainer#getHttpUri|StartedMySqlContainer#getHttpUrl|StartedMySqlContainer#getAmqpUrl|StartedMySqlContainer#getAmqpsUrl|StartedMySqlContainer#getEndpoint|StartedMySqlContainer#getBrokers|StartedMySqlContainer#getNode|StartedMySqlContainer#getHttpPort|StartedMySqlContainer#getMappedPort|StartedMySqlContainer#getFirstMappedPort|StartedMySqlContainer#getPort|StartedMySqlContainer#getId|StartedMySqlContainer#getName|StartedMySqlContainer#getIpAddress|StartedMySqlContainer#getConnectionOptions|StartedMySqlContainer#getClientOptions|StartedMySqlContainer#getConnectUrl|StartedMySqlContainer#getExternalUrl|StartedMySqlContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedMySqlContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedMySqlContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedMySqlContainer#stop|StartedMySqlContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
