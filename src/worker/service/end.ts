/** The end of a run: what it has made is removed, and its folder with it. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bornAt, isAlive } from '../../processes.js';
import { home, idIn, textOf } from '../place.js';
import { isOver } from '../run.js';
import { serverOf } from '../urls.js';
import { claimsOf } from './claims.js';
import { deleteKeys, leaveRedis } from './redis.js';
import { SERVERS } from './servers.js';
import type { Claim } from './requests.js';

/** `{process}-{when it began}`, and behind that who has begun to end the run. */
const PLACE = /^(\d+)-([^.]*)(?:\.ends-(\d+))?$/;

/** Ends a run once, however many try. What a server that is gone keeps, a later run sweeps. */
export async function endRun(place: string): Promise<void> {
  const mine = `${place.replace(/\.ends-\d+$/, '')}.ends-${process.pid}`;
  try {
    renameSync(place, mine);
  } catch {
    return;
  }
  const run = idIn(mine);
  if (run !== undefined) {
    freePorts(run);
    await Promise.allSettled([...byServer(claimsOf(mine)).values()].map((claims) => release(claims, run)));
  }
  rmSync(mine, { recursive: true, force: true, maxRetries: 3 });
}

function byServer(claims: readonly Claim[]): ReadonlyMap<string, readonly [Claim, ...Claim[]]> {
  const servers = new Map<string, [Claim, ...Claim[]]>();
  for (const claim of claims) {
    const key = `${claim.kind} ${serverOf(claim.url)}`;
    const known = servers.get(key);
    if (known) known.push(claim);
    else servers.set(key, [claim]);
  }
  return servers;
}

async function release(claims: readonly [Claim, ...Claim[]], run: string): Promise<void> {
  const [{ kind, url, from }] = claims;
  const names = claims.map(({ name }) => name);
  if (kind === 'redis') return leaveRedis(url, from, run);
  if (kind === 'redis-keys') return deleteKeys(url, from, names);
  return SERVERS[kind].drop(url, from, names);
}

function freePorts(run: string): void {
  const folder = join(home(), 'ports');
  if (!existsSync(folder)) return;
  for (const port of readdirSync(folder)) if (textOf(join(folder, port)) === run) rmSync(join(folder, port), { force: true });
}

/** Ends the runs of this user that nobody has ended. */
export async function endDeadRuns(): Promise<void> {
  const folder = home();
  for (const name of readdirSync(folder)) if (isLeft(join(folder, name))) await endRun(join(folder, name));
}

/** Containers may share the folder and see each other's runs, but not their processes: the run's id says whose it is. */
function isLeft(place: string): boolean {
  const [, root, , ender] = PLACE.exec(basename(place)) ?? [];
  const run = root === undefined ? undefined : idIn(place);
  return run !== undefined && isOver(run) && (ender === undefined || !isAlive(Number(ender)));
}

/** Whether the main process of a run lives. */
export function isRunning(place: string): boolean {
  const [, root, born] = PLACE.exec(basename(place)) ?? [];
  return isAlive(Number(root)) && bornAt(Number(root)) === born;
}
