import type { TestName, Trial } from '../model/verdict.js';
import { isNamed, type Deed, type Suspect } from '../project/suspects.js';
import { concluded, nonePasses, outcomeOf, saysOf, shortened, TIMES, weigh, type Judged, type Run } from './judged.js';
import type { Choice, Outcome, TestOutcome } from './run.js';

/*
 * State that one test leaves for another in the same worker: B after A against B alone. No service and no luck is needed: the order is chosen.
 */

/** Test files after the first that are tried as victims, and victims that are looked at closely. */
const MOST = { files: 12, victims: 4, culprits: 6 } as const;

interface Pair {
  readonly a: TestOutcome;
  readonly b: TestOutcome;
  /** B alone, and B after A, as they have been run already. */
  readonly alone: Outcome;
  readonly both: Outcome;
}

/** Proves that a test which runs after one that leaves something behind fails by it, and passes alone. */
export async function judgeLeak({ deeds, suite }: Suspect, run: Run): Promise<Judged> {
  const writes = deeds.filter((each) => each.does === 'write');
  let reached = false;
  let fault: string | undefined;
  for (const file of filesOf(writes)) {
    const here = writes.filter((each) => each.file === file);
    const whole = await run([{ file }]);
    if (whole.tests.length === 0) {
      fault = whole.fault;
      continue;
    }
    const changers = whole.tests.filter((test) => changes(here, test));
    if (changers.length === 0) {
      fault ??= nonePasses(whole, 'alone');
      continue;
    }
    reached = true;
    const within = await pairAmong(whole, changers, whole.tests, run);
    if (within) return prove(within, run);
    const others = reachesNextFile(here, suite.schedule.crossFile) ? otherFiles(file, deeds, suite.testFiles) : [];
    if (others.length === 0) continue;
    const onward = await run([{ file }, ...others.map((other) => ({ file: other }))]);
    const beyond = await pairAmong(
      onward,
      onward.tests.filter((test) => changes(here, test)),
      [...(await firstOfBroken(onward, run)), ...onward.tests.filter((test) => test.file !== file)],
      run,
    );
    if (beyond) return prove(beyond, run);
  }
  if (reached) return concluded('NOT-CONFIRMED', 'no test that runs later in the same worker fails by it');
  if (fault !== undefined) return concluded('ALREADY-FAILING', fault);
  return concluded('UNREACHED', 'no test that leaves it behind has run');
}

/** Proves that a test needs what an earlier one has left: it fails alone and passes after it. */
export async function judgeDependence({ deeds }: Suspect, run: Run): Promise<Judged> {
  const [reader] = deeds.filter((each) => each.does === 'read');
  if (!reader) return concluded('UNREACHED', 'no test that reads it is known');
  const whole = await run([{ file: reader.file }]);
  if (whole.tests.length === 0) return concluded('ALREADY-FAILING', whole.fault ?? 'no test has run');
  const at = whole.tests.findIndex((test) => changes([reader], test));
  const b = whole.tests[at];
  const a = whole.tests.slice(0, Math.max(at, 0)).find((test) =>
    changes(
      deeds.filter((each) => each.does === 'write'),
      test,
    ),
  );
  if (!b || !a) return concluded('UNREACHED', 'the tests that write and read it have not run one after the other');
  if (b.state !== 'passed')
    return concluded('ALREADY-FAILING', `it fails after the tests before it: ${shortened(b.message) ?? 'no reason is given'}`, { b: named(b) });
  const alone = [chosen(b)];
  const after = [chosen(a), chosen(b)];
  const trials: Trial[] = [];
  const failure = await tryOut('bad', alone, b, trials, run);
  if (trials.every((each) => each.passed)) return concluded('NOT-CONFIRMED', 'it passes alone too', { a: named(a), b: named(b), trials });
  await tryOut('control', after, b, trials, run);
  const { word } = weigh(trials);
  return concluded(word, word === 'CONFIRMED' ? 'alone, it fails every time; after the other test, it never does' : weigh(trials).why, {
    a: named(a),
    b: named(b),
    order: 'B without A before it',
    trials,
    trace: [
      { role: 'B', what: `runs \`${b.name}\` alone`, contested: true },
      { role: 'B', what: 'fails', contested: true },
    ],
    ...(failure === undefined ? {} : { failure, replay: { kind: 'in-one-worker', tests: [named(b)], fails: named(b), says: saysOf(failure) } }),
  });
}

const filesOf = (deeds: readonly Deed[]): readonly string[] => [...new Set(deeds.map((each) => each.file))].slice(0, 3);
export const chosen = ({ file, name }: TestName): Choice[number] => ({ file, test: name });
const named = ({ file, name }: TestName): TestName => ({ file, name });

/** Whether one of the deeds is done when this test runs. */
function changes(deeds: readonly Deed[], test: TestName): boolean {
  return deeds.some(({ file, tests }) => file === test.file && (!tests || isNamed(test.name, tests)));
}

const reachesNextFile = (deeds: readonly Deed[], crossFile: readonly string[]): boolean =>
  deeds.some(({ state }) => (state === undefined ? crossFile.includes('module') : crossFile.includes(state)));

/** Files that the finding names come first: they are known to meet it. */
function otherFiles(file: string, deeds: readonly Deed[], all: readonly string[]): readonly string[] {
  const known = new Set(deeds.map((each) => each.file));
  const rest = all.filter((each) => each !== file);
  return [...rest.filter((each) => known.has(each)), ...rest.filter((each) => !known.has(each))].slice(0, MOST.files);
}

/** Of a file that does not even load after another: its first test, as one that fails. */
async function firstOfBroken({ broken }: Outcome, run: Run): Promise<readonly TestOutcome[]> {
  const [first] = broken;
  if (!first) return [];
  const test = (await run([{ file: first.file }])).tests.find((each) => each.state === 'passed');
  return test ? [{ ...test, state: 'failed', message: first.message }] : [];
}

/** A failing test that passes alone, and the one before it that makes it fail. */
async function pairAmong(outcome: Outcome, changers: readonly TestOutcome[], among: readonly TestOutcome[], run: Run): Promise<Pair | undefined> {
  const failing = among.filter((test) => test.state === 'failed').slice(0, MOST.victims);
  for (const b of failing) {
    const found = outcome.tests.indexOf(b);
    const place = found < 0 ? outcome.tests.length : found;
    const before = changers.filter((test) => outcome.tests.indexOf(test) < place).reverse();
    // Those that run at the same time may stand after it.
    const after = changers.filter((test) => outcome.tests.indexOf(test) > place);
    const culprits = [...before, ...after].filter((test) => test.state !== 'failed').slice(0, MOST.culprits);
    if (culprits.length === 0) continue;
    const alone = await run([chosen(b)]);
    if (outcomeOf(alone, b)?.state !== 'passed') continue;
    for (const a of culprits) {
      const both = await run([chosen(a), chosen(b)]);
      if (outcomeOf(both, b)?.state === 'failed' && outcomeOf(both, a)?.state !== 'failed') return { a, b, alone, both };
    }
  }
  return undefined;
}

async function prove({ a, b, alone, both }: Pair, run: Run): Promise<Judged> {
  const trials: Trial[] = [];
  const failure = await tryOut('bad', [chosen(a), chosen(b)], b, trials, run, [both]);
  await tryOut('control', [chosen(b)], b, trials, run, [alone]);
  const { word, why } = weigh(trials);
  return concluded(word, word === 'CONFIRMED' ? 'after the other test in the same worker, it fails every time; alone, it never does' : why, {
    a: named(a),
    b: named(b),
    order: 'A, then B, in one worker',
    trials,
    trace: [
      { role: 'A', what: `runs \`${a.name}\``, contested: true },
      { role: 'B', what: `runs \`${b.name}\` in the same worker`, contested: true },
      { role: 'B', what: 'fails', contested: true },
    ],
    ...(failure === undefined ? {} : { failure, replay: { kind: 'in-one-worker', tests: [named(a), named(b)], fails: named(b), says: saysOf(failure) } }),
  });
}

/** Runs an order as often as it takes, and gives the failure of B. Runs that are done count. */
async function tryOut(
  order: Trial['order'],
  choice: Choice,
  b: TestName,
  trials: Trial[],
  run: Run,
  done: readonly Outcome[] = [],
): Promise<string | undefined> {
  let failure: string | undefined;
  for (let time = 0; time < TIMES; time++) {
    const outcome = done[time] ?? (await run(choice));
    const own = outcomeOf(outcome, b);
    const passed = own?.state === 'passed';
    if (!passed) failure ??= shortened(own?.message ?? outcome.fault);
    trials.push({ order, passed, milliseconds: outcome.milliseconds });
  }
  return failure;
}
