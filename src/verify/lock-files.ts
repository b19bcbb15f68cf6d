/**
 * Lock files of a run: who has made a path that can be made only once, who waits for it, and which steps of an order are done meanwhile. The processes of
 * all roles, and the hub, write into one file, in the order in which it happens. It keeps what it uses of Node before tests can replace it.
 */
import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { basename, join, sep } from 'node:path';

const [open, close, write, read, stat] = [openSync, closeSync, writeSync, readFileSync, statSync];
/** Milliseconds, the same for all processes of this machine. */
const clock = process.hrtime.bigint.bind(process.hrtime);
const now = (): number => Number(clock() / 1_000_000n);

type Line = { readonly role: string } & (
  | { readonly did: 'made' | 'removed'; readonly path: string }
  | { readonly did: 'refused'; readonly path: string; readonly at: number }
  | { readonly did: 'moved' }
  | { readonly did: 'step'; readonly step: number }
);

/**
 * Who is refused again after so many milliseconds, and does nothing else meanwhile, waits: a folder that is there already refuses whoever makes it too,
 * once for each time that the code makes sure of it.
 */
const WAITS = 5;

const fileIn = (folder: string): string => join(folder, 'lock-files.ndjson');

function say(folder: string, line: Line): void {
  try {
    const file = open(fileIn(folder), 'a');
    write(file, `${JSON.stringify(line)}\n`);
    close(file);
  } catch {
    // The tests have taken the file system away: a lock is not seen then.
  }
}

/** A role does a step of its order. */
export const tellStep = (folder: string, role: string, step: number): void => say(folder, { role, did: 'step', step });

/** What a process of a role tells of its calls. */
export interface LockTeller {
  /** It has made a path that was not there, or has failed since it was there. */
  readonly tried: (path: string, isMade: boolean) => void;
  /** It is about to remove it, with all below it. */
  readonly removes: (path: string) => void;
  /** It does something else, to a path or a server. */
  readonly moves: (path?: string) => void;
}

export function tellLocks(folder: string, role: string): LockTeller {
  let refused: string | undefined;
  return {
    tried(path, isMade) {
      refused = isMade ? undefined : path;
      say(folder, isMade ? { role, did: 'made', path } : { role, did: 'refused', path, at: now() });
    },
    removes: (path) => say(folder, { role, did: 'removed', path }),
    moves(path) {
      // Whoever is refused may look how old the lock is.
      if (refused === undefined || path === refused) return;
      refused = undefined;
      say(folder, { role, did: 'moved' });
    },
  };
}

/** How things stand. */
export interface LockFiles {
  /** The lock file for which a role waits and which another one has made. */
  readonly between: (waiting: string, holder: string) => string | undefined;
  /** By the steps of an order: the lock files that its role had, each time it had them another one. */
  readonly under: readonly (readonly Turn[] | undefined)[];
}

export interface Turn {
  readonly path: string;
  readonly role: string;
  /** Which of all turns of the run. */
  readonly number: number;
}

/** A reader, who reads again only what has changed. */
export function lockFilesOf(folder: string): () => LockFiles {
  const file = fileIn(folder);
  let size = 0;
  let known = standing([]);
  return () => {
    const grown = stat(file, { throwIfNoEntry: false })?.size ?? 0;
    if (grown === size) return known;
    size = grown;
    try {
      const lines = read(file, 'utf8').split('\n').slice(0, -1);
      known = standing(lines.map((line) => JSON.parse(line) as Line));
    } catch {
      // It is asked within calls of the tests, which must not fail by it: it is read again when there is more.
    }
    return known;
  };
}

function standing(lines: readonly Line[]): LockFiles {
  const turns = new Map<string, Turn>();
  const refusals = new Map<string, { readonly turn: Turn; readonly since: number; readonly last: number }>();
  const under: (readonly Turn[])[] = [];
  lines.forEach((line, number) => {
    const { role } = line;
    if (line.did === 'removed') {
      for (const path of turns.keys()) if (path === line.path || path.startsWith(line.path + sep)) turns.delete(path);
    } else if (line.did === 'refused') {
      const turn = turns.get(line.path);
      const before = refusals.get(role);
      if (turn) refusals.set(role, { turn, since: before?.turn === turn ? before.since : line.at, last: line.at });
    } else {
      if (line.did === 'made') turns.set(line.path, { path: line.path, role, number });
      if (line.did === 'step') under[line.step] = [...turns.values()].filter((turn) => turn.role === role);
      refusals.delete(role);
    }
  });
  return {
    between(waiting, holder) {
      const { turn, since = 0, last = 0 } = refusals.get(waiting) ?? {};
      return last - since >= WAITS && turn?.role === holder && turns.get(turn.path) === turn ? turn.path : undefined;
    },
    under,
  };
}

/** The lock file that forbids an order: each role does all its steps in one turn of it. */
export function forbiddenBy(order: readonly { readonly role: string }[], under: LockFiles['under']): string | undefined {
  const roles = [...new Set(order.map(({ role }) => role))];
  const [first, ...others] = roles.map((role) => {
    const all = order.flatMap((step, at) => (step.role === role ? [under[at] ?? []] : []));
    return (all[0] ?? []).filter(({ number }) => all.every((turns) => turns.some((each) => each.number === number)));
  });
  const path = first?.find((turn) => others.length > 0 && others.every((turns) => turns.some((each) => each.path === turn.path)))?.path;
  return path === undefined ? undefined : basename(path);
}

/** Why an order is given up: `writeFile orders.csv of B waits for the lock file orders.csv.lock, which A has`. */
export const waitsFor = (what: string, path: string, holder: string): string => `${what} waits for the lock file ${basename(path)}, which ${holder} has`;
