import type { ResourceKind } from '../model/claims.js';
import { isConfirmed, type Replay, type Trial } from '../model/verdict.js';
import type { Deed, Suspect } from '../project/suspects.js';
import { apart, collisionsOf, meet, type Alone, type Collision } from './collisions.js';
import { concluded, nonePasses, outcomeOf, saysOf, shortened, TIMES, weigh, type Judged } from './judged.js';
import { commandOf, testsConcerned, type Chosen } from './concerned.js';
import { frameOf } from './frame.js';
import { forbiddenBy } from './lock-files.js';
import type { Recording, ScheduleOutcome, ServiceKind, Step } from './recording.js';
import type { Outcome, TestOutcome } from './run.js';
import { inWords, traceOf } from './trace.js';

/*
 * Two test files that meet in a server, a path or a port: each alone on empty databases first, then both at once in the orders that their commands leave
 * room for. What is done to a path or a port counts as a command.
 */

export const SERVICES: Partial<Readonly<Record<ResourceKind, ServiceKind>>> = {
  postgresql: 'postgres',
  mysql: 'mysql',
  redis: 'redis',
  mongodb: 'mongodb',
  neo4j: 'neo4j',
};

/** The first of two workers, or the second. */
export type Role = 'A' | 'B';

/** What became of one start, and what its tests did meanwhile. */
export interface Pass {
  readonly outcome: Outcome;
  readonly recording: Recording;
}

/** Runs test files, and records what they do to what a finding is about. */
export interface ServiceBench {
  /** Several findings can be about one pair of files, and several pairs about one file. */
  readonly known: Known;
  /** One file by itself, as a role: all its tests, or those of these names. */
  alone(role: Role, file: string, tests?: readonly string[]): Promise<Pass>;
  /** Two files at once, as `A` and as `B`; which of them takes itself for the first worker, `A` unless told. */
  both(
    a: string,
    b: string,
    schedule: readonly Step[],
    chosen?: Chosen,
    first?: Role,
  ): Promise<{ readonly outcomes: Readonly<Record<Role, Outcome>>; readonly recording: Recording }>;
}

/** What earlier findings of a suite have told: of two files and a service, and of a file in a role. */
export interface Known {
  readonly pairs: Map<string, Judged>;
  readonly alone: Map<string, Passes>;
}

export const nothingKnown = (): Known => ({ pairs: new Map(), alone: new Map() });

/** Recordings of single files that are kept: those of large suites would fill the memory. */
const MOST_KEPT = 40;

type Passes = readonly [Pass, Pass];

/** Milliseconds that a test may take whose commands are held back. */
export const PATIENCE = 30_000;

/** Pairs of files that are tried, and files that are found to be of no use for it: alone, none of their tests passes. */
const MOST_PAIRS = 3;
const MOST_UNFIT = 6;

/** Proves that one test file fails when another writes between two of its commands. */
export async function judgeCollision({ deeds, finding }: Pick<Suspect, 'deeds' | 'finding'>, bench: ServiceBench): Promise<Judged> {
  const service = SERVICES[finding.resource.resource?.kind ?? 'database'];
  let best: Judged | undefined;
  let left = MOST_PAIRS;
  const unfit = new Set<string>();
  for (const [a, b] of pairsOf(deeds, finding.files)) {
    if (left === 0 || unfit.size === MOST_UNFIT) break;
    if (unfit.has(a) || unfit.has(b)) continue;
    const key = [a, b, service].join('\0');
    const judged = bench.known.pairs.get(key) ?? (await judgePair(a, b, service, bench));
    bench.known.pairs.set(key, judged);
    if (isConfirmed(judged)) return judged;
    if (judged.word === 'ALREADY-FAILING') unfit.add(judged.b!.file);
    else left--;
    best = best === undefined || RANK.indexOf(judged.word) < RANK.indexOf(best.word) ? judged : best;
  }
  return best ?? concluded('UNREACHED', 'only one test file uses it');
}

const RANK: readonly Judged['word'][] = ['SERIALISED', 'NOT-CONFIRMED', 'UNREACHED', 'ALREADY-FAILING'];

/** Those who empty it first, then those who write, each with those who use it. */
function pairsOf(deeds: readonly Deed[], files: readonly string[]): readonly (readonly [string, string])[] {
  const harm = (file: string): number =>
    Math.max(0, ...deeds.filter((each) => each.file === file).map(({ op, does }) => (op === 'wipe' ? 2 : does === 'write' ? 1 : 0)));
  const sorted = [...files].sort((x, y) => harm(y) - harm(x));
  return sorted.flatMap((a, at) => sorted.slice(at + 1).map((b) => [a, b] as const));
}

/** Proves it of two files. */
export async function judgePair(a: string, b: string, service: ServiceKind | undefined, bench: ServiceBench): Promise<Judged> {
  const trials: Trial[] = [];
  const tried = { a: { file: a, name: '' }, b: { file: b, name: '' }, trials };
  const first = await twice('A', a, bench, trials);
  if (unfitFor(first) !== undefined) return concluded('ALREADY-FAILING', unfitFor(first)!, { ...tried, a: tried.b, b: tried.a });
  const second = await twice('B', b, bench, trials);
  if (unfitFor(second) !== undefined) return concluded('ALREADY-FAILING', unfitFor(second)!, tried);
  const recordings = { A: recorded(first, service), B: recorded(second, service) };
  const silent = [a, b].find((_, at) => ![recordings.A, recordings.B][at]![0].commands.some((command) => command.touches.length > 0));
  if (silent !== undefined) return concluded('UNREACHED', `\`${silent}\` does not use it`, tried);
  if (!meet(recordings.A, recordings.B)) return concluded('NOT-CONFIRMED', 'the two touch nothing in common that one of them writes', tried);

  const pair: Pair = { files: { A: a, B: b }, chosen: {}, alone: { A: first[0].outcome, B: second[0].outcome }, recordings };
  const narrow = await narrowed(pair, service, bench);
  const short = narrow && (await tryOrders(narrow, trials, bench));
  // What breaks no test that it is about may break another one of the file.
  return short?.word === 'CONFIRMED' ? short : tryOrders(pair, trials, bench);
}

/** The pair without the tests that no collision is about, where these take long and the others pass without them. */
async function narrowed(pair: Pair, service: ServiceKind | undefined, bench: ServiceBench): Promise<Pair | undefined> {
  const { files, alone, recordings } = pair;
  const of = (role: Role) => ({ alone: alone[role], recording: recordings[role][0] });
  const chosen = testsConcerned(collisionsOf(recordings.A, recordings.B), of('A'), of('B'));
  if (!chosen) return undefined;
  const again = async (role: Role): Promise<{ readonly alone: Outcome; readonly recordings: Alone } | undefined> => {
    const names = chosen[role];
    if (!names) return { alone: alone[role], recordings: recordings[role] };
    const passes: Passes = [await bench.alone(role, files[role], names), await bench.alone(role, files[role], names)];
    const pass = passes.every(({ outcome }) => names.every((name) => outcomeOf(outcome, { file: files[role], name })?.state === 'passed'));
    return pass ? { alone: passes[0].outcome, recordings: recorded(passes, service) } : undefined;
  };
  const [a, b] = [await again('A'), await again('B')];
  return a && b && { files, chosen, alone: { A: a.alone, B: b.alone }, recordings: { A: a.recordings, B: b.recordings } };
}

/** Forces the worst orders, one by one, until a test fails that passes alone. */
async function tryOrders(pair: Pair, before: readonly Trial[], bench: ServiceBench): Promise<Judged> {
  const { recordings } = pair;
  const trials = [...before];
  let blocked: string | undefined;
  let flaky: Suffered | undefined;
  let missed = 0;
  for (const collision of collisionsOf(recordings.A, recordings.B)) {
    const suffered = await force(collision, pair, bench);
    if (!isSuffered(suffered)) {
      blocked ??= suffered.blocked;
      if (suffered.passed) trials.push(suffered.passed);
      else if (suffered.blocked === undefined) missed++;
      continue;
    }
    if (suffered.runs.some(({ passed }) => passed)) flaky ??= suffered;
    else {
      const judged = await conclude(suffered, pair, trials, bench);
      if (judged.word === 'CONFIRMED') return judged;
    }
  }
  if (flaky) return conclude(flaky, pair, trials, bench);
  const { A, B } = pair.files;
  const tried = { a: { file: A, name: '' }, b: { file: B, name: '' }, trials, ...(missed > 0 ? { missed } : {}) };
  if (blocked !== undefined) return concluded('SERIALISED', `the order cannot happen: ${blocked}`, tried);
  return concluded(
    'NOT-CONFIRMED',
    missed === 0 ? 'the tests pass in every order that was tried' : `the tests pass, and ${missed} of the orders did not come about`,
    tried,
  );
}

interface Pair {
  readonly files: Readonly<Record<Role, string>>;
  readonly chosen: Chosen;
  readonly alone: Readonly<Record<Role, Outcome>>;
  readonly recordings: Readonly<Record<Role, Alone>>;
}

/** A bad order in which a test has failed that passes alone. */
interface Suffered {
  readonly collision: Collision;
  readonly victim: Role;
  readonly test: TestOutcome;
  readonly recording: Recording;
  /** The bad order again and again, until the test passes. */
  readonly runs: readonly Trial[];
  readonly replay: Replay;
}

/** A bad order that has broken nothing: it was followed and passed, something forbids it, or it did not come about. */
interface Harmless {
  readonly passed?: Trial;
  readonly blocked?: string;
}

const isSuffered = (tried: Suffered | Harmless): tried is Suffered => 'runs' in tried;
const other = (role: Role): Role => (role === 'A' ? 'B' : 'A');

/** Runs a bad order, and again where a test fails by it. */
async function force(collision: Collision, { files, chosen, alone, recordings }: Pair, bench: ServiceBench): Promise<Suffered | Harmless> {
  const { before, after } = frameOf(collision.bad, recordings);
  const steps = [...before, ...collision.bad, ...after];
  const { outcomes, recording } = await bench.both(files.A, files.B, steps, chosen);
  const { schedule } = recording;
  const failed = (['A', 'B'] as const).flatMap((role) => failedIn(outcomes[role], alone[role]).map((test) => ({ role, test })));
  const bad = [before.length, before.length + collision.bad.length] as const;
  const blocked = forbids(schedule, steps, bad);
  if (blocked !== undefined && failed.length === 0) return { blocked };
  const found = failed.find(({ test }) => !isLate(test));
  if ((schedule?.reached ?? 0) < before.length + collision.met || (!found && failed.length > 0)) return {};
  if (!found) return { passed: { order: 'bad', passed: true, milliseconds: Math.max(outcomes.A.milliseconds, outcomes.B.milliseconds) } };
  const { role: victim, test } = found;
  const runs: Trial[] = [{ order: 'bad', passed: false, milliseconds: outcomes[victim].milliseconds }];
  while (runs.length < TIMES && !runs.at(-1)!.passed) {
    const again = (await bench.both(files.A, files.B, steps, chosen)).outcomes[victim];
    const own = outcomeOf(again, test);
    runs.push({ order: 'bad', passed: own?.state !== 'failed' || isLate(own), milliseconds: again.milliseconds });
  }
  const { file, name, message } = test;
  const replay: Replay = { kind: 'at-once', files, chosen, steps, bad, met: before.length + collision.met, fails: { file, name }, says: saysOf(message) };
  return { collision, victim, test, recording, runs, replay };
}

/** What forbids the bad part of an order, seen in a run that was to follow it: the service, or a lock file that each role has all the while. */
export function forbids(schedule: ScheduleOutcome | undefined, steps: readonly Step[], [from, to]: readonly [number, number]): string | undefined {
  if (schedule?.outcome === 'blocked') return schedule.why ?? 'a lock forbids it';
  const file = schedule?.outcome === 'not-reached' ? forbiddenBy(steps.slice(from, to), schedule.under?.slice(from, to) ?? []) : undefined;
  return file === undefined ? undefined : `A and B take turns by the lock file ${file}`;
}

/** Runs the control order, and says what all runs together tell. */
async function conclude(
  { collision, victim, test, recording, runs, replay }: Suffered,
  { files, chosen, recordings }: Pair,
  trials: readonly Trial[],
  bench: ServiceBench,
): Promise<Judged> {
  const all = [...runs];
  const control = apart(recordings[victim], recordings[other(victim)]);
  const { before } = frameOf(control.length > 0 ? control : collision.bad, recordings);
  for (let time = 0; time < TIMES; time++) {
    const outcome = (await bench.both(files.A, files.B, [...before, ...control], chosen)).outcomes[victim];
    all.push({ order: 'control', passed: outcomeOf(outcome, test)?.state === 'passed', milliseconds: outcome.milliseconds });
  }
  const { word, why } = weigh(all);
  return concluded(
    word,
    word === 'CONFIRMED' ? `${collision.contested} is used by both at once: in this order it fails every time; one after the other, never` : why,
    {
      a: { file: files[other(victim)], name: doerOf(collision.bad, recording, other(victim)) },
      b: { file: files[victim], name: test.name },
      order: inWords(collision.bad, victim),
      contested: collision.contested,
      // Other orders, that have broken nothing, do not count for this one.
      trials: [...trials.filter((each) => each.order !== 'bad'), ...all],
      trace: traceOf(recording, collision.bad, victim),
      ...(test.message === undefined ? {} : { failure: shortened(test.message)! }),
      replay,
    },
  );
}

/** The test that sends what breaks the other; empty where it is not known, or no test does. */
const doerOf = (bad: readonly Step[], recording: Recording, role: Role): string =>
  commandOf(
    bad.find((each) => each.role === role)!,
    recording,
  )?.test ?? '';

async function twice(role: Role, file: string, bench: ServiceBench, trials: Trial[]): Promise<Passes> {
  const key = `${role} ${file}`;
  const { alone } = bench.known;
  const passes = alone.get(key) ?? ([await bench.alone(role, file), await bench.alone(role, file)] as const);
  alone.set(key, passes);
  if (alone.size > MOST_KEPT) alone.delete(alone.keys().next().value!);
  for (const { outcome } of passes)
    trials.push({ order: 'alone', passed: outcome.tests.every(({ state }) => state !== 'failed'), milliseconds: outcome.milliseconds });
  return passes;
}

/** Why a file proves nothing: none of its tests passes alone. */
const unfitFor = (passes: Passes): string | undefined => passes.map(({ outcome }) => nonePasses(outcome, 'alone')).find((why) => why !== undefined);

/** What a file said to the service that a finding is about. */
const recorded = ([one, two]: Passes, service: ServiceKind | undefined): Alone => {
  const only = (recording: Recording): Recording => ({
    ...recording,
    commands: recording.commands.filter((each) => service === undefined || each.service === service),
  });
  return [only(one.recording), only(two.recording)];
};

/** The tests that fail and have passed alone. */
const failedIn = (outcome: Outcome, alone: Outcome): readonly TestOutcome[] =>
  alone.tests
    .filter(({ state }) => state === 'passed')
    .flatMap((test) => outcomeOf(outcome, test) ?? [])
    .filter(({ state }) => state === 'failed');

/** Being held back takes time: a test that has a limit of its own, shorter than the one it is given here, may have failed by the wait alone. */
export function isLate({ message = '' }: Pick<TestOutcome, 'message'>): boolean {
  const [, limit] = /(?:timeout(?: of|:)?|timed out(?: in| after)?) (\d+) ?ms/i.exec(message) ?? [];
  return limit !== undefined && Number(limit) < PATIENCE;
}
