/**
 * The laboratory: real services, and a hub between them and the tests that records and, where a schedule says so, holds commands back.
 * It starts what it is told to start; it must not know runners, findings or verdicts.
 */
import type { ChildProcess } from 'node:child_process';
import { chmodSync } from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startHub } from './hub/client.js';
import { GREETING, type HubService, type Target } from './hub/messages.js';
import { beginRun } from './lab-run.js';
import { makeOpenFolder, makePlace, sweepPlaces, type Place } from './place.js';
import type { Settings, Watch } from './preload/settings.js';
import type { Recording, ServiceKind, Step } from './recording.js';
import { openRelay } from './relay.js';
import { findSandbox, WEAK } from './sandbox.js';
import { PORTS, SOCKETS } from './services/known.js';
import { provide } from './services/provide.js';
import type { StartedService } from './services/started.js';

/** A service that the tests of a run talk to. */
export interface NeededService {
  readonly kind: ServiceKind;
  /** Ports at which the tests look for it, on any host; the usual port of the service where none is given. */
  readonly ports?: readonly number[];
  /** Image and version of its container, where the project names one. */
  readonly image?: string;
}

export interface LabService {
  readonly kind: ServiceKind;
  /** As the server says: `7.0.15`. */
  readonly version: string;
  readonly how: 'container' | 'process' | 'given';
  /** Of a container: `redis:7-alpine`. */
  readonly image?: string;
}

export interface LabOptions {
  readonly needs: readonly NeededService[];
  /** Servers to use instead of starting one; on this machine only, and emptied before each run. */
  readonly urls?: Partial<Record<ServiceKind, string>>;
  /** `preload`: no network of its own, where tests start containers themselves, say; the strongest that the system gives unless told. */
  readonly sandbox?: 'preload';
  readonly onProgress?: (what: string) => void;
  /** Folder of hub and preload as programs; the package's own unless told. */
  readonly programs?: string;
}

export interface RunOptions {
  /** Commands of roles that have to be answered in this order. Without it all come and go as they like. */
  readonly schedule?: readonly Step[];
  /** Milliseconds after which a command is held no longer when nothing at all moves; 10,000 unless told. */
  readonly patience?: number;
  /** Calls of Node for these paths are recorded, and for every port that is chosen; none unless told. A schedule speaks of commands or of these calls, not of both. */
  readonly watch?: Watch | undefined;
  /** What the run leaves in PostgreSQL is there when each later run begins: migrations, say. */
  readonly keep?: boolean;
}

/** One run on fresh databases. */
export interface LabRun {
  /** Starts a command, and with it all that it starts, as a role: what it dials leads to the hub. Output is piped. A role is over when its command has ended. */
  start(
    role: string,
    command: readonly [string, ...string[]],
    options: { readonly cwd: string; readonly env?: Readonly<Record<string, string | undefined>> },
  ): ChildProcess;
  /** Ends what still runs and gives what was recorded. Rejects where a service or the hub has ended meanwhile: then nothing is proved. */
  finish(): Promise<Recording>;
}

export interface Lab {
  /** `namespace`: no packet can leave this machine. `preload`: Node processes refuse to dial out, native code is not held. */
  readonly sandbox: 'namespace' | 'preload';
  readonly services: readonly LabService[];
  /** One at a time. */
  run(options: RunOptions): Promise<LabRun>;
  close(): Promise<void>;
}

const PROGRAMS = fileURLToPath(new URL('../verify/', import.meta.url));

/** Starts services and hub. Whatever ends this process, they end with it. */
export async function openLab(options: LabOptions): Promise<Lab> {
  await sweepPlaces();
  const place = makePlace();
  const sandbox = options.sandbox === 'preload' ? WEAK : findSandbox();
  const started: StartedService[] = [];
  const relays: Server[] = [];
  const programs = options.programs ?? PROGRAMS;
  // Before any service: it ends them whatever ends this process. What it records stays: with room for the young, the collector need not move it so often.
  const hub = startHub(sandbox.first([process.execPath, '--max-semi-space-size=64', join(programs, 'hub.js'), place.folder]));
  let current: LabRun | undefined;
  const close = async (): Promise<void> => {
    await current?.finish().catch(() => undefined);
    await Promise.all(started.splice(0).map((service) => service.stop()));
    for (const relay of relays) relay.close();
    place.remove();
    hub.end();
  };
  try {
    // All are started, or waited for, before any failure ends them.
    const all = await Promise.allSettled(firstOfKind(options.needs).map((need) => provide(need, options, place)));
    for (const each of all) if (each.status === 'fulfilled') started.push(each.value);
    for (const each of all) if (each.status === 'rejected') throw each.reason;

    const services: HubService[] = [];
    for (const service of started) {
      const target = sandbox.kind === 'namespace' ? await reachable(service, place, relays) : service.target;
      const ports = sandbox.kind === 'namespace' ? portsOf(options.needs, service.kind) : [];
      services.push({ kind: service.kind, target, given: service.how === 'given', ports, ...(service.user === undefined ? {} : { user: service.user }) });
    }
    const { ports, versions } = await hub.ask({ do: 'open', services });
    const settings = (role: string, notes: string): Settings => ({
      role,
      notes,
      greeting: GREETING,
      preload: join(programs, 'preload.cjs'),
      services: started.map(({ kind }) => ({ kind, ports: portsOf(options.needs, kind), path: SOCKETS[kind], hub: ports[kind]! })),
    });
    const trouble = async (): Promise<string | undefined> =>
      (await Promise.all(started.map(async (service) => service.trouble?.()))).find((each) => each !== undefined);
    let runs = 0;
    return {
      sandbox: sandbox.kind,
      services: started.map(({ kind, how, image }) => ({ kind, how, version: versions[kind] ?? '', ...(image === undefined ? {} : { image }) })),
      async run(run) {
        const notes = makeOpenFolder(join(place.folder, `run-${++runs}`));
        current = await beginRun({ hub, sandbox, notes, trouble, settings: (role) => settings(role, notes) }, run);
        return current;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function reachable(service: StartedService, { folder }: Place, relays: Server[]): Promise<Target> {
  if ('path' in service.target) return service.target;
  const path = join(folder, `${service.kind}.relay`);
  relays.push(await openRelay(path, service.target));
  chmodSync(path, 0o700);
  return { path };
}

/** Of several needs of one kind the first says which server it is. */
const firstOfKind = (needs: readonly NeededService[]): readonly NeededService[] =>
  needs.filter((need) => need === needs.find(({ kind }) => kind === need.kind));

const portsOf = (needs: readonly NeededService[], kind: ServiceKind): readonly number[] => {
  const named = needs.filter((need) => need.kind === kind).flatMap(({ ports = [] }) => ports);
  return named.length > 0 ? [...new Set(named)] : [PORTS[kind]];
};
