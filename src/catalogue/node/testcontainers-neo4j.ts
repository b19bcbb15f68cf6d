import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/neo4j'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/neo4j 12',
  tokens: ['testcontainers'],
  types: { StartedNeo4jContainer: 'StartedNeo4jContainer' },
  typeOpening: { kind: 'neo4j', isolated: 'own-server' },
  calls: [
    { call: 'new Neo4jContainer', returns: 'Neo4jContainer' },
    { call: 'Neo4jContainer#*', returns: 'receiver' },
    { call: 'Neo4jContainer#withExposedPorts', returns: 'receiver' },
    { call: 'Neo4jContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'Neo4jContainer#withExposedPorts', when: ['arg1.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] } },
    { call: 'Neo4jContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'Neo4jContainer#withReuse', returns: 'ReusedNeo4jContainer', op: 'bind', opens: { kind: 'container', name: ['=reused neo4j testcontainer'] } },
    { call: 'ReusedNeo4jContainer#*', returns: 'receiver' },
    {
      call: 'Neo4jContainer#start',
      returns: 'StartedNeo4jContainer',
      op: 'acquire',
      opens: { kind: 'neo4j', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedNeo4jContainer#start',
      returns: 'ReusedStartedNeo4jContainer',
      op: 'acquire',
      opens: { kind: 'neo4j', server: ['=reused neo4j testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedNeo4jContainer#getHost|StartedNeo4jContainer#getHostname|StartedNeo4jContainer#getMappedPort|StartedNeo4jContainer#getFirstMappedPort|StartedNeo4jContainer#getId|StartedNeo4jContainer#getName|StartedNeo4jContainer#getIpAddress|StartedNeo4jContainer#getBoltUri|StartedNeo4jContainer#getHttpUri',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedNeo4jContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedNeo4jContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedNeo4jContainer#stop|StartedNeo4jContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedNeo4jContainer#getHost|ReusedStartedNeo4jContainer#getHostname|ReusedStartedNeo4jContainer#getMappedPort|ReusedStartedNeo4jContainer#getFirstMappedPort|ReusedStartedNeo4jContainer#getId|ReusedStartedNeo4jContainer#getName|ReusedStartedNeo4jContainer#getIpAddress|ReusedStartedNeo4jContainer#getBoltUri|ReusedStartedNeo4jContainer#getHttpUri',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedNeo4jContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedNeo4jContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedNeo4jContainer#stop|ReusedStartedNeo4jContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
