import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/rabbitmq'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/rabbitmq 12',
  tokens: ['testcontainers'],
  types: { StartedRabbitMQContainer: 'StartedRabbitMQContainer' },
  typeOpening: { kind: 'rabbitmq', isolated: 'own-server' },
  calls: [
    { call: 'new RabbitMQContainer', returns: 'RabbitMQContainer' },
    {
      call: 'RabbitMQContainer#withExposedPorts|RabbitMQContainer#withEnvironment|RabbitMQContainer#withCommand|RabbitMQContainer#withEntrypoint|RabbitMQContainer#withWaitStrategy|RabbitMQContainer#withStartupTimeout|RabbitMQContainer#withNetwork|RabbitMQContainer#withNetworkAliases|RabbitMQContainer#withNetworkMode|RabbitMQContainer#withUsername|RabbitMQContainer#withUser|RabbitMQContainer#withPassword|RabbitMQContainer#withDatabase|RabbitMQContainer#withRootPassword|RabbitMQContainer#withBindMounts|RabbitMQContainer#withCopyFilesToContainer|RabbitMQContainer#withCopyContentToContainer|RabbitMQContainer#withCopyDirectoriesToContainer|RabbitMQContainer#withTmpFs|RabbitMQContainer#withLabels|RabbitMQContainer#withLogConsumer|RabbitMQContainer#withPrivilegedMode|RabbitMQContainer#withPullPolicy|RabbitMQContainer#withPlatform|RabbitMQContainer#withHealthCheck|RabbitMQContainer#withDefaultLogDriver|RabbitMQContainer#withResourcesQuota|RabbitMQContainer#withSharedMemorySize|RabbitMQContainer#withHostname|RabbitMQContainer#withExtraHosts|RabbitMQContainer#withUlimits|RabbitMQContainer#withWorkingDir|RabbitMQContainer#withAddedCapabilities|RabbitMQContainer#withKraft|RabbitMQContainer#withReplicaSet|RabbitMQContainer#withApoc|RabbitMQContainer#withPlugins|RabbitMQContainer#withAuthentication|RabbitMQContainer#withAutoRemove|RabbitMQContainer#withVersion|RabbitMQContainer#withServices',
      returns: 'receiver',
    },
    { call: 'RabbitMQContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'RabbitMQContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'RabbitMQContainer#withReuse',
      returns: 'ReusedRabbitMQContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused rabbitmq testcontainer'] },
    },
    {
      call: 'ReusedRabbitMQContainer#withExposedPorts|ReusedRabbitMQContainer#withEnvironment|ReusedRabbitMQContainer#withCommand|ReusedRabbitMQContainer#withEntrypoint|ReusedRabbitMQContainer#withWaitStrategy|ReusedRabbitMQContainer#withStartupTimeout|ReusedRabbitMQContainer#withNetwork|ReusedRabbitMQContainer#withNetworkAliases|ReusedRabbitMQContainer#withNetworkMode|ReusedRabbitMQContainer#withUsername|ReusedRabbitMQContainer#withUser|ReusedRabbitMQContainer#withPassword|ReusedRabbitMQContainer#withDatabase|ReusedRabbitMQContainer#withRootPassword|ReusedRabbitMQContainer#withBindMounts|ReusedRabbitMQContainer#withCopyFilesToContainer|ReusedRabbitMQContainer#withCopyContentToContainer|ReusedRabbitMQContainer#withCopyDirectoriesToContainer|ReusedRabbitMQContainer#withTmpFs|ReusedRabbitMQContainer#withLabels|ReusedRabbitMQContainer#withLogConsumer|ReusedRabbitMQContainer#withPrivilegedMode|ReusedRabbitMQContainer#withPullPolicy|ReusedRabbitMQContainer#withPlatform|ReusedRabbitMQContainer#withHealthCheck|ReusedRabbitMQContainer#withDefaultLogDriver|ReusedRabbitMQContainer#withResourcesQuota|ReusedRabbitMQContainer#withSharedMemorySize|ReusedRabbitMQContainer#withHostname|ReusedRabbitMQContainer#withExtraHosts|ReusedRabbitMQContainer#withUlimits|ReusedRabbitMQContainer#withWorkingDir|ReusedRabbitMQContainer#withAddedCapabilities|ReusedRabbitMQContainer#withKraft|ReusedRabbitMQContainer#withReplicaSet|ReusedRabbitMQContainer#withApoc|ReusedRabbitMQContainer#withPlugins|ReusedRabbitMQContainer#withAuthentication|ReusedRabbitMQContainer#withAutoRemove|ReusedRabbitMQContainer#withVersion|ReusedRabbitMQContainer#withServices|ReusedRabbitMQContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'RabbitMQContainer#start',
      returns: 'StartedRabbitMQContainer',
      op: 'acquire',
      opens: { kind: 'rabbitmq', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedRabbitMQContainer#start',
      returns: 'StartedRabbitMQContainer',
      op: 'acquire',
      opens: { kind: 'rabbitmq', server: ['=reused rabbitmq testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedRabbitMQContainer#getConnectionUri|StartedRabbitMQContainer#getConnectionUrl|StartedRabbitMQContainer#getUrl|StartedRabbitMQContainer#getUri|StartedRabbitMQContainer#getConnectionString|StartedRabbitMQContainer#getBoltUri|StartedRabbitMQContainer#getHttpUri|StartedRabbitMQContainer#getHttpUrl|StartedRabbitMQContainer#getAmqpUrl|StartedRabbitMQContainer#getAmqpsUrl|StartedRabbitMQContainer#getEndpoint|StartedRabbitMQContainer#getBrokers|StartedRabbitMQContainer#getNode|StartedRabbitMQContainer#getHttpPort|StartedRabbitMQContainer#getMappedPort|StartedRabbitMQContainer#getFirstMappedPort|StartedRabbitMQContainer#getPort|StartedRabbitMQContainer#getId|StartedRabbitMQContainer#getName|StartedRabbitMQContainer#getIpAddress|StartedRabbitMQContainer#getConnectionOptions|StartedRabbitMQContainer#getClientOptions|StartedRabbitMQContainer#getConnectUrl|StartedRabbitMQContainer#getExternalUrl|StartedRabbitMQContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedRabbitMQContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedRabbitMQContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedRabbitMQContainer#stop|StartedRabbitMQContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
