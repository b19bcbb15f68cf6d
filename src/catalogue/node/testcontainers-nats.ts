import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/nats'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/nats 12',
  tokens: ['testcontainers'],
  types: { StartedNatsContainer: 'StartedNatsContainer' },
  typeOpening: { kind: 'nats', isolated: 'own-server' },
  calls: [
    { call: 'new NatsContainer', returns: 'NatsContainer' },
    {
      call: 'NatsContainer#withExposedPorts|NatsContainer#withEnvironment|NatsContainer#withCommand|NatsContainer#withEntrypoint|NatsContainer#withWaitStrategy|NatsContainer#withStartupTimeout|NatsContainer#withNetwork|NatsContainer#withNetworkAliases|NatsContainer#withNetworkMode|NatsContainer#withUsername|NatsContainer#withUser|NatsContainer#withPassword|NatsContainer#withDatabase|NatsContainer#withRootPassword|NatsContainer#withBindMounts|NatsContainer#withCopyFilesToContainer|NatsContainer#withCopyContentToContainer|NatsContainer#withCopyDirectoriesToContainer|NatsContainer#withTmpFs|NatsContainer#withLabels|NatsContainer#withLogConsumer|NatsContainer#withPrivilegedMode|NatsContainer#withPullPolicy|NatsContainer#withPlatform|NatsContainer#withHealthCheck|NatsContainer#withDefaultLogDriver|NatsContainer#withResourcesQuota|NatsContainer#withSharedMemorySize|NatsContainer#withHostname|NatsContainer#withExtraHosts|NatsContainer#withUlimits|NatsContainer#withWorkingDir|NatsContainer#withAddedCapabilities|NatsContainer#withKraft|NatsContainer#withReplicaSet|NatsContainer#withApoc|NatsContainer#withPlugins|NatsContainer#withAuthentication|NatsContainer#withAutoRemove|NatsContainer#withVersion|NatsContainer#withServices',
      returns: 'receiver',
    },
    { call: 'NatsContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'NatsContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'NatsContainer#withReuse', returns: 'ReusedNatsContainer', op: 'bind', opens: { kind: 'container', name: ['=reused nats testcontainer'] } },
    {
      call: 'ReusedNatsContainer#withExposedPorts|ReusedNatsContainer#withEnvironment|ReusedNatsContainer#withCommand|ReusedNatsContainer#withEntrypoint|ReusedNatsContainer#withWaitStrategy|ReusedNatsContainer#withStartupTimeout|ReusedNatsContainer#withNetwork|ReusedNatsContainer#withNetworkAliases|ReusedNatsContainer#withNetworkMode|ReusedNatsContainer#withUsername|ReusedNatsContainer#withUser|ReusedNatsContainer#withPassword|ReusedNatsContainer#withDatabase|ReusedNatsContainer#withRootPassword|ReusedNatsContainer#withBindMounts|ReusedNatsContainer#withCopyFilesToContainer|ReusedNatsContainer#withCopyContentToContainer|ReusedNatsContainer#withCopyDirectoriesToContainer|ReusedNatsContainer#withTmpFs|ReusedNatsContainer#withLabels|ReusedNatsContainer#withLogConsumer|ReusedNatsContainer#withPrivilegedMode|ReusedNatsContainer#withPullPolicy|ReusedNatsContainer#withPlatform|ReusedNatsContainer#withHealthCheck|ReusedNatsContainer#withDefaultLogDriver|ReusedNatsContainer#withResourcesQuota|ReusedNatsContainer#withSharedMemorySize|ReusedNatsContainer#withHostname|ReusedNatsContainer#withExtraHosts|ReusedNatsContainer#withUlimits|ReusedNatsContainer#withWorkingDir|ReusedNatsContainer#withAddedCapabilities|ReusedNatsContainer#withKraft|ReusedNatsContainer#withReplicaSet|ReusedNatsContainer#withApoc|ReusedNatsContainer#withPlugins|ReusedNatsContainer#withAuthentication|ReusedNatsContainer#withAutoRemove|ReusedNatsContainer#withVersion|ReusedNatsContainer#withServices|ReusedNatsContainer#withName',
      returns: 'receiver',
    },
    { call: 'NatsContainer#start', returns: 'StartedNatsContainer', op: 'acquire', opens: { kind: 'nats', isolated: 'own-server' }, owes: 'container.stop()' },
    {
      call: 'ReusedNatsContainer#start',
      returns: 'StartedNatsContainer',
      op: 'acquire',
      opens: { kind: 'nats', server: ['=reused nats testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedNatsContainer#getConnectionUri|StartedNatsContainer#getConnectionUrl|StartedNatsContainer#getUrl|StartedNatsContainer#getUri|StartedNatsContainer#getConnectionString|StartedNatsContainer#getBoltUri|StartedNatsContainer#getHttpUri|StartedNatsContainer#getHttpUrl|StartedNatsContainer#getAmqpUrl|StartedNatsContainer#getAmqpsUrl|StartedNatsContainer#getEndpoint|StartedNatsContainer#getBrokers|StartedNatsContainer#getNode|StartedNatsContainer#getHttpPort|StartedNatsContainer#getMappedPort|StartedNatsContainer#getFirstMappedPort|StartedNatsContainer#getPort|StartedNatsContainer#getId|StartedNatsContainer#getName|StartedNatsContainer#getIpAddress|StartedNatsContainer#getConnectionOptions|StartedNatsContainer#getClientOptions|StartedNatsContainer#getConnectUrl|StartedNatsContainer#getExternalUrl|StartedNatsContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedNatsContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedNatsContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedNatsContainer#stop|StartedNatsContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
