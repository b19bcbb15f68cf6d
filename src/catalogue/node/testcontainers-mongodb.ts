import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@testcontainers/mongodb'],
  language: 'typescript',
  versions: '10-12',
  source: 'read in package types, @testcontainers/mongodb 12',
  tokens: ['testcontainers'],
  types: { StartedMongoDBContainer: 'StartedMongoDBContainer' },
  typeOpening: { kind: 'mongodb', isolated: 'own-server' },
  calls: [
    { call: 'new MongoDBContainer', returns: 'MongoDBContainer' },
    { call: 'MongoDBContainer#*', returns: 'receiver' },
    { call: 'MongoDBContainer#withExposedPorts', returns: 'receiver' },
    { call: 'MongoDBContainer#withExposedPorts', when: ['arg0.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg0.host'], privateNames: ['0'] } },
    { call: 'MongoDBContainer#withExposedPorts', when: ['arg1.host'], op: 'bind', opens: { kind: 'network-port', name: ['arg1.host'], privateNames: ['0'] } },
    { call: 'MongoDBContainer#withName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    {
      call: 'MongoDBContainer#withReuse',
      returns: 'ReusedMongoDBContainer',
      op: 'bind',
      opens: { kind: 'container', name: ['=reused mongodb testcontainer'] },
    },
    { call: 'ReusedMongoDBContainer#*', returns: 'receiver' },
    {
      call: 'MongoDBContainer#start',
      returns: 'StartedMongoDBContainer',
      op: 'acquire',
      opens: { kind: 'mongodb', isolated: 'own-server' },
      owes: 'container.stop()',
    },
    {
      call: 'ReusedMongoDBContainer#start',
      returns: 'ReusedStartedMongoDBContainer',
      op: 'acquire',
      opens: { kind: 'mongodb', server: ['=reused mongodb testcontainer'], name: ['=default'] },
    },
    {
      call: 'StartedMongoDBContainer#getHost|StartedMongoDBContainer#getHostname|StartedMongoDBContainer#getMappedPort|StartedMongoDBContainer#getFirstMappedPort|StartedMongoDBContainer#getId|StartedMongoDBContainer#getName|StartedMongoDBContainer#getIpAddress|StartedMongoDBContainer#getConnectionString',
      gives: { varies: 'call', source: 'container' },
    },
    { call: 'StartedMongoDBContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'StartedMongoDBContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'StartedMongoDBContainer#stop|StartedMongoDBContainer#[asyncDispose]', releases: 'receiver' },
    {
      call: 'ReusedStartedMongoDBContainer#getHost|ReusedStartedMongoDBContainer#getHostname|ReusedStartedMongoDBContainer#getMappedPort|ReusedStartedMongoDBContainer#getFirstMappedPort|ReusedStartedMongoDBContainer#getId|ReusedStartedMongoDBContainer#getName|ReusedStartedMongoDBContainer#getIpAddress|ReusedStartedMongoDBContainer#getConnectionString',
      gives: { varies: 'run', source: 'reused container' },
    },
    { call: 'ReusedStartedMongoDBContainer#restart', op: 'wipe', wipes: 'server', returns: 'receiver' },
    { call: 'ReusedStartedMongoDBContainer#exec', op: 'write', statement: { language: 'shell', in: 'arg0' } },
    { call: 'ReusedStartedMongoDBContainer#stop|ReusedStartedMongoDBContainer#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
