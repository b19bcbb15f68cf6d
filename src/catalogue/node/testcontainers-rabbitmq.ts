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
    { call: 'RabbitMQContainer#*', returns: 'receiver' },
    { call: 'RabbitMQContainer#withExposedPorts', returns: 'receiver' },
    { call: 'RabbitMQContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'RabbitMQContainer#withExposedPorts', when: ['arg1.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] } },
    { call: 'RabbitMQContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'RabbitMQContainer#withReuse',
      returns: 'ReusedRabbitMQContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused rabbitmq testcontainer'] },
    },
    { call: 'ReusedRabbitMQContainer#*', returns: 'receiver' },
    {
      call: 'RabbitMQContainer#start',
      returns: 'StartedRabbitMQContainer',
      op: 'acquire',
      opens: { kind: 'rabbitmq', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedRabbitMQContainer#start',
      returns: 'ReusedStartedRabbitMQContainer',
      op: 'acquire',
      opens: { kind: 'rabbitmq', server: ['=reused rabbitmq testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedRabbitMQContainer#getHost|StartedRabbitMQContainer#getHostname|StartedRabbitMQContainer#getMappedPort|StartedRabbitMQContainer#getFirstMappedPort|StartedRabbitMQContainer#getId|StartedRabbitMQContainer#getName|StartedRabbitMQContainer#getIpAddress|StartedRabbitMQContainer#getAmqpUrl|StartedRabbitMQContainer#getAmqpsUrl',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedRabbitMQContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedRabbitMQContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedRabbitMQContainer#stop|StartedRabbitMQContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedRabbitMQContainer#getHost|ReusedStartedRabbitMQContainer#getHostname|ReusedStartedRabbitMQContainer#getMappedPort|ReusedStartedRabbitMQContainer#getFirstMappedPort|ReusedStartedRabbitMQContainer#getId|ReusedStartedRabbitMQContainer#getName|ReusedStartedRabbitMQContainer#getIpAddress|ReusedStartedRabbitMQContainer#getAmqpUrl|ReusedStartedRabbitMQContainer#getAmqpsUrl',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedRabbitMQContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedRabbitMQContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedRabbitMQContainer#stop|ReusedStartedRabbitMQContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
