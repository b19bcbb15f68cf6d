import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/minio'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/minio 12',
  tokens: ['testcontainers'],
  types: { StartedMinioContainer: 'StartedMinioContainer' },
  typeOpening: { kind: 's3', isolated: 'own-server' },
  calls: [
    { call: 'new MinioContainer', returns: 'MinioContainer' },
    { call: 'MinioContainer#*', returns: 'receiver' },
    { call: 'MinioContainer#withExposedPorts', returns: 'receiver' },
    { call: 'MinioContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'MinioContainer#withExposedPorts', when: ['arg1.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] } },
    { call: 'MinioContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'MinioContainer#withReuse', returns: 'ReusedMinioContainer', op: 'bind', opens: { kind: 'container', name: ['=reused minio testcontainer'] } },
    { call: 'ReusedMinioContainer#*', returns: 'receiver' },
    { call: 'MinioContainer#start', returns: 'StartedMinioContainer', op: 'acquire', opens: { kind: 's3', isolated: 'own-server' }, owes: 'container.stop()' },
    {
      call: 'ReusedMinioContainer#start',
      returns: 'ReusedStartedMinioContainer',
      op: 'acquire',
      opens: { kind: 's3', server: ['=reused minio testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedMinioContainer#getHost|StartedMinioContainer#getHostname|StartedMinioContainer#getMappedPort|StartedMinioContainer#getFirstMappedPort|StartedMinioContainer#getId|StartedMinioContainer#getName|StartedMinioContainer#getIpAddress|StartedMinioContainer#getPort|StartedMinioContainer#getConnectionUrl',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedMinioContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedMinioContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedMinioContainer#stop|StartedMinioContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedMinioContainer#getHost|ReusedStartedMinioContainer#getHostname|ReusedStartedMinioContainer#getMappedPort|ReusedStartedMinioContainer#getFirstMappedPort|ReusedStartedMinioContainer#getId|ReusedStartedMinioContainer#getName|ReusedStartedMinioContainer#getIpAddress|ReusedStartedMinioContainer#getPort|ReusedStartedMinioContainer#getConnectionUrl',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedMinioContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedMinioContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedMinioContainer#stop|ReusedStartedMinioContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
