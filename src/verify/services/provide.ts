/** Where the services of a laboratory come from: a URL that was given, containers where Docker answers, or servers that are installed here. */
import type { Place } from '../place.js';
import type { LabOptions, NeededService } from '../lab.js';
import { errorText, UserError } from '../../project/user-error.js';
import { isLoopback } from '../preload/destination.js';
import { containerRuntime, startContainer } from './container.js';
import { PORTS } from './known.js';
import { neo4jHolds } from './neo4j.js';
import { redisHolds } from './redis.js';
import { isInstalled, packageOf, startLocal } from './local.js';
import type { StartedService } from './started.js';

/** Where it is `processes` or `containers`, servers come from there and from nowhere else, but for those that are given. */
const CHOICE = 'ISOLATION_AUDIT_SERVICES';

export async function provide(need: NeededService, { urls, onProgress }: LabOptions, place: Place): Promise<StartedService> {
  const url = urls?.[need.kind];
  if (url !== undefined) return given(need.kind, url);
  const only = process.env[CHOICE];
  const runtime = only === 'processes' ? 'only processes are wanted' : await containerRuntime();
  let why = typeof runtime === 'string' ? `There is no container of ${need.kind}: ${runtime}.` : '';
  if (typeof runtime !== 'string') {
    onProgress?.(`starting ${need.kind} in a container`);
    place.expectContainers();
    try {
      return await startContainer(runtime, need, place.lab);
    } catch (error) {
      why = errorText(error);
    }
  }
  if (only === 'containers') throw new UserError(why);
  if (isInstalled(need.kind)) {
    onProgress?.(`${why} Starting ${need.kind} as a process`);
    return startLocal(need.kind, place.folder, (pid, born, signal) => place.add(pid, born, signal));
  }
  const debian = packageOf(need.kind);
  throw new UserError(
    `There is no ${need.kind} here. ${debian === undefined ? 'Start' : `Install it (Debian: ${debian}), or start`} Docker and install \`testcontainers\` in the project. ${why}`,
  );
}

async function given(kind: NeededService['kind'], text: string): Promise<StartedService> {
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!isLoopback(host))
    throw new UserError(`${url.host} is not on this machine: tests are run on a server that loses all it holds, so only a loopback address is taken.`);
  const target = { host, port: Number(url.port) || PORTS[kind] };
  const held = kind === 'redis' && (await redisHolds(target)) ? 'keys' : kind === 'neo4j' && (await neo4jHolds(target)) ? 'nodes' : undefined;
  if (held !== undefined) throw new UserError(`The ${kind} server at ${url.host} holds ${held}, and each run would delete them: give an empty one.`);
  return { kind, how: 'given', target, ...(url.username ? { user: decodeURIComponent(url.username) } : {}), stop: () => Promise.resolve() };
}
