import type { LibraryEntry } from '../../model/catalogue.js';

// Reuse is on unless TESTCONTAINERS_REUSE_ENABLE is "false": processes with one configuration end in one container.
export default {
  packages: ['testcontainers'],
  language: 'typescript',
  versions: '8-12',
  source: 'read in package types, testcontainers 12.2.0',
  tokens: ['testcontainers'],
  types: { StartedTestContainer: 'Started', StartedNetwork: 'Network', StartedDockerComposeEnvironment: 'Compose' },
  calls: [
    { call: 'new GenericContainer', returns: 'GenericContainer' },
    {
      call: 'GenericContainer#withExposedPorts|GenericContainer#withEnvironment|GenericContainer#withCommand|GenericContainer#withEntrypoint|GenericContainer#withWaitStrategy|GenericContainer#withStartupTimeout|GenericContainer#withNetwork|GenericContainer#withNetworkAliases|GenericContainer#withNetworkMode|GenericContainer#withUsername|GenericContainer#withUser|GenericContainer#withPassword|GenericContainer#withDatabase|GenericContainer#withRootPassword|GenericContainer#withBindMounts|GenericContainer#withCopyFilesToContainer|GenericContainer#withCopyContentToContainer|GenericContainer#withCopyDirectoriesToContainer|GenericContainer#withTmpFs|GenericContainer#withLabels|GenericContainer#withLogConsumer|GenericContainer#withPrivilegedMode|GenericContainer#withPullPolicy|GenericContainer#withPlatform|GenericContainer#withHealthCheck|GenericContainer#withDefaultLogDriver|GenericContainer#withResourcesQuota|GenericContainer#withSharedMemorySize|GenericContainer#withHostname|GenericContainer#withExtraHosts|GenericContainer#withUlimits|GenericContainer#withWorkingDir|GenericContainer#withAddedCapabilities|GenericContainer#withKraft|GenericContainer#withReplicaSet|GenericContainer#withApoc|GenericContainer#withPlugins|GenericContainer#withAuthentication|GenericContainer#withAutoRemove|GenericContainer#withVersion|GenericContainer#withServices',
      returns: 'receiver',
    },
    { call: 'GenericContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'GenericContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'GenericContainer#withReuse', returns: 'ReusedGenericContainer', op: 'bind', opens: { kind: 'container', name: ['=reused testcontainer'] } },
    {
      call: 'ReusedGenericContainer#withExposedPorts|ReusedGenericContainer#withEnvironment|ReusedGenericContainer#withCommand|ReusedGenericContainer#withEntrypoint|ReusedGenericContainer#withWaitStrategy|ReusedGenericContainer#withStartupTimeout|ReusedGenericContainer#withNetwork|ReusedGenericContainer#withNetworkAliases|ReusedGenericContainer#withNetworkMode|ReusedGenericContainer#withUsername|ReusedGenericContainer#withUser|ReusedGenericContainer#withPassword|ReusedGenericContainer#withDatabase|ReusedGenericContainer#withRootPassword|ReusedGenericContainer#withBindMounts|ReusedGenericContainer#withCopyFilesToContainer|ReusedGenericContainer#withCopyContentToContainer|ReusedGenericContainer#withCopyDirectoriesToContainer|ReusedGenericContainer#withTmpFs|ReusedGenericContainer#withLabels|ReusedGenericContainer#withLogConsumer|ReusedGenericContainer#withPrivilegedMode|ReusedGenericContainer#withPullPolicy|ReusedGenericContainer#withPlatform|ReusedGenericContainer#withHealthCheck|ReusedGenericContainer#withDefaultLogDriver|ReusedGenericContainer#withResourcesQuota|ReusedGenericContainer#withSharedMemorySize|ReusedGenericContainer#withHostname|ReusedGenericContainer#withExtraHosts|ReusedGenericContainer#withUlimits|ReusedGenericContainer#withWorkingDir|ReusedGenericContainer#withAddedCapabilities|ReusedGenericContainer#withKraft|ReusedGenericContainer#withReplicaSet|ReusedGenericContainer#withApoc|ReusedGenericContainer#withPlugins|ReusedGenericContainer#withAuthentication|ReusedGenericContainer#withAutoRemove|ReusedGenericContainer#withVersion|ReusedGenericContainer#withServices|ReusedGenericContainer#withName',
      returns: 'receiver',
    },
    { call: 'GenericContainer#start', returns: 'Started', op: 'acquire', opens: { kind: 'container', isolated: 'own-server' }, owes: 'container.stop()' },
    {
      call: 'ReusedGenericContainer#start',
      returns: 'Started',
      op: 'acquire',
      opens: { kind: 'container', server: ['=reused testcontainer'], name: ['=default'] },
    },
    {
      call: 'Started#getConnectionUri|Started#getConnectionUrl|Started#getUrl|Started#getUri|Started#getConnectionString|Started#getBoltUri|Started#getHttpUri|Started#getHttpUrl|Started#getAmqpUrl|Started#getAmqpsUrl|Started#getEndpoint|Started#getBrokers|Started#getNode|Started#getHttpPort|Started#getMappedPort|Started#getFirstMappedPort|Started#getPort|Started#getId|Started#getName|Started#getIpAddress|Started#getConnectionOptions|Started#getClientOptions|Started#getConnectUrl|Started#getExternalUrl|Started#getS3ConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'Started#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'Started#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'Started#stop|Started#[asyncDispose]', releases: 'receiver' },
    { call: 'GenericContainer.fromDockerfile', returns: 'Dockerfile' },
    { call: 'Dockerfile#build', returns: 'GenericContainer' },
    { call: 'Dockerfile#withBuildArgs|Dockerfile#withTarget|Dockerfile#withCache', returns: 'receiver' },
    { call: 'new Network', returns: 'Net' },
    { call: 'Net#start', returns: 'Network', owes: 'network.stop()', owesKind: 'handle' },
    { call: 'Network#stop|Network#[asyncDispose]', releases: 'receiver' },
    { call: 'new DockerComposeEnvironment', returns: 'Env' },
    {
      call: 'Env#withBuild|Env#withEnvironment|Env#withEnvironmentFile|Env#withWaitStrategy|Env#withStartupTimeout|Env#withProfiles|Env#withClientOptions|Env#withPullPolicy',
      returns: 'receiver',
    },
    { call: 'Env#withProjectName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'Env#withNoRecreate', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['=testcontainers-node'] } },
    { call: 'Env#up', returns: 'Compose', op: 'acquire', opens: { kind: 'container', isolated: 'own-server' }, owes: 'environment.down()' },
    { call: 'Compose#getContainer', returns: 'Started' },
    { call: 'Compose#down|Compose#stop|Compose#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
