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
    { call: 'KafkaContainer#*', returns: 'receiver' },
    { call: 'KafkaContainer#withExposedPorts', returns: 'receiver' },
    { call: 'KafkaContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'KafkaContainer#withExposedPorts', when: ['arg1.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] } },
    { call: 'KafkaContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'KafkaContainer#withReuse', returns: 'ReusedKafkaContainer', op: 'bind', opens: { kind: 'container', name: ['=reused kafka testcontainer'] } },
    { call: 'ReusedKafkaContainer#*', returns: 'receiver' },
    {
      call: 'KafkaContainer#start',
      returns: 'StartedKafkaContainer',
      op: 'acquire',
      opens: { kind: 'kafka', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedKafkaContainer#start',
      returns: 'ReusedStartedKafkaContainer',
      op: 'acquire',
      opens: { kind: 'kafka', server: ['=reused kafka testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedKafkaContainer#getHost|StartedKafkaContainer#getHostname|StartedKafkaContainer#getMappedPort|StartedKafkaContainer#getFirstMappedPort|StartedKafkaContainer#getId|StartedKafkaContainer#getName|StartedKafkaContainer#getIpAddress',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedKafkaContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedKafkaContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedKafkaContainer#stop|StartedKafkaContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedKafkaContainer#getHost|ReusedStartedKafkaContainer#getHostname|ReusedStartedKafkaContainer#getMappedPort|ReusedStartedKafkaContainer#getFirstMappedPort|ReusedStartedKafkaContainer#getId|ReusedStartedKafkaContainer#getName|ReusedStartedKafkaContainer#getIpAddress',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedKafkaContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedKafkaContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedKafkaContainer#stop|ReusedStartedKafkaContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
