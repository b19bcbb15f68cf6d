/** One run of a laboratory: starts the commands of its roles inside the sandbox, and gathers what was seen. */
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { attribute } from './attribute.js';
import type { HubClient } from './hub/client.js';
import type { LabRun, RunOptions } from './lab.js';
import { readNotes } from './place.js';
import { SETTINGS, withPreload, type Settings } from './preload/settings.js';
import type { Recording } from './recording.js';
import type { Sandbox } from './sandbox.js';
import { endProcess } from './services/ending.js';

export interface RunInput {
  readonly hub: HubClient;
  readonly sandbox: Sandbox;
  readonly notes: string;
  readonly settings: (role: string) => Settings;
  /** Why a service no longer runs. */
  readonly trouble: () => string | undefined;
}

interface Running {
  readonly role: string;
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
}

const PATIENCE = 10_000;

export async function beginRun(
  { hub, sandbox, notes, settings, trouble }: RunInput,
  { schedule, patience = PATIENCE, keep = false }: RunOptions,
): Promise<LabRun> {
  await hub.ask({ do: 'begin', schedule, patience });
  const running = new Set<Running>();
  let recording: Promise<Recording> | undefined;

  const finish = async (): Promise<Recording> => {
    const left = [...running];
    for (const { child } of left) if (child.pid !== undefined) endProcess(-child.pid);
    await Promise.all(left.map(({ ended }) => ended));
    const { seen } = await hub.ask({ do: 'finish', keep });
    const gone = trouble();
    if (gone !== undefined) throw new Error(gone);
    const whole = attribute(seen, readNotes(notes));
    rmSync(notes, { recursive: true, force: true });
    return whole;
  };

  return {
    start(role, command, { cwd, env }) {
      const told = settings(role);
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
      }).then(() => {
        running.delete(entry);
        if (![...running].some((each) => each.role === role)) hub.tell({ do: 'ended', role });
      });
      const entry: Running = { role, child, ended };
      running.add(entry);
      return child;
    },
    finish: () => (recording ??= finish()),
  };
}
