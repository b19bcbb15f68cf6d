import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/valkey'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/valkey 12',
  tokens: ['testcontainers'],
  types: { StartedValkeyContainer: 'StartedValkeyContainer' },
  typeOpening: { kind: 'redis', isolated: 'own-server' },
  calls: [
    { call: 'new ValkeyContainer', returns: 'ValkeyContainer' },
    { call: 'ValkeyContainer#*', returns: 'receiver' },
    { call: 'ValkeyContainer#withExposedPorts', returns: 'receiver' },
    { call: 'ValkeyContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'ValkeyContainer#withExposedPorts', when: ['arg1.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] } },
    { call: 'ValkeyContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'ValkeyContainer#withReuse', returns: 'ReusedValkeyContainer', op: 'bind', opens: { kind: 'container', name: ['=reused valkey testcontainer'] } },
    { call: 'ReusedValkeyContainer#*', returns: 'receiver' },
    {
      call: 'ValkeyContainer#start',
      returns: 'StartedValkeyContainer',
      op: 'acquire',
      opens: { kind: 'redis', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedValkeyContainer#start',
      returns: 'ReusedStartedValkeyContainer',
      op: 'acquire',
      opens: { kind: 'redis', server: ['=reused valkey testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedValkeyContainer#getHost|StartedValkeyContainer#getHostname|StartedValkeyContainer#getMappedPort|StartedValkeyContainer#getFirstMappedPort|StartedValkeyContainer#getId|StartedValkeyContainer#getName|StartedValkeyContainer#getIpAddress|StartedValkeyContainer#getPort|StartedValkeyContainer#getConnectionUrl',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedValkeyContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedValkeyContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedValkeyContainer#stop|StartedValkeyContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedValkeyContainer#getHost|ReusedStartedValkeyContainer#getHostname|ReusedStartedValkeyContainer#getMappedPort|ReusedStartedValkeyContainer#getFirstMappedPort|ReusedStartedValkeyContainer#getId|ReusedStartedValkeyContainer#getName|ReusedStartedValkeyContainer#getIpAddress|ReusedStartedValkeyContainer#getPort|ReusedStartedValkeyContainer#getConnectionUrl',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedValkeyContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedValkeyContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedValkeyContainer#stop|ReusedStartedValkeyContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
