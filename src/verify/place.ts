/** The folder of a laboratory, below the system's temporary directory: sockets, data and logs of its services, notes of its runs. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bornAt, isAlive } from '../processes.js';
import type { Leftovers, Note } from './hub/messages.js';
import { endContainers, endProcess } from './services/ending.js';

/** Short, since the path of a socket holds little more than a hundred bytes. */
const PREFIX = 'isolation-lab-';

interface State {
  readonly owner: { readonly pid: number; readonly born: string };
  readonly processes: Leftovers['processes'];
  readonly containers: Leftovers['containers'];
}

export interface Place extends Leftovers {
  /** Notes a process before it is waited for, so that it is found whatever comes. */
  add(pid: number, born: string, signal: NodeJS.Signals): void;
  addContainer(id: string): void;
  remove(): void;
}

export function makePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  // Servers that run as another user go through it.
  chmodSync(folder, 0o711);
  const processes: State['processes'][number][] = [];
  const containers: string[] = [];
  const save = (): void => {
    const state: State = { owner: { pid: process.pid, born: bornAt(process.pid) }, processes, containers };
    writeFileSync(join(folder, 'state.new'), JSON.stringify(state));
    renameSync(join(folder, 'state.new'), join(folder, 'state.json'));
  };
  save();
  return {
    folder,
    processes,
    containers,
    add(pid, born, signal) {
      processes.push({ pid, born, signal });
      save();
    },
    addContainer(id) {
      containers.push(id);
      save();
    },
    remove: () => removeFolder(folder),
  };
}

/** Ends what laboratories that are gone have left. */
export function sweepPlaces(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    try {
      const { owner, processes, containers } = JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as State;
      if (isAlive(owner.pid) && bornAt(owner.pid) === owner.born) continue;
      endLeftovers({ folder, processes, containers });
    } catch {
      // Another user's, or one that is being made or removed at this moment.
    }
  }
}

export function endLeftovers({ folder, processes, containers }: Leftovers): void {
  for (const { pid, born, signal } of processes) endProcess(pid, born, signal);
  endContainers(containers);
  removeFolder(folder);
}

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
