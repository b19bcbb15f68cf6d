import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/kafka'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/kafka 12',
  tokens: ['testcontainers'],
  types: { StartedKafkaContainer: 'StartedKafkaContainer' },
  typeOpening: { kind: 'kafka', isolated: 'own-server' },
  calls: [
    { call: 'new KafkaContainer', returns: 'KafkaContainer' },
    {
      call: 'KafkaContainer#withExposedPorts|KafkaContainer#withEnvironment|KafkaContainer#withCommand|KafkaContainer#withEntrypoint|KafkaContainer#withWaitStrategy|KafkaContainer#withStartupTimeout|KafkaContainer#withNetwork|KafkaContainer#withNetworkAliases|KafkaContainer#withNetworkMode|KafkaContainer#withUsername|KafkaContainer#withUser|KafkaContainer#withPassword|KafkaContainer#withDatabase|KafkaContainer#withRootPassword|KafkaContainer#withBindMounts|KafkaContainer#withCopyFilesToContainer|KafkaContainer#withCopyContentToContainer|KafkaContainer#withCopyDirectoriesToContainer|KafkaContainer#withTmpFs|KafkaContainer#withLabels|KafkaContainer#withLogConsumer|KafkaContainer#withPrivilegedMode|KafkaContainer#withPullPolicy|KafkaContainer#withPlatform|KafkaContainer#withHealthCheck|KafkaContainer#withDefaultLogDriver|KafkaContainer#withResourcesQuota|KafkaContainer#withSharedMemorySize|KafkaContainer#withHostname|KafkaContainer#withExtraHosts|KafkaContainer#withUlimits|KafkaContainer#withWorkingDir|KafkaContainer#withAddedCapabilities|KafkaContainer#withKraft|KafkaContainer#withReplicaSet|KafkaContainer#withApoc|KafkaContainer#withPlugins|KafkaContainer#withAuthentication|KafkaContainer#withAutoRemove|KafkaContainer#withVersion|KafkaContainer#withServices',
      returns: 'receiver',
    },
    { call: 'KafkaContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'KafkaContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'KafkaContainer#withReuse', returns: 'ReusedKafkaContainer', op: 'bind', opens: { kind: 'container', name: ['=reused kafka testcontainer'] } },
    {
      call: 'ReusedKafkaContainer#withExposedPorts|ReusedKafkaContainer#withEnvironment|ReusedKafkaContainer#withCommand|ReusedKafkaContainer#withEntrypoint|ReusedKafkaContainer#withWaitStrategy|ReusedKafkaContainer#withStartupTimeout|ReusedKafkaContainer#withNetwork|ReusedKafkaContainer#withNetworkAliases|ReusedKafkaContainer#withNetworkMode|ReusedKafkaContainer#withUsername|ReusedKafkaContainer#withUser|ReusedKafkaContainer#withPassword|ReusedKafkaContainer#withDatabase|ReusedKafkaContainer#withRootPassword|ReusedKafkaContainer#withBindMounts|ReusedKafkaContainer#withCopyFilesToContainer|ReusedKafkaContainer#withCopyContentToContainer|ReusedKafkaContainer#withCopyDirectoriesToContainer|ReusedKafkaContainer#withTmpFs|ReusedKafkaContainer#withLabels|ReusedKafkaContainer#withLogConsumer|ReusedKafkaContainer#withPrivilegedMode|ReusedKafkaContainer#withPullPolicy|ReusedKafkaContainer#withPlatform|ReusedKafkaContainer#withHealthCheck|ReusedKafkaContainer#withDefaultLogDriver|ReusedKafkaContainer#withResourcesQuota|ReusedKafkaContainer#withSharedMemorySize|ReusedKafkaContainer#withHostname|ReusedKafkaContainer#withExtraHosts|ReusedKafkaContainer#withUlimits|ReusedKafkaContainer#withWorkingDir|ReusedKafkaContainer#withAddedCapabilities|ReusedKafkaContainer#withKraft|ReusedKafkaContainer#withReplicaSet|ReusedKafkaContainer#withApoc|ReusedKafkaContainer#withPlugins|ReusedKafkaContainer#withAuthentication|ReusedKafkaContainer#withAutoRemove|ReusedKafkaContainer#withVersion|ReusedKafkaContainer#withServices|ReusedKafkaContainer#withName',
      returns: 'receiver',
    },
    {
      call: 'KafkaContainer#start',
      returns: 'StartedKafkaContainer',
      op: 'acquire',
      opens: { kind: 'kafka', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedKafkaContainer#start',
      returns: 'StartedKafkaContainer',
      op: 'acquire',
      opens: { kind: 'kafka', server: ['=reused kafka testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedKafkaContainer#getConnectionUri|StartedKafkaContainer#getConnectionUrl|StartedKafkaContainer#getUrl|StartedKafkaContainer#getUri|StartedKafkaContainer#getConnectionString|StartedKafkaContainer#getBoltUri|StartedKafkaContainer#getHttpUri|StartedKafkaContainer#getHttpUrl|StartedKafkaContainer#getAmqpUrl|StartedKafkaContainer#getAmqpsUrl|StartedKafkaContainer#getEndpoint|StartedKafkaContainer#getBrokers|StartedKafkaContainer#getNode|StartedKafkaContainer#getHttpPort|StartedKafkaContainer#getMappedPort|StartedKafkaContainer#getFirstMappedPort|StartedKafkaContainer#getPort|StartedKafkaContainer#getId|StartedKafkaContainer#getName|StartedKafkaContainer#getIpAddress|StartedKafkaContainer#getConnectionOptions|StartedKafkaContainer#getClientOptions|StartedKafkaContainer#getConnectUrl|StartedKafkaContainer#getExternalUrl|StartedKafkaContainer#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedKafkaContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedKafkaContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedKafkaContainer#stop|StartedKafkaContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
