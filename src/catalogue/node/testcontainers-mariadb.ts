import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/mariadb'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/mariadb 12',
  tokens: ['testcontainers'],
  types: { StartedMariaDbContainer: 'StartedMariaDbContainer' },
  typeOpening: { kind: 'mysql', isolated: 'own-server' },
  calls: [
    { call: 'new MariaDbContainer', returns: 'MariaDbContainer' },
    { call: 'MariaDbContainer#*', returns: 'receiver' },
    { call: 'MariaDbContainer#withExposedPorts', returns: 'receiver' },
    { call: 'MariaDbContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'MariaDbContainer#withExposedPorts', when: ['arg1.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] } },
    { call: 'MariaDbContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'MariaDbContainer#withReuse',
      returns: 'ReusedMariaDbContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused mariadb testcontainer'] },
    },
    { call: 'ReusedMariaDbContainer#*', returns: 'receiver' },
    {
      call: 'MariaDbContainer#start',
      returns: 'StartedMariaDbContainer',
      op: 'acquire',
      opens: { kind: 'mysql', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedMariaDbContainer#start',
      returns: 'ReusedStartedMariaDbContainer',
      op: 'acquire',
      opens: { kind: 'mysql', server: ['=reused mariadb testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedMariaDbContainer#getHost|StartedMariaDbContainer#getHostname|StartedMariaDbContainer#getMappedPort|StartedMariaDbContainer#getFirstMappedPort|StartedMariaDbContainer#getId|StartedMariaDbContainer#getName|StartedMariaDbContainer#getIpAddress|StartedMariaDbContainer#getPort|StartedMariaDbContainer#getConnectionUri',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedMariaDbContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedMariaDbContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedMariaDbContainer#stop|StartedMariaDbContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedMariaDbContainer#getHost|ReusedStartedMariaDbContainer#getHostname|ReusedStartedMariaDbContainer#getMappedPort|ReusedStartedMariaDbContainer#getFirstMappedPort|ReusedStartedMariaDbContainer#getId|ReusedStartedMariaDbContainer#getName|ReusedStartedMariaDbContainer#getIpAddress|ReusedStartedMariaDbContainer#getPort|ReusedStartedMariaDbContainer#getConnectionUri',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedMariaDbContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedMariaDbContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedMariaDbContainer#stop|ReusedStartedMariaDbContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
