/** One run of a laboratory: starts the commands of its roles inside the sandbox, and gathers what was seen. */
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../processes.js';
import { attribute } from './attribute.js';
import type { HubClient } from './hub/client.js';
import type { LabRun, RunOptions } from './lab.js';
import { lockFilesOf } from './lock-files.js';
import { makeOpenFolder, readNotes } from './place.js';
import { endRole, outcomeOf } from './preload/order.js';
import { isLocal, type Recording } from './recording.js';
import { SETTINGS, withPreload, type Settings } from './preload/settings.js';
import type { Sandbox } from './sandbox.js';
import { endProcess } from './services/ending.js';

export interface RunInput {
  readonly hub: HubClient;
  readonly sandbox: Sandbox;
  readonly notes: string;
  readonly settings: (role: string) => Settings;
  /** Why a service no longer runs. */
  readonly trouble: () => Promise<string | undefined>;
}

interface Running {
  readonly role: string;
  readonly child: ChildProcess;
}

const PATIENCE = 10_000;
/** Between two looks whether a group of processes is gone, in milliseconds, and how many. */
const LOOK = 10;
const LOOKS = 100;

export async function beginRun(
  { hub, sandbox, notes, settings, trouble }: RunInput,
  { schedule = [], patience = PATIENCE, keep = false, watch }: RunOptions,
): Promise<LabRun> {
  const onServices = schedule.filter((step) => !isLocal(step));
  const order = schedule.length > onServices.length ? { folder: makeOpenFolder(`${notes}-order`), steps: schedule, patience } : undefined;
  const locks = schedule.length > 0 ? makeOpenFolder(`${notes}-locks`) : undefined;
  /** A service that has ended says more than what the hub cannot do without it. */
  const blame = async (error: unknown): Promise<never> => {
    const gone = await trouble();
    throw gone === undefined ? error : new Error(gone);
  };
  await hub.ask({ do: 'begin', schedule: onServices.length > 0 ? onServices : undefined, patience, locks }).catch(blame);
  const running = new Set<Running>();
  const ends: Promise<void>[] = [];
  let recording: Promise<Recording> | undefined;

  const finish = async (): Promise<Recording> => {
    for (const { child } of running) if (child.pid !== undefined) endProcess(-child.pid);
    await Promise.all(ends);
    const { seen } = await hub.ask({ do: 'finish', keep }).catch(blame);
    const gone = await trouble();
    if (gone !== undefined) throw new Error(gone);
    const whole = attribute(seen, readNotes(notes));
    const held = order && outcomeOf(order);
    const under = locks === undefined ? [] : lockFilesOf(locks)().under;
    for (const folder of [notes, order?.folder, locks]) if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    const followed = held ?? whole.schedule;
    return { ...whole, ...(followed ? { schedule: { ...followed, ...(under.some((turns) => turns && turns.length > 0) ? { under } : {}) } } : {}) };
  };

  return {
    start(role, command, { cwd, env }) {
      const told: Settings = { ...settings(role), ...(watch ? { watch } : {}), ...(order ? { order } : {}), ...(locks === undefined ? {} : { locks }) };
      const [file, ...args] = sandbox.join(hub.pid, command);
      const all = { ...process.env, ...env };
      const child = spawn(file, args, {
        cwd,
        env: { ...all, NODE_OPTIONS: withPreload(all['NODE_OPTIONS'], told.preload), [SETTINGS]: JSON.stringify(told) },
        // A group of its own: with the command goes all that it has started.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      if (child.pid !== undefined) hub.tell({ do: 'started', pid: child.pid });
      const ended = new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.once('error', () => resolve());
      }).then(async () => {
        running.delete(entry);
        if ([...running].some((each) => each.role === role)) return;
        hub.tell({ do: 'ended', role });
        if (!order) return;
        await untilGone(child.pid);
        endRole(order.folder, role);
      });
      const entry: Running = { role, child };
      running.add(entry);
      ends.push(ended);
      return child;
    },
    finish: () => (recording ??= finish()),
  };
}

/** What a command leaves running is ended with it: a worker that lives on would keep its ports. */
async function untilGone(group: number | undefined): Promise<void> {
  if (group === undefined) return;
  endProcess(-group);
  for (let look = 0; look < LOOKS && isAlive(-group); look++) await sleep(LOOK);
}
