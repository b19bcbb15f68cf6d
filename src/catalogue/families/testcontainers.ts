import type { CallSpec, LibraryEntry } from '../../model/catalogue.js';
import type { ResourceKind } from '../../model/claims.js';
import { on } from '../call-lists.js';

/** One class of containers: `new RedisContainer()` starts a server of its own kind. */
interface Container {
  /** The class: `RedisContainer`. */
  readonly container: string;
  /** Type of what `start()` gives: `StartedRedisContainer`. */
  readonly started: string;
  /** What runs inside. */
  readonly kind: ResourceKind;
  /** Methods by which the started container tells where it is, beside those that all have. */
  readonly tells?: string;
}

const LOCATION = 'getHost getHostname getMappedPort getFirstMappedPort getId getName getIpAddress';

/** What a started container does; one that is reused tells the same in each process of a run. */
const startedCalls = (started: string, tells: string | undefined, gives: NonNullable<CallSpec['gives']>): readonly CallSpec[] => [
  { call: on(started, tells ? `${LOCATION} ${tells}` : LOCATION), gives },
  { call: `${started}#restart`, op: 'wipe', wipes: 'server', returns: 'receiver' },
  { call: `${started}#exec`, op: 'write', statement: { language: 'shell', in: 'arg0' } },
  { call: on(started, 'stop [asyncDispose]'), releases: 'receiver' },
];

/** A port of the machine that is given to the container: `withExposedPorts({ container: 6379, host: 6379 })`. */
const hostPort = (container: string, argument: string): CallSpec => ({
  call: `${container}#withExposedPorts`,
  when: [`${argument}.host`],
  op: 'bind',
  opens: { kind: 'network-port', name: [`${argument}.host`], privateNames: ['0'] },
});

/** The calls on a class of containers and on what it starts. `reused` names the one container in which all processes that ask for reuse end. */
export const containerCalls = ({ container, started, kind, tells }: Container, reused: string): readonly CallSpec[] => [
  { call: `new ${container}`, returns: container },
  { call: `${container}#*`, returns: 'receiver' },
  { call: `${container}#withExposedPorts`, returns: 'receiver' },
  hostPort(container, 'arg0'),
  hostPort(container, 'arg1'),
  { call: `${container}#withName`, returns: 'receiver', op: 'bind', opens: { kind: 'container', name: ['arg0'] } },
  { call: `${container}#withReuse`, returns: `Reused${container}`, op: 'bind', opens: { kind: 'container', name: [`=${reused}`] } },
  { call: `Reused${container}#*`, returns: 'receiver' },
  { call: `${container}#start`, returns: started, op: 'acquire', opens: { kind, isolated: 'own-server' }, owes: 'container.stop()' },
  { call: `Reused${container}#start`, returns: `Reused${started}`, op: 'acquire', opens: { kind, server: [`=${reused}`], name: ['=default'] } },
  ...startedCalls(started, tells, { varies: 'call', source: 'container' }),
  ...startedCalls(`Reused${started}`, tells, { varies: 'run', source: 'reused container' }),
];

/** The entry of a module of testcontainers: `@testcontainers/redis`. */
export const containerModule = (packageName: string, container: Container): LibraryEntry => ({
  packages: [packageName],
  language: 'typescript',
  versions: '10-12',
  source: `read in package types, ${packageName} 12`,
  tokens: ['testcontainers'],
  types: { [container.started]: container.started },
  typeOpening: { kind: container.kind, isolated: 'own-server' },
  calls: containerCalls(container, `reused ${packageName.replace('@testcontainers/', '')} testcontainer`),
});
