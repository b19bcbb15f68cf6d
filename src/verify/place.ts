/** The folder of a laboratory, below the system's temporary directory: sockets, data and logs of its services, notes of its runs. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bornAt, isAlive } from '../processes.js';
import type { Note } from './hub/messages.js';
import { endContainers, endProcess } from './services/ending.js';

/** Short, since the path of a socket holds little more than a hundred bytes. */
const PREFIX = 'isolation-lab-';

/** What there is, for whoever has to end it when the laboratory itself could not. */
interface State {
  readonly owner: { readonly pid: number; readonly born: string };
  readonly processes: readonly { readonly pid: number; readonly born: string; readonly signal: NodeJS.Signals }[];
  /** Whether there may be containers with its label. */
  readonly containers: boolean;
}

export interface Place {
  readonly folder: string;
  /** How its containers are labelled. */
  readonly lab: string;
  /** Notes a process before it is waited for, so that it is found whatever comes. */
  add(pid: number, born: string, signal: NodeJS.Signals): void;
  /** The same of containers, before the first one is made. */
  expectContainers(): void;
  remove(): void;
}

/** Milliseconds in which Docker makes what it was asked for by a process that is gone since. */
const LATE = 1000;

export function makePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  // Servers that run as another user go through it.
  chmodSync(folder, 0o711);
  const processes: State['processes'][number][] = [];
  let containers = false;
  const save = (): void => {
    const state: State = { owner: { pid: process.pid, born: bornAt(process.pid) }, processes, containers };
    writeFileSync(join(folder, 'state.new'), JSON.stringify(state));
    renameSync(join(folder, 'state.new'), join(folder, 'state.json'));
  };
  save();
  return {
    folder,
    lab: basename(folder),
    add(pid, born, signal) {
      processes.push({ pid, born, signal });
      save();
    },
    expectContainers() {
      containers = true;
      save();
    },
    remove: () => removeFolder(folder),
  };
}

/** Ends what laboratories that are gone have left. */
export async function sweepPlaces(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    try {
      const { owner } = stateOf(folder);
      if (!isAlive(owner.pid) || bornAt(owner.pid) !== owner.born) await endLeftovers(folder);
    } catch {
      // Another user's, or one that is being made or removed at this moment; or its containers are out of reach.
    }
  }
}

/** Rejects where the laboratory has tidied up itself, or Docker is out of reach from here: then the folder stays for the next one. */
export async function endLeftovers(folder: string): Promise<void> {
  const { processes, containers } = stateOf(folder);
  for (const { pid, born, signal } of processes) endProcess(pid, born, signal);
  if (containers) {
    await endContainers(basename(folder));
    await sleep(LATE);
    await endContainers(basename(folder));
  }
  removeFolder(folder);
}

const stateOf = (folder: string): State => JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as State;

/** A server may still be writing its last file. */
const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });

/** A folder in which the processes of a run write. They may run as anybody. */
export function makeOpenFolder(path: string): string {
  mkdirSync(path);
  chmodSync(path, 0o777);
  return path;
}

/** What each process has noted, in its order; a line that its process could not finish is left out. */
export function readNotes(path: string): Note[] {
  return readdirSync(path).flatMap((name) =>
    readFileSync(join(path, name), 'utf8')
      .split('\n')
      .flatMap((line): Note[] => {
        try {
          return [JSON.parse(line) as Note];
        } catch {
          return [];
        }
      }),
  );
}
