import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/elasticsearch'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/elasticsearch 12',
  tokens: ['testcontainers'],
  types: { StartedElasticsearchContainer: 'StartedElasticsearchContainer' },
  typeOpening: { kind: 'elasticsearch', isolated: 'own-server' },
  calls: [
    { call: 'new ElasticsearchContainer', returns: 'ElasticsearchContainer' },
    {
      call: 'ElasticsearchContainer#withExposedPorts|ElasticsearchContainer#withEnvironment|ElasticsearchContainer#withCommand|ElasticsearchContainer#withEntrypoint|ElasticsearchContainer#withWaitStrategy|ElasticsearchContainer#withStartupTimeout|ElasticsearchContainer#withNetwork|ElasticsearchContainer#withNetworkAliases|ElasticsearchContainer#withNetworkMode|ElasticsearchContainer#withUsername|ElasticsearchContainer#withUser|ElasticsearchContainer#withPassword|ElasticsearchContainer#withDatabase|ElasticsearchContainer#withRootPassword|ElasticsearchContainer#withBindMounts|ElasticsearchContainer#withCopyFilesToContainer|ElasticsearchContainer#withCopyContentToContainer|ElasticsearchContainer#withCopyDirectoriesToContainer|ElasticsearchContainer#withTmpFs|ElasticsearchContainer#withLabels|ElasticsearchContainer#withLogConsumer|ElasticsearchContainer#withPrivilegedMode|ElasticsearchContainer#withPullPolicy|ElasticsearchContainer#withPlatform|ElasticsearchContainer#withHealthCheck|ElasticsearchContainer#withDefaultLogDriver|ElasticsearchContainer#withResourcesQuota|ElasticsearchContainer#withSharedMemorySize|ElasticsearchContainer#withHostname|ElasticsearchContainer#withExtraHosts|ElasticsearchContainer#withUlimits|ElasticsearchContainer#withWorkingDir|ElasticsearchContainer#withAddedCapabilities|ElasticsearchContainer#withKraft|ElasticsearchContainer#withReplicaSet|ElasticsearchContainer#withApoc|ElasticsearchContainer#withPlugins|ElasticsearchContainer#withAuthentication|ElasticsearchContainer#withAutoRemove|ElasticsearchContainer#withVersion|ElasticsearchContainer#withServices',
      returns: 'receiver',
    },
    {
      call: 'ElasticsearchContainer#withExposedPorts',
      when: ['arg0.host'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] },
    },
    { call: 'ElasticsearchContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'ElasticsearchContainer#withReuse',
      returns: 'ReusedElasticsearchContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused elasticsearch testcontainer'] },
    },
    {
      call: 'ReusedElasticsearchContainer#withExposedPorts|ReusedElasticsearchContainer#withEnvironment|ReusedElasticsearchContainer#withCommand|ReusedElasticsearchContainer#withEntrypoint|ReusedElasticsearchContainer#withWaitStrategy|ReusedElasticsearchContainer#withStartupTimeout|ReusedElasticsearchContainer#withNetwork|ReusedElasticsearchContainer#withNetworkAliases|ReusedElasticsearchContainer#withNetworkMode|ReusedElasticsearchContainer#withUsername|ReusedElasticsearchContainer#withUser|ReusedElasticsearchContainer#withPassword|ReusedElasticsearchContainer#withDatabase|ReusedElasticsearchContainer#withRootPassword|ReusedElasticsearchContainer#withBindMounts|ReusedElasticsearchContainer#withCopyFilesToContainer|ReusedElasticsearchContainer#withCopyContentToContainer|ReusedElasticsearchContainer#withCopyDirectoriesToContainer|ReusedElasticsearchContainer#withTmpFs|ReusedElasticsearchContainer#withLabels|ReusedElasticsearchContainer#withLogConsumer|ReusedElasticsearchContainer#withPrivilegedMode|ReusedElasticsearchContainer#withPullPolicy|ReusedElasticsearchContainer#withPlatform|ReusedElasticsearchContainer#withHealthCheck|ReusedElasticsearchContainer#withDefaultLogDriver|ReusedElasticsearchContainer#withResourcesQuota|ReusedElasticsearchContainer#withSharedMemorySize|ReusedElasticsearchContainer#withHostname|ReusedElasticsearchContainer#withExtraHosts|ReusedElasticsearchContainer#withUlimits|ReusedElasticsearchContainer#withWorkingDir|ReusedElasticsearchContainer#withAddedCapabilities|ReusedElasticsearchContainer#withKraft|ReusedElasticsearchContainer#withReplicaSet|ReusedElasticsearchContainer#withApoc|ReusedElasticsearchContainer#withPlugins|ReusedElasticsearchContainer#withAuthentication|ReusedElasticsearchContainer#withAutoRemove|ReusedElasticsearchContainer#withVersion|ReusedElasticsearchContainer#withServices|ReusedElasticsearchContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'ElasticsearchContainer#start',
      returns: 'StartedElasticsearchContainer',
      op: 'acquire',
      opens: { kind: 'elasticsearch', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedElasticsearchContainer#start',
      returns: 'StartedElasticsearchContainer',
      op: 'acquire',
      opens: { kind: 'elasticsearch', server: ['=reused elasticsearch testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedElasticsearchContainer#getConnectionUri|StartedElasticsearchContainer#getConnectionUrl|StartedElasticsearchContainer#getUrl|StartedElasticsearchContainer#getUri|StartedElasticsearchContainer#getConnectionString|StartedElasticsearchContainer#getBoltUri|StartedElasticsearchContainer#getHttpUri|StartedElasticsearchContainer#getHttpUrl|StartedElasticsearchContainer#getAmqpUrl|StartedElasticsearchContainer#getAmqpsUrl|StartedElasticsearchContainer#getEndpoint|StartedElasticsearchContainer#getBrokers|StartedElasticsearchContainer#getNode|StartedElasticsearchContainer#getHttpPort|StartedElasticsearchContainer#getMappedPort|StartedElasticsearchContainer#getFirstMappedPort|StartedElasticsearchContainer#getPort|StartedElasticsearchContainer#getId|StartedElasticsearchContainer#getName|StartedElasticsearchContainer#getIpAddress|StartedElasticsearchContainer#getConnectionOptions|StartedElasticsearchContainer#getClientOptions|StartedElasticsearchContainer#getConnectUrl|StartedElasticsearchContainer#getExternalUrl|StartedElasticsearchContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedElasticsearchContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedElasticsearchContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedElasticsearchContainer#stop|StartedElasticsearchContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
