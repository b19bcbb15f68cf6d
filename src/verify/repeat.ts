/** Runs whole suites again and again in parallel, and says what that many runs tell. */
import type { RepeatedSuite, WholeRun } from '../model/verdict.js';
import type { WholeSuite } from '../project/suspects.js';
import type { Bench, WholeStart } from './bench.js';
import { nonePasses, outcomeOf, shortened } from './judged.js';
import type { Outcome } from './run.js';
import { adapters } from './runners/index.js';
import { onEachSuite, type Clock, type TestOptions } from './trying.js';

export interface Repeat {
  readonly runs: number;
  readonly workers: number;
  /** Each time two runs at once, as two people or two jobs on one machine start them. */
  readonly twoAtOnce?: boolean;
  /** Files begin in another order in each run, drawn with this number. */
  readonly seed?: number;
}

/** Runs each suite as often as asked, until the time is spent. Rejects when the signal says stop. */
export async function repeatSuites(suites: readonly WholeSuite[], repeat: Repeat, options: TestOptions, begun: number): Promise<readonly RepeatedSuite[]> {
  return onEachSuite(suites, options, begun, (suite, bench, clock) => {
    const onRun = (done: number): void => options.onProgress?.({ phase: `Running ${suite.title} whole`, done, total: repeat.runs + 1 });
    return repeatSuite(suite, { ...repeat, bench, clock, onRun });
  });
}

interface Means extends Repeat {
  readonly bench: Bench;
  readonly clock: Clock;
  readonly onRun: (done: number) => void;
}

async function repeatSuite(suite: WholeSuite, { runs, workers, twoAtOnce = false, seed, bench, clock, onRun }: Means): Promise<RepeatedSuite> {
  const { title, dir, testFiles, runner } = suite;
  const adapter = adapters.get(runner);
  const order = adapter?.wholeSuite === 'any order' ? seed : undefined;
  const base = {
    title,
    dir,
    workers,
    ...(twoAtOnce ? { twoAtOnce } : {}),
    ...(order === undefined ? {} : { seed: order }),
    parallel: [],
    failing: [],
    failed: 0,
    versions: [],
  };
  if (!adapter?.wholeSuite) return { ...base, why: `${title} cannot be run whole in several workers of our choice` };
  const hindered = await bench.prepare({ suite, resources: suite.resources });
  if (hindered !== undefined) return { ...base, why: hindered };

  const start = async (how: Omit<WholeStart, 'limit'>): Promise<Outcome> => (await bench.wholeSuite(suite, { ...how, limit: clock.limit() })).outcome;
  const versions = bench.versions({ suite, resources: suite.resources });
  onRun(0);
  const serial = await start({ files: testFiles, workers: 1 });
  const known = { ...base, versions, serial: timesOf(serial) };
  const why = nonePasses(serial, 'in one worker');
  if (why !== undefined) return { ...known, why };

  const outcomes: Outcome[] = [];
  while (outcomes.length < runs && !clock.isOver()) {
    onRun(outcomes.length + 1);
    outcomes.push(await start({ files: order === undefined ? testFiles : shuffled(testFiles, order + outcomes.length), workers, twoAtOnce }));
  }
  const failing = failuresOf(serial, outcomes);
  const failed = outcomes.filter((outcome) => failuresOf(serial, [outcome]).length > 0).length;
  return {
    ...known,
    parallel: outcomes.map(timesOf),
    failing,
    failed,
    ...(outcomes.length === 0 ? {} : { bound: upperBound(failed, outcomes.length) }),
    ...(outcomes.length < runs ? { why: `the time budget was spent after ${outcomes.length} of ${runs} runs` } : {}),
  };
}

function timesOf({ milliseconds, tests }: Outcome): WholeRun {
  const all = tests.flatMap((test) => test.milliseconds ?? []);
  return { milliseconds, ...(all.length === 0 ? {} : { testMilliseconds: all.reduce((sum, each) => sum + each, 0) }) };
}

/** Tests that pass in one worker and not in these runs: they fail, or it does not come to them. */
function failuresOf(serial: Outcome, outcomes: readonly Outcome[]): RepeatedSuite['failing'] {
  return serial.tests
    .filter(({ state }) => state === 'passed')
    .flatMap(({ file, name }) => {
      const all = outcomes.map((outcome) => ({ outcome, own: outcomeOf(outcome, { file, name }) })).filter(({ own }) => own?.state !== 'passed');
      const [first] = all;
      if (!first) return [];
      const failure = shortened(first.own?.message ?? first.outcome.fault);
      return [{ file, name, times: all.length, ...(failure === undefined ? {} : { failure }) }];
    })
    .sort((a, b) => b.times - a.times);
}

/** The same order for the same number, wherever it is drawn (Fisher and Yates, with a generator of Park and Miller). */
export function shuffled(files: readonly string[], seed: number): readonly string[] {
  const all = [...files];
  let state = (Math.abs(Math.trunc(seed)) % 2_147_483_646) + 1;
  for (let at = all.length - 1; at > 0; at--) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (at + 1);
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  return all;
}

/** How often a run fails at most, at 95 % confidence, when so many of `runs` independent ones have failed (Clopper and Pearson, one side). */
export function upperBound(failed: number, runs: number): number {
  if (failed >= runs) return 1;
  let [low, high] = [failed / runs, 1];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (atMost(failed, runs, middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/** The probability that at most so many of `runs` fail, each with probability `p`. */
function atMost(failed: number, runs: number, p: number): number {
  let term = (1 - p) ** runs;
  let sum = term;
  for (let each = 1; each <= failed; each++) {
    term *= ((runs - each + 1) / each) * (p / (1 - p));
    sum += term;
  }
  return sum;
}
