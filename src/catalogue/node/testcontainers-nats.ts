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
    { call: 'NatsContainer#*', returns: 'receiver' },
    { call: 'NatsContainer#withExposedPorts', returns: 'receiver' },
    { call: 'NatsContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'NatsContainer#withExposedPorts', when: ['arg1.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] } },
    { call: 'NatsContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'NatsContainer#withReuse', returns: 'ReusedNatsContainer', op: 'bind', opens: { kind: 'container', name: ['=reused nats testcontainer'] } },
    { call: 'ReusedNatsContainer#*', returns: 'receiver' },
    { call: 'NatsContainer#start', returns: 'StartedNatsContainer', op: 'acquire', opens: { kind: 'nats', isolated: 'own-server' }, owes: 'container.stop()' },
    {
      call: 'ReusedNatsContainer#start',
      returns: 'ReusedStartedNatsContainer',
      op: 'acquire',
      opens: { kind: 'nats', server: ['=reused nats testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedNatsContainer#getHost|StartedNatsContainer#getHostname|StartedNatsContainer#getMappedPort|StartedNatsContainer#getFirstMappedPort|StartedNatsContainer#getId|StartedNatsContainer#getName|StartedNatsContainer#getIpAddress|StartedNatsContainer#getConnectionOptions',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedNatsContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedNatsContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedNatsContainer#stop|StartedNatsContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedNatsContainer#getHost|ReusedStartedNatsContainer#getHostname|ReusedStartedNatsContainer#getMappedPort|ReusedStartedNatsContainer#getFirstMappedPort|ReusedStartedNatsContainer#getId|ReusedStartedNatsContainer#getName|ReusedStartedNatsContainer#getIpAddress|ReusedStartedNatsContainer#getConnectionOptions',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedNatsContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedNatsContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedNatsContainer#stop|ReusedStartedNatsContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
