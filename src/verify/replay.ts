/** Does one run again that a verdict tells, and says whether the same test fails in it. */
import { listText } from '../model/lists.js';
import { ROOT, isAbsolute } from '../model/paths.js';
import type { Replay } from '../model/verdict.js';
import { isObject } from '../project/json-file.js';
import { suitesOf, type SuspectOptions } from '../project/suspects.js';
import { UserError } from '../project/user-error.js';
import type { Bench, Needed } from './bench.js';
import { outcomeOf, saysOf, shortened } from './judged.js';
import { chosen } from './leaks.js';
import { isLocal, type ScheduleOutcome, type Step } from './recording.js';
import type { Outcome } from './run.js';
import { forbids, isLate, type Role } from './services.js';
import { PORTS } from './services/known.js';
import { inWords } from './trace.js';
import { onBench } from './trying.js';

export interface ReplayOptions extends Pick<SuspectOptions, 'root' | 'config' | 'onProgress'> {
  /** JSON of a `Replay`, as the command of a report has it. */
  readonly run: string;
  /** See `VerifyOptions`. */
  readonly prepare?: string;
  readonly signal?: AbortSignal;
  /** See `VerifyOptions`. */
  readonly programs?: string;
}

/** What came of a run that was done again. */
export interface Replayed {
  /**
   * `FAILS-OTHERWISE`: the same test, in other words than then. `SERIALISED`: a lock or a transaction forbids the order, and the test passes.
   * `NOT-FOLLOWED`: the order did not come about, or the test did not run, so that nothing is said.
   */
  readonly word: 'FAILS-AGAIN' | 'FAILS-OTHERWISE' | 'PASSES' | 'SERIALISED' | 'NOT-FOLLOWED';
  /** One sentence: what was seen. */
  readonly why: string;
  readonly replay: Replay;
  /** The order in words, with B for the test that failed. */
  readonly order: string;
  /** What the test says now, where it fails. */
  readonly failure?: string;
  readonly versions: readonly string[];
  readonly milliseconds: number;
}

/** Rejects with a `UserError` where the text is no run, no suite has its files, or their servers cannot be had. */
export async function replay({ run, config, ...options }: ReplayOptions): Promise<Replayed> {
  const begun = Date.now();
  const wanted = readReplay(run);
  const { suiteWith } = await suitesOf({ ...options, ...(config === undefined ? {} : { config }) });
  const files = wanted.kind === 'at-once' ? [wanted.files.A, wanted.files.B] : wanted.tests.map(({ file }) => file);
  const needed = suiteWith(files);
  if (!needed)
    throw new UserError(`No suite here runs ${listText([...new Set(files)].map((file) => `\`${file}\``))}: pass the root that the report was made for.`);
  return onBench(options, async (bench) => {
    const hindered = await bench.prepare(needed);
    if (hindered !== undefined) throw new UserError(`The run cannot be done: ${hindered}.`);
    options.onProgress?.({ phase: 'Doing the run again', done: 0, total: 1 });
    const done = wanted.kind === 'at-once' ? await atOnce(wanted, needed, bench) : { outcome: await bench.inOneWorker(needed)(wanted.tests.map(chosen)) };
    return { ...seen(done, wanted), replay: wanted, order: orderOf(wanted), versions: bench.versions(needed), milliseconds: Date.now() - begun };
  });
}

interface Done {
  /** Of the file whose test failed then. */
  readonly outcome: Outcome;
  /** Of the other file, where two ran at once. */
  readonly beside?: Outcome;
  readonly steps?: readonly Step[];
  readonly schedule?: ScheduleOutcome | undefined;
}
type AtOnce = Extract<Replay, { readonly kind: 'at-once' }>;
const victimOf = ({ files, fails }: AtOnce): Role => (files.A === fails.file ? 'A' : 'B');

/** The roles are those of a report, so that all that is said of the run fits it: B is who failed, whichever of them the first worker was. */
async function atOnce(wanted: AtOnce, needed: Needed, bench: Bench): Promise<Done> {
  const [A, B] = victimOf(wanted) === 'B' ? (['A', 'B'] as const) : (['B', 'A'] as const);
  const { files, chosen: names } = wanted;
  const steps = wanted.steps.map((step) => ({ ...step, role: step.role === A ? 'A' : 'B' }) as Step);
  const paths = steps.flatMap(({ touch }) => (touch?.kind === 'path' ? [isAbsolute(touch.name) ? touch.name : `${ROOT}/${touch.name}`] : []));
  const { outcomes, recording } = await bench
    .atOnce(needed, steps.some(isLocal) ? paths : undefined)
    .both(files[A], files[B], steps, { ...(names[A] ? { A: names[A] } : {}), ...(names[B] ? { B: names[B] } : {}) }, A);
  return { outcome: outcomes.B, beside: outcomes.A, steps, schedule: recording.schedule };
}

function seen({ outcome, beside, steps = [], schedule }: Done, wanted: Replay): Pick<Replayed, 'word' | 'why' | 'failure'> {
  const own = outcomeOf(outcome, wanted.fails);
  const failure = own?.state === 'failed' ? { failure: shortened(own.message) ?? 'no reason is given' } : {};
  if (!own || own.state === 'skipped') return { word: 'NOT-FOLLOWED', why: outcome.fault ?? 'the test is not run any more' };
  if (wanted.kind === 'at-once') {
    const why = schedule?.why ?? 'a command of it did not come';
    const forbidden = forbids(schedule, steps, wanted.bad);
    if (forbidden !== undefined && own.state === 'passed') return { word: 'SERIALISED', why: `the order cannot happen: ${forbidden}` };
    if ((schedule?.reached ?? 0) < wanted.met)
      return { word: 'NOT-FOLLOWED', why: `the order did not come about: ${outcome.fault ?? beside?.fault ?? why}`, ...failure };
    if (isLate(own)) return { word: 'NOT-FOLLOWED', why: 'the test ran out of its own time while it was held back', ...failure };
  }
  if (own.state === 'passed') return { word: 'PASSES', why: 'the test that failed passes in this order' };
  return saysOf(own.message) === wanted.says
    ? { word: 'FAILS-AGAIN', why: 'the same test fails in the same words', ...failure }
    : { word: 'FAILS-OTHERWISE', why: 'the same test fails, in other words than then', ...failure };
}

function orderOf(wanted: Replay): string {
  if (wanted.kind === 'at-once') return inWords(wanted.steps, victimOf(wanted));
  return wanted.tests.map(({ name }) => `\`${name}\``).join(', then ');
}

/** A run as a report tells it, or an error for whoever has typed it. */
export function readReplay(text: string): Replay {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (!isReplay(read)) throw new UserError('What stands behind `--replay` is no run that a report tells: copy the whole line, quotes included.');
  return read;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTest = (value: unknown): boolean => isObject(value) && isText(value['file']) && isText(value['name']);
const areNames = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length > 0 && value.every(isText));
const isService = (value: unknown): boolean => isText(value) && (Object.hasOwn(PORTS, value) || isLocal({ service: value as Step['service'] }));

function isReplay(value: unknown): value is Replay {
  if (!isObject(value) || !isTest(value['fails']) || !isText(value['says'])) return false;
  const { kind, tests, files, chosen: named, steps, bad, met } = value;
  if (kind === 'in-one-worker') return Array.isArray(tests) && tests.length > 0 && tests.every(isTest);
  return (
    kind === 'at-once' &&
    isObject(named) &&
    areNames(named['A']) &&
    areNames(named['B']) &&
    isObject(files) &&
    isText(files['A']) &&
    isText(files['B']) &&
    Number.isInteger(met) &&
    Array.isArray(bad) &&
    bad.length === 2 &&
    bad.every((each) => Number.isInteger(each)) &&
    Array.isArray(steps) &&
    steps.every(isStep)
  );
}

function isStep(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { role, service, operation, touch, nth } = value;
  const isTouch = touch === undefined || (isObject(touch) && isText(touch['kind']) && isText(touch['name']));
  return (role === 'A' || role === 'B') && isService(service) && isText(operation) && isTouch && Number.isInteger(nth);
}
