/** Tries findings one after another on one bench, each by the procedure of its rule. */
import { shellWord } from '../model/shell.js';
import { isConfirmed, type Untried, type Verdict } from '../model/verdict.js';
import type { Suspect, SuspectOptions, WholeSuite } from '../project/suspects.js';
import { errorText } from '../project/user-error.js';
import { openBench, type Bench, type BenchOptions, type Needed } from './bench.js';
import type { Judged } from './judged.js';
import { judgeDependence, judgeLeak } from './leaks.js';
import { pathsNamed, pathsWatched } from './local.js';
import { adapters } from './runners/index.js';
import { judgeCollision } from './services.js';

/** Milliseconds. */
export const BUDGET = 600_000;

/** Why a finding is left for which there was no time. */
export const SPENT = 'the time budget is spent';

type Procedure = (suspect: Suspect, bench: Bench) => Promise<Judged>;
export const leak: Procedure = (suspect, bench) => judgeLeak(suspect, bench.inOneWorker(suspect));
const dependence: Procedure = (suspect, bench) => judgeDependence(suspect, bench.inOneWorker(suspect));
export const collision: Procedure = (suspect, bench) => judgeCollision(suspect, bench.atOnce(suspect, pathsWatched(suspect.finding.resource.resource)));

export const PROCEDURES: Readonly<Record<string, Procedure>> = {
  'fixed-port': collision,
  'hardcoded-database-name': collision,
  'hardcoded-resource-name': collision,
  'leaked-cwd': leak,
  'leaked-env': leak,
  'leaked-mock': leak,
  'leaked-timers': leak,
  'order-dependent-test': dependence,
  'shared-global': leak,
  'shared-module-state': leak,
  'shared-path': collision,
  'shared-redis-keyspace': collision,
  'unscoped-query': collision,
  'unscoped-wipe': collision,
};

export interface TestOptions {
  readonly root: string;
  /** See `VerifyOptions`. */
  readonly budget?: number;
  readonly signal?: AbortSignal | undefined;
  readonly programs?: string | undefined;
  /** See `VerifyOptions`. */
  readonly prepare?: string | undefined;
  readonly onProgress?: SuspectOptions['onProgress'];
  /** What a line of progress says. */
  readonly phase?: string;
  /** Told of each verdict as soon as it is reached. */
  readonly onVerdict?: (finding: Suspect['finding'], verdict: Verdict) => void;
}

export interface Verdicts {
  /** By the number of the finding. */
  readonly verdicts: ReadonlyMap<number, Verdict>;
  readonly untried: readonly Untried[];
}

/** Runs the tests of these suspects below a root. Rejects when the signal says stop; nothing runs on then, and nothing is left behind. */
export async function putToTheTest(suspects: readonly Suspect[], options: TestOptions, begun = Date.now()): Promise<Verdicts> {
  const { done, untried } = await tryEach(suspects, options, begun, async (suspect, bench) => {
    const verdict = withPreparation(await judged(suspect, bench), options.prepare);
    options.onVerdict?.(suspect.finding, verdict);
    return verdict;
  });
  return { verdicts: done, untried };
}

/** The run that is done again begins with what this one began with. */
const withPreparation = (verdict: Verdict, prepare: string | undefined): Verdict =>
  prepare === undefined || verdict.again === undefined ? verdict : { ...verdict, again: `${verdict.again} --prepare ${shellWord(prepare)}` };

/** Tries each suspect, the most valuable first, on one bench. */
export async function tryEach<T>(
  suspects: readonly Suspect[],
  { root, budget = BUDGET, signal, onProgress, programs, prepare, phase = 'Putting findings to the test' }: TestOptions,
  begun: number,
  attempt: (suspect: Suspect, bench: Bench) => Promise<T>,
): Promise<{ readonly done: ReadonlyMap<number, T>; readonly untried: readonly Untried[] }> {
  const done = new Map<number, T>();
  const untried: Untried[] = [];
  await onBench({ root, signal, programs, prepare }, async (bench) => {
    for (const [at, suspect] of byValue(suspects).entries()) {
      signal?.throwIfAborted();
      onProgress?.({ phase, done: at, total: suspects.length });
      const { number } = suspect.finding;
      const why = Date.now() - begun > budget ? SPENT : (hindrance(suspect) ?? (await bench.prepare(suspect)));
      if (why !== undefined) {
        untried.push({ finding: number, why });
        continue;
      }
      try {
        done.set(number, await attempt(suspect, bench));
      } catch (error) {
        signal?.throwIfAborted();
        untried.push({ finding: number, why: `it could not be finished: ${errorText(error)}` });
        await bench.restart();
      }
    }
  });
  return { done, untried };
}

/** Gives the work a bench, and ends all that runs on it when the work is done or the signal says stop; then it rejects. */
export async function onBench<T>({ signal, ...options }: BenchOptions & Pick<TestOptions, 'signal'>, work: (bench: Bench) => Promise<T>): Promise<T> {
  const bench = openBench(options);
  const stop = (): void => void bench.close();
  signal?.addEventListener('abort', stop);
  try {
    const result = await work(bench);
    signal?.throwIfAborted();
    return result;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await bench.close();
  }
}

/** A start of a whole suite may take so long, in milliseconds, whatever is left of the time. */
const LEAST = 60_000;

/** The time that a verification has. */
export interface Clock {
  readonly isOver: () => boolean;
  /** Milliseconds after which a start of a whole suite counts as one that never ends. */
  readonly limit: () => number;
}

/** Gives the work each suite that has tests, one after another on one bench. Rejects when the signal says stop. */
export async function onEachSuite<T>(
  suites: readonly WholeSuite[],
  options: TestOptions,
  begun: number,
  work: (suite: WholeSuite, bench: Bench, clock: Clock, progress: { readonly done: number; readonly total: number }) => Promise<T>,
): Promise<readonly T[]> {
  const left = (): number => begun + (options.budget ?? BUDGET) - Date.now();
  const clock = { isOver: () => left() <= 0, limit: () => Math.max(LEAST, left()) };
  return onBench(options, async (bench) => {
    const out: T[] = [];
    const all = suites.filter(({ testFiles }) => testFiles.length > 0);
    for (const [done, suite] of all.entries()) {
      options.signal?.throwIfAborted();
      out.push(await work(suite, bench, clock, { done, total: all.length }));
    }
    return out;
  });
}

const RANK = { certain: 0, likely: 1, possible: 2 } as const;

/** What is surest and holds back most comes first. */
function byValue(suspects: readonly Suspect[]): readonly Suspect[] {
  return [...suspects].sort(
    ({ finding: a }, { finding: b }) => RANK[a.confidence] - RANK[b.confidence] || b.files.length - a.files.length || a.number - b.number,
  );
}

/** Why a finding cannot be put to the test. */
function hindrance({ finding, suite, deeds }: Suspect): string | undefined {
  const adapter = adapters.get(suite.runner);
  const procedure = PROCEDURES[finding.rule];
  if (!procedure) return `there is no procedure for \`${finding.rule}\``;
  if (procedure === collision && finding.files.length < 2) return 'only one test file is known to use it';
  if (finding.rule === 'shared-path' && pathsNamed(finding.resource.resource).length === 0) return 'it names no path that could be watched';
  if (procedure === collision && adapter?.numbersWorkers === false) return `two starts of ${suite.title} cannot take themselves for two workers`;
  if (procedure !== collision && deeds.length === 0) return 'no test is known that does it';
  return undefined;
}

async function judged(suspect: Suspect, bench: Bench): Promise<Verdict> {
  const begun = Date.now();
  return verdictOf(await PROCEDURES[suspect.finding.rule]!(suspect, bench), suspect, bench, begun);
}

/** What a procedure concludes as a report tells it: with time and versions, and, where it is confirmed, with its bad run and a line that does it again. */
export function verdictOf({ replay, ...judged }: Judged, needed: Needed, bench: Pick<Bench, 'versions'>, begun: number): Verdict {
  const again = replay && isConfirmed(judged) ? { replay, again: `npx isolation-audit verify --replay ${shellWord(plainJson(replay))}` } : {};
  return { ...judged, ...again, versions: bench.versions(needed), milliseconds: Date.now() - begun };
}

/** JSON without a letter that a terminal, a page or a chat could show as something else. */
const plainJson = (value: unknown): string => JSON.stringify(value).replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
