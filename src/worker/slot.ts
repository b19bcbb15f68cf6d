/** Which worker of the run this process or thread is. Two workers never get one number: where the runner gives none, asking is an error. */
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, threadId } from 'node:worker_threads';
import { isAlive } from '../processes.js';
import { placeOf } from './place.js';
import { isService, startCaretaker } from './service.js';

export type RunnerName = 'jest' | 'vitest' | 'mocha' | 'node-test' | 'playwright';

export interface Worker {
  readonly run: string;
  /** Small where the runner reuses numbers (all but Mocha), and 0 only in Mocha without workers. */
  readonly slot: number;
  /** The run's folder. */
  readonly path: string;
}

interface RunnerFacts {
  /** Whether this very process is one of its workers; variables that a parent has handed down prove nothing. */
  readonly isHere: () => boolean;
  readonly slot: () => number | 'lease' | undefined;
  /** Whether this process starts the workers and runs no test itself. */
  readonly isLeading?: () => boolean;
  /** The process that lives as long as the run. */
  readonly root: () => number;
  /** What to do when the slot is unknown. */
  readonly hint: string;
}

const started = (): string => (process.argv[1] ?? '').replaceAll('\\', '/');
const number = (name: string): number | undefined => {
  const text = process.env[name];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
};
const above = (value: number | undefined): number | undefined => (value === undefined ? undefined : value + 1);

const RUNNERS: Readonly<Record<RunnerName, RunnerFacts>> = {
  jest: {
    isHere: () => Symbol.for('jest-native-promise') in globalThis,
    slot: () => number('JEST_WORKER_ID'),
    // In band and with worker threads the tests run in the main process.
    root: () => (isMainThread && started().endsWith('/processChild.js') ? process.ppid : process.pid),
    hint: 'Global set-up and teardown belong to no worker: create what each worker needs from setupFiles.',
  },
  vitest: {
    isHere: () => '__vitest_worker__' in globalThis,
    // VITEST_WORKER_ID counts files, so only the pool's number is a slot.
    slot: () => number('VITEST_POOL_ID'),
    root: () => (isMainThread ? process.ppid : process.pid),
    hint: 'Global set-up belongs to no worker: create what each worker needs from setupFiles.',
  },
  mocha: {
    isHere: () => /\/mocha\/(bin|lib)\/|\/\.bin\/_?mocha$/.test(started()),
    // Workers count from "0". The main process, which runs all files of a serial run, has no number unless `isolation-audit verify` gives it one, and is 0.
    slot: () => above(number('MOCHA_WORKER_ID')) ?? (isMochaWorker() ? undefined : 0),
    root: () => (isMochaWorker() ? process.ppid : process.pid),
    isLeading: () => !isMochaWorker() && isMochaParallel(),
    hint: '',
  },
  'node-test': {
    isHere: () => isTestChild() || process.execArgv.includes('--test'),
    // Node 20 and 22 tell nothing; each file is a process there.
    slot: () => (leadsTests() ? undefined : (number('NODE_TEST_WORKER_ID') ?? 'lease')),
    root: () => (isTestChild() ? process.ppid : process.pid),
    isLeading: () => leadsTests(),
    hint: 'The process that starts those of the files belongs to no worker.',
  },
  playwright: {
    isHere: () => /\/playwright(-core)?\//.test(started()) && number('TEST_PARALLEL_INDEX') !== undefined,
    slot: () => above(number('TEST_PARALLEL_INDEX')),
    root: () => process.ppid,
    hint: 'The main process (global set-up, web servers) belongs to no worker.',
  },
};

const isMochaWorker = (): boolean => /\/mocha\/lib\/nodejs\/worker\.c?js$/.test(started());

/** As Mocha itself reads it, from arguments, files and package.json. */
function isMochaParallel(): boolean {
  const require = createRequire(process.argv[1] ?? join(process.cwd(), 'package.json'));
  for (const path of ['mocha/lib/cli/options.cjs', 'mocha/lib/cli/options.js']) {
    try {
      const { loadOptions } = require(path) as { readonly loadOptions: (argv: readonly string[]) => { readonly parallel?: boolean; readonly jobs?: number } };
      const { parallel, jobs } = loadOptions(process.argv.slice(2));
      return parallel === true && jobs !== 1;
    } catch {
      // Another version keeps it elsewhere.
    }
  }
  // Slot 0 is nobody's in a parallel run, so nothing collides; a database is made in vain.
  return false;
}

const isTestChild = (): boolean => process.env['NODE_TEST_CONTEXT'] === 'child-v8';
const leadsTests = (): boolean =>
  !isTestChild() && process.execArgv.includes('--test') && !process.execArgv.some((argument) => /^--(?:experimental-)?test-isolation=none$/.test(argument));

/** Whether this process starts workers and runs no test: what is loaded for all is loaded here too, and has nothing to set up. */
export const isLeading = (): boolean => Object.values(RUNNERS).some(({ isHere, isLeading: leads }) => isHere() && leads?.() === true);

let found: Worker | undefined;

/** This worker. */
export function thisWorker(): Worker {
  const runner = runnerHere();
  if (!found || !isStill(found, runner)) found = known(runner) ?? fresh(runner);
  return found;
}

/** For set-up entries, which know their runner: elsewhere it is told from the process. */
export function setUpFor(runner: RunnerName): void {
  if (isService() || isLeading()) return;
  if (!found || !isStill(found, runner)) found = known(runner) ?? fresh(runner);
}

/** A process may be given another slot for its next file. */
function isStill(worker: Worker, runner: RunnerName | undefined): boolean {
  const slot = runner && RUNNERS[runner].slot();
  return slot === undefined || slot === 'lease' || slot === worker.slot;
}

export function forgetWorker(): void {
  found = undefined;
  delete process.env['ISOLATION_AUDIT_WORKER'];
}

function fresh(runner: RunnerName | undefined): Worker {
  const facts = runner && RUNNERS[runner];
  const slot = facts ? facts.slot() : wantedSlot();
  if (slot === undefined) {
    throw new Error(
      facts
        ? `The slot of this worker is unknown: ${runner} has not set its variable here. ${facts.hint}`
        : 'The slot of this worker is unknown: no test runner was recognised in this process. Set ISOLATION_AUDIT_SLOT to a number that no other worker of the run has, or to `lease` to take the lowest one that is free.',
    );
  }
  const place = placeOf(facts ? facts.root() : isMainThread ? process.ppid : process.pid);
  if (place.isNew) startCaretaker(place.path);
  const worker = { run: place.run, path: place.path, slot: slot === 'lease' ? lease(place.path) : facts ? slot : hold(place.path, slot) };
  process.env['ISOLATION_AUDIT_WORKER'] = JSON.stringify({ ...worker, by: me(), pid: process.pid });
  return worker;
}

const me = (): string => `${process.pid}.${threadId}`;

/** What this worker, or the worker that started this program, has found out before. */
function known(runner: RunnerName | undefined): Worker | undefined {
  const text = process.env['ISOLATION_AUDIT_WORKER'];
  if (text === undefined) return undefined;
  const { by, pid, ...worker } = JSON.parse(text) as Worker & { readonly by: string; readonly pid: number };
  if (by === me()) return isStill(worker, runner) ? worker : undefined;
  // A run that a test has started has workers of its own. Under node:test alone a program that a test starts looks the same.
  const isProgram = runner === undefined ? pid !== process.pid : runner === 'node-test' && pid === process.ppid;
  return isProgram ? worker : undefined;
}

export const isHere = (runner: RunnerName): boolean => RUNNERS[runner].isHere();
const runnerHere = (): RunnerName | undefined => (Object.keys(RUNNERS) as RunnerName[]).find((name) => RUNNERS[name].isHere());

function wantedSlot(): number | 'lease' | undefined {
  return process.env['ISOLATION_AUDIT_SLOT'] === 'lease' ? 'lease' : number('ISOLATION_AUDIT_SLOT');
}

/** The lowest number that no process of the run holds. One that was killed keeps its number: taking it over cannot be done safely. */
function lease(path: string): number {
  for (let slot = 1; ; slot++) if (take(path, slot)) return slot;
}

function hold(path: string, slot: number): number {
  const holder = () => Number(readFileSync(join(path, 'slots', String(slot)), 'utf8'));
  if (!take(path, slot) && isAlive(holder()) && holder() !== process.pid) {
    throw new Error(
      `ISOLATION_AUDIT_SLOT is ${slot} here and in process ${holder()} of the same run. Give each worker a number of its own, or set \`lease\` for all.`,
    );
  }
  return slot;
}

function take(path: string, slot: number): boolean {
  const file = join(path, 'slots', String(slot));
  mkdirSync(join(path, 'slots'), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  process.on('exit', () => rmSync(file, { force: true }));
  return true;
}
