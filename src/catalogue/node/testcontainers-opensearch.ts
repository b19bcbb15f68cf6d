import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/opensearch'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/opensearch 12',
  tokens: ['testcontainers'],
  types: { StartedOpenSearchContainer: 'StartedOpenSearchContainer' },
  typeOpening: { kind: 'elasticsearch', isolated: 'own-server' },
  calls: [
    { call: 'new OpenSearchContainer', returns: 'OpenSearchContainer' },
    {
      call: 'OpenSearchContainer#withExposedPorts|OpenSearchContainer#withEnvironment|OpenSearchContainer#withCommand|OpenSearchContainer#withEntrypoint|OpenSearchContainer#withWaitStrategy|OpenSearchContainer#withStartupTimeout|OpenSearchContainer#withNetwork|OpenSearchContainer#withNetworkAliases|OpenSearchContainer#withNetworkMode|OpenSearchContainer#withUsername|OpenSearchContainer#withUser|OpenSearchContainer#withPassword|OpenSearchContainer#withDatabase|OpenSearchContainer#withRootPassword|OpenSearchContainer#withBindMounts|OpenSearchContainer#withCopyFilesToContainer|OpenSearchContainer#withCopyContentToContainer|OpenSearchContainer#withCopyDirectoriesToContainer|OpenSearchContainer#withTmpFs|OpenSearchContainer#withLabels|OpenSearchContainer#withLogConsumer|OpenSearchContainer#withPrivilegedMode|OpenSearchContainer#withPullPolicy|OpenSearchContainer#withPlatform|OpenSearchContainer#withHealthCheck|OpenSearchContainer#withDefaultLogDriver|OpenSearchContainer#withResourcesQuota|OpenSearchContainer#withSharedMemorySize|OpenSearchContainer#withHostname|OpenSearchContainer#withExtraHosts|OpenSearchContainer#withUlimits|OpenSearchContainer#withWorkingDir|OpenSearchContainer#withAddedCapabilities|OpenSearchContainer#withKraft|OpenSearchContainer#withReplicaSet|OpenSearchContainer#withApoc|OpenSearchContainer#withPlugins|OpenSearchContainer#withAuthentication|OpenSearchContainer#withAutoRemove|OpenSearchContainer#withVersion|OpenSearchContainer#withServices',
      returns: 'receiver',
    },
    {
      call: 'OpenSearchContainer#withExposedPorts',
      when: ['arg0.host'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] },
    },
    { call: 'OpenSearchContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'OpenSearchContainer#withReuse',
      returns: 'ReusedOpenSearchContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused opensearch testcontainer'] },
    },
    {
      call: 'ReusedOpenSearchContainer#withExposedPorts|ReusedOpenSearchContainer#withEnvironment|ReusedOpenSearchContainer#withCommand|ReusedOpenSearchContainer#withEntrypoint|ReusedOpenSearchContainer#withWaitStrategy|ReusedOpenSearchContainer#withStartupTimeout|ReusedOpenSearchContainer#withNetwork|ReusedOpenSearchContainer#withNetworkAliases|ReusedOpenSearchContainer#withNetworkMode|ReusedOpenSearchContainer#withUsername|ReusedOpenSearchContainer#withUser|ReusedOpenSearchContainer#withPassword|ReusedOpenSearchContainer#withDatabase|ReusedOpenSearchContainer#withRootPassword|ReusedOpenSearchContainer#withBindMounts|ReusedOpenSearchContainer#withCopyFilesToContainer|ReusedOpenSearchContainer#withCopyContentToContainer|ReusedOpenSearchContainer#withCopyDirectoriesToContainer|ReusedOpenSearchContainer#withTmpFs|ReusedOpenSearchContainer#withLabels|ReusedOpenSearchContainer#withLogConsumer|ReusedOpenSearchContainer#withPrivilegedMode|ReusedOpenSearchContainer#withPullPolicy|ReusedOpenSearchContainer#withPlatform|ReusedOpenSearchContainer#withHealthCheck|ReusedOpenSearchContainer#withDefaultLogDriver|ReusedOpenSearchContainer#withResourcesQuota|ReusedOpenSearchContainer#withSharedMemorySize|ReusedOpenSearchContainer#withHostname|ReusedOpenSearchContainer#withExtraHosts|ReusedOpenSearchContainer#withUlimits|ReusedOpenSearchContainer#withWorkingDir|ReusedOpenSearchContainer#withAddedCapabilities|ReusedOpenSearchContainer#withKraft|ReusedOpenSearchContainer#withReplicaSet|ReusedOpenSearchContainer#withApoc|ReusedOpenSearchContainer#withPlugins|ReusedOpenSearchContainer#withAuthentication|ReusedOpenSearchContainer#withAutoRemove|ReusedOpenSearchContainer#withVersion|ReusedOpenSearchContainer#withServices|ReusedOpenSearchContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'OpenSearchContainer#start',
      returns: 'StartedOpenSearchContainer',
      op: 'acquire',
      opens: { kind: 'elasticsearch', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedOpenSearchContainer#start',
      returns: 'StartedOpenSearchContainer',
      op: 'acquire',
      opens: { kind: 'elasticsearch', server: ['=reused opensearch testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedOpenSearchContainer#getConnectionUri|StartedOpenSearchContainer#getConnectionUrl|StartedOpenSearchContainer#getUrl|StartedOpenSearchContainer#getUri|StartedOpenSearchContainer#getConnectionString|StartedOpenSearchContainer#getBoltUri|StartedOpenSearchContainer#getHttpUri|StartedOpenSearchContainer#getHttpUrl|StartedOpenSearchContainer#getAmqpUrl|StartedOpenSearchContainer#getAmqpsUrl|StartedOpenSearchContainer#getEndpoint|StartedOpenSearchContainer#getBrokers|StartedOpenSearchContainer#getNode|StartedOpenSearchContainer#getHttpPort|StartedOpenSearchContainer#getMappedPort|StartedOpenSearchContainer#getFirstMappedPort|StartedOpenSearchContainer#getPort|StartedOpenSearchContainer#getId|StartedOpenSearchContainer#getName|StartedOpenSearchContainer#getIpAddress|StartedOpenSearchContainer#getConnectionOptions|StartedOpenSearchContainer#getClientOptions|StartedOpenSearchContainer#getConnectUrl|StartedOpenSearchContainer#getExternalUrl|StartedOpenSearchContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedOpenSearchContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedOpenSearchContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedOpenSearchContainer#stop|StartedOpenSearchContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
