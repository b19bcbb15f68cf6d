import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/redis'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/redis 12',
  tokens: ['testcontainers'],
  types: { StartedRedisContainer: 'StartedRedisContainer' },
  typeOpening: { kind: 'redis', isolated: 'own-server' },
  calls: [
    { call: 'new RedisContainer', returns: 'RedisContainer' },
    { call: 'RedisContainer#*', returns: 'receiver' },
    { call: 'RedisContainer#withExposedPorts', returns: 'receiver' },
    { call: 'RedisContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'RedisContainer#withExposedPorts', when: ['arg1.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] } },
    { call: 'RedisContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'RedisContainer#withReuse', returns: 'ReusedRedisContainer', op: 'bind', opens: { kind: 'container', name: ['=reused redis testcontainer'] } },
    { call: 'ReusedRedisContainer#*', returns: 'receiver' },
    {
      call: 'RedisContainer#start',
      returns: 'StartedRedisContainer',
      op: 'acquire',
      opens: { kind: 'redis', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedRedisContainer#start',
      returns: 'ReusedStartedRedisContainer',
      op: 'acquire',
      opens: { kind: 'redis', server: ['=reused redis testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedRedisContainer#getHost|StartedRedisContainer#getHostname|StartedRedisContainer#getMappedPort|StartedRedisContainer#getFirstMappedPort|StartedRedisContainer#getId|StartedRedisContainer#getName|StartedRedisContainer#getIpAddress|StartedRedisContainer#getPort|StartedRedisContainer#getConnectionUrl',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedRedisContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedRedisContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedRedisContainer#stop|StartedRedisContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedRedisContainer#getHost|ReusedStartedRedisContainer#getHostname|ReusedStartedRedisContainer#getMappedPort|ReusedStartedRedisContainer#getFirstMappedPort|ReusedStartedRedisContainer#getId|ReusedStartedRedisContainer#getName|ReusedStartedRedisContainer#getIpAddress|ReusedStartedRedisContainer#getPort|ReusedStartedRedisContainer#getConnectionUrl',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedRedisContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedRedisContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedRedisContainer#stop|ReusedStartedRedisContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
