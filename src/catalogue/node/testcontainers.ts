import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { containerCalls } from '../families/testcontainers.js';

// Reuse is on unless TESTCONTAINERS_REUSE_ENABLE is "false": processes with one configuration end in one container.
export default {
  packages: ['testcontainers'],
  language: 'typescript',
  versions: '8-12',
  source: 'read in package types, testcontainers 12.2.0',
  tokens: ['testcontainers'],
  types: { StartedTestContainer: 'Started', StartedNetwork: 'Network', StartedDockerComposeEnvironment: 'Compose' },
  calls: [
    ...containerCalls({ container: 'GenericContainer', started: 'Started', kind: 'container' }, 'reused testcontainer'),
    { call: 'GenericContainer.fromDockerfile', returns: 'Dockerfile' },
    { call: 'Dockerfile#build', returns: 'GenericContainer' },
    { call: 'Dockerfile#*', returns: 'receiver' },
    { call: 'new Network', returns: 'Net' },
    { call: 'Net#start', returns: 'Network', owes: 'network.stop()', owesKind: 'handle' },
    { call: 'Network#stop|Network#[asyncDispose]', releases: 'receiver' },
    { call: 'new DockerComposeEnvironment', returns: 'Env' },
    { call: 'Env#*', returns: 'receiver' },
    { call: 'Env#withProjectName', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
    { call: 'Env#withNoRecreate', returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['=testcontainers-node'] } },
    { call: 'Env#up', returns: 'Compose', op: 'acquire', opens: { kind: 'container', isolated: 'own-server' }, owes: 'environment.down()' },
    { call: 'Compose#getContainer', returns: 'Started' },
    { call: on('Compose', 'down stop [asyncDispose]'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
