import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/localstack'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/localstack 12',
  tokens: ['testcontainers'],
  types: { StartedLocalStackContainer: 'StartedLocalStackContainer' },
  typeOpening: { kind: 's3', isolated: 'own-server' },
  calls: [
    { call: 'new LocalstackContainer', returns: 'LocalstackContainer' },
    { call: 'LocalstackContainer#*', returns: 'receiver' },
    { call: 'LocalstackContainer#withExposedPorts', returns: 'receiver' },
    {
      call: 'LocalstackContainer#withExposedPorts',
      when: ['arg0.host'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] },
    },
    {
      call: 'LocalstackContainer#withExposedPorts',
      when: ['arg1.host'],
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] },
    },
    { call: 'LocalstackContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'LocalstackContainer#withReuse',
      returns: 'ReusedLocalstackContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused localstack testcontainer'] },
    },
    { call: 'ReusedLocalstackContainer#*', returns: 'receiver' },
    {
      call: 'LocalstackContainer#start',
      returns: 'StartedLocalStackContainer',
      op: 'acquire',
      opens: { kind: 's3', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedLocalstackContainer#start',
      returns: 'ReusedStartedLocalStackContainer',
      op: 'acquire',
      opens: { kind: 's3', server: ['=reused localstack testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedLocalStackContainer#getHost|StartedLocalStackContainer#getHostname|StartedLocalStackContainer#getMappedPort|StartedLocalStackContainer#getFirstMappedPort|StartedLocalStackContainer#getId|StartedLocalStackContainer#getName|StartedLocalStackContainer#getIpAddress|StartedLocalStackContainer#getPort|StartedLocalStackContainer#getConnectionUri',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedLocalStackContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedLocalStackContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedLocalStackContainer#stop|StartedLocalStackContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedLocalStackContainer#getHost|ReusedStartedLocalStackContainer#getHostname|ReusedStartedLocalStackContainer#getMappedPort|ReusedStartedLocalStackContainer#getFirstMappedPort|ReusedStartedLocalStackContainer#getId|ReusedStartedLocalStackContainer#getName|ReusedStartedLocalStackContainer#getIpAddress|ReusedStartedLocalStackContainer#getPort|ReusedStartedLocalStackContainer#getConnectionUri',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedLocalStackContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedLocalStackContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedLocalStackContainer#stop|ReusedStartedLocalStackContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
