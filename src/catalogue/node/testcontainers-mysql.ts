import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/mysql'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/mysql 12',
  tokens: ['testcontainers'],
  types: { StartedMySqlContainer: 'StartedMySqlContainer' },
  typeOpening: { kind: 'mysql', isolated: 'own-server' },
  calls: [
    { call: 'new MySqlContainer', returns: 'MySqlContainer' },
    { call: 'MySqlContainer#*', returns: 'receiver' },
    { call: 'MySqlContainer#withExposedPorts', returns: 'receiver' },
    { call: 'MySqlContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'MySqlContainer#withExposedPorts', when: ['arg1.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] } },
    { call: 'MySqlContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'MySqlContainer#withReuse', returns: 'ReusedMySqlContainer', op: 'bind', opens: { kind: 'container', name: ['=reused mysql testcontainer'] } },
    { call: 'ReusedMySqlContainer#*', returns: 'receiver' },
    {
      call: 'MySqlContainer#start',
      returns: 'StartedMySqlContainer',
      op: 'acquire',
      opens: { kind: 'mysql', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedMySqlContainer#start',
      returns: 'ReusedStartedMySqlContainer',
      op: 'acquire',
      opens: { kind: 'mysql', server: ['=reused mysql testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedMySqlContainer#getHost|StartedMySqlContainer#getHostname|StartedMySqlContainer#getMappedPort|StartedMySqlContainer#getFirstMappedPort|StartedMySqlContainer#getId|StartedMySqlContainer#getName|StartedMySqlContainer#getIpAddress|StartedMySqlContainer#getPort|StartedMySqlContainer#getConnectionUri',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedMySqlContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedMySqlContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedMySqlContainer#stop|StartedMySqlContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedMySqlContainer#getHost|ReusedStartedMySqlContainer#getHostname|ReusedStartedMySqlContainer#getMappedPort|ReusedStartedMySqlContainer#getFirstMappedPort|ReusedStartedMySqlContainer#getId|ReusedStartedMySqlContainer#getName|ReusedStartedMySqlContainer#getIpAddress|ReusedStartedMySqlContainer#getPort|ReusedStartedMySqlContainer#getConnectionUri',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedMySqlContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedMySqlContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedMySqlContainer#stop|ReusedStartedMySqlContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
