import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/mariadb'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/mariadb 12',
  tokens: ['testcontainers'],
  types: { StartedMariaDbContainer: 'StartedMariaDbContainer' },
  typeOpening: { kind: 'mysql', isolated: 'own-server' },
  calls: [
    { call: 'new MariaDbContainer', returns: 'MariaDbContainer' },
    {
      call: 'MariaDbContainer#withExposedPorts|MariaDbContainer#withEnvironment|MariaDbContainer#withCommand|MariaDbContainer#withEntrypoint|MariaDbContainer#withWaitStrategy|MariaDbContainer#withStartupTimeout|MariaDbContainer#withNetwork|MariaDbContainer#withNetworkAliases|MariaDbContainer#withNetworkMode|MariaDbContainer#withUsername|MariaDbContainer#withUser|MariaDbContainer#withPassword|MariaDbContainer#withDatabase|MariaDbContainer#withRootPassword|MariaDbContainer#withBindMounts|MariaDbContainer#withCopyFilesToContainer|MariaDbContainer#withCopyContentToContainer|MariaDbContainer#withCopyDirectoriesToContainer|MariaDbContainer#withTmpFs|MariaDbContainer#withLabels|MariaDbContainer#withLogConsumer|MariaDbContainer#withPrivilegedMode|MariaDbContainer#withPullPolicy|MariaDbContainer#withPlatform|MariaDbContainer#withHealthCheck|MariaDbContainer#withDefaultLogDriver|MariaDbContainer#withResourcesQuota|MariaDbContainer#withSharedMemorySize|MariaDbContainer#withHostname|MariaDbContainer#withExtraHosts|MariaDbContainer#withUlimits|MariaDbContainer#withWorkingDir|MariaDbContainer#withAddedCapabilities|MariaDbContainer#withKraft|MariaDbContainer#withReplicaSet|MariaDbContainer#withApoc|MariaDbContainer#withPlugins|MariaDbContainer#withAuthentication|MariaDbContainer#withAutoRemove|MariaDbContainer#withVersion|MariaDbContainer#withServices',
      returns: 'receiver',
    },
    { call: 'MariaDbContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'MariaDbContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'MariaDbContainer#withReuse',
      returns: 'ReusedMariaDbContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused mariadb testcontainer'] },
    },
    {
      call: 'ReusedMariaDbContainer#withExposedPorts|ReusedMariaDbContainer#withEnvironment|ReusedMariaDbContainer#withCommand|ReusedMariaDbContainer#withEntrypoint|ReusedMariaDbContainer#withWaitStrategy|ReusedMariaDbContainer#withStartupTimeout|ReusedMariaDbContainer#withNetwork|ReusedMariaDbContainer#withNetworkAliases|ReusedMariaDbContainer#withNetworkMode|ReusedMariaDbContainer#withUsername|ReusedMariaDbContainer#withUser|ReusedMariaDbContainer#withPassword|ReusedMariaDbContainer#withDatabase|ReusedMariaDbContainer#withRootPassword|ReusedMariaDbContainer#withBindMounts|ReusedMariaDbContainer#withCopyFilesToContainer|ReusedMariaDbContainer#withCopyContentToContainer|ReusedMariaDbContainer#withCopyDirectoriesToContainer|ReusedMariaDbContainer#withTmpFs|ReusedMariaDbContainer#withLabels|ReusedMariaDbContainer#withLogConsumer|ReusedMariaDbContainer#withPrivilegedMode|ReusedMariaDbContainer#withPullPolicy|ReusedMariaDbContainer#withPlatform|ReusedMariaDbContainer#withHealthCheck|ReusedMariaDbContainer#withDefaultLogDriver|ReusedMariaDbContainer#withResourcesQuota|ReusedMariaDbContainer#withSharedMemorySize|ReusedMariaDbContainer#withHostname|ReusedMariaDbContainer#withExtraHosts|ReusedMariaDbContainer#withUlimits|ReusedMariaDbContainer#withWorkingDir|ReusedMariaDbContainer#withAddedCapabilities|ReusedMariaDbContainer#withKraft|ReusedMariaDbContainer#withReplicaSet|ReusedMariaDbContainer#withApoc|ReusedMariaDbContainer#withPlugins|ReusedMariaDbContainer#withAuthentication|ReusedMariaDbContainer#withAutoRemove|ReusedMariaDbContainer#withVersion|ReusedMariaDbContainer#withServices|ReusedMariaDbContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'MariaDbContainer#start',
      returns: 'StartedMariaDbContainer',
      op: 'acquire',
      opens: { kind: 'mysql', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedMariaDbContainer#start',
      returns: 'StartedMariaDbContainer',
      op: 'acquire',
      opens: { kind: 'mysql', server: ['=reused mariadb testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedMariaDbContainer#getConnectionUri|StartedMariaDbContainer#getConnectionUrl|StartedMariaDbContainer#getUrl|StartedMariaDbContainer#getUri|StartedMariaDbContainer#getConnectionString|StartedMariaDbContainer#getBoltUri|StartedMariaDbContainer#getHttpUri|StartedMariaDbContainer#getHttpUrl|StartedMariaDbContainer#getAmqpUrl|StartedMariaDbContainer#getAmqpsUrl|StartedMariaDbContainer#getEndpoint|StartedMariaDbContainer#getBrokers|StartedMariaDbContainer#getNode|StartedMariaDbContainer#getHttpPort|StartedMariaDbContainer#getMappedPort|StartedMariaDbContainer#getFirstMappedPort|StartedMariaDbContainer#getPort|StartedMariaDbContainer#getId|StartedMariaDbContainer#getName|StartedMariaDbContainer#getIpAddress|StartedMariaDbContainer#getConnectionOptions|StartedMariaDbContainer#getClientOptions|StartedMariaDbContainer#getConnectUrl|StartedMariaDbContainer#getExternalUrl|StartedMariaDbContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedMariaDbContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedMariaDbContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedMariaDbContainer#stop|StartedMariaDbContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
