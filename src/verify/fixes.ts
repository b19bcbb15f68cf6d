import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isConfirmed, type FixCheck, type TestName, type Trial } from '../model/verdict.js';
import { outcomeOf, shortened, TIMES, type Judged, type Run } from './judged.js';
import type { Choice } from './run.js';

/*
 * Whether what broke tests in an earlier tree still does in this one.
 */

/** What is known when the orders have been run on this tree. */
export type Fixed = Pick<FixCheck, 'word' | 'why' | 'trials' | 'failure'>;

/** The tests of a verdict that confirms, with what was run for it. */
export interface ConfirmedPair {
  /** Leaves or takes something. */
  readonly a: TestName;
  /** Fails by it. */
  readonly b: TestName;
  readonly trials: readonly Trial[];
}

/** Why nothing can be said: a test file of the pair is not there any more. */
export function goneFrom(root: string, { a, b }: ConfirmedPair): Fixed | undefined {
  const gone = [a, b].find(({ file }) => !existsSync(join(root, file)));
  return gone && { word: 'UNPROVED', why: `\`${gone.file}\` is not there any more`, trials: [] };
}

/** Of state that is left in a worker: the bad order and the control order once more. */
export async function judgeFixInWorker({ b }: ConfirmedPair, bad: Choice, control: Choice, run: Run): Promise<Fixed> {
  const trials: Trial[] = [];
  for (const [order, choice, times] of [
    ['control', control, 1],
    ['bad', bad, TIMES],
  ] as const) {
    for (let time = 0; time < times; time++) {
      const outcome = await run(choice);
      const own = outcomeOf(outcome, b);
      const passed = own?.state === 'passed';
      trials.push({ order, passed, milliseconds: outcome.milliseconds });
      if (passed) continue;
      if (own?.state !== 'failed') return { word: 'UNPROVED', why: outcome.fault ?? `\`${b.name}\` is not run any more`, trials };
      const why = order === 'bad' ? 'it still fails in the bad order' : 'it fails in the control order, in which it passed before';
      return { word: order === 'bad' ? 'NOT-FIXED' : 'BROKEN', why, trials, ...failureOf(own.message) };
    }
  }
  return { word: 'FIXED', why: `it passes in the bad order, ${TIMES} of ${TIMES} times`, trials };
}

/** Of what two files share: the finding's whole procedure once more, and whether the test that failed is still there and passes alone. */
export async function judgeFixAtOnce({ b, trials: before }: ConfirmedPair, judge: () => Promise<Judged>, run: Run): Promise<Fixed> {
  const alone = await run([{ file: b.file }]);
  const own = outcomeOf(alone, b);
  if (own?.state !== 'passed') {
    const trials: Trial[] = [{ order: 'alone', passed: false, milliseconds: alone.milliseconds }];
    if (own?.state !== 'failed') return { word: 'UNPROVED', why: alone.fault ?? `\`${b.name}\` is not run any more`, trials };
    return { word: 'BROKEN', why: 'it fails alone, and did not before', trials, ...failureOf(own.message) };
  }
  const judged = await judge();
  const { word, why, trials, failure, missed = 0 } = judged;
  const told = { trials, ...(failure === undefined ? {} : { failure }) };
  const failed = (order: Trial['order'], of = trials): boolean => of.some((each) => each.order === order && !each.passed);
  if (isConfirmed(judged)) return { word: 'NOT-FIXED', why, ...told };
  // Other tests of the two files may have failed before: that they still do says nothing about the change.
  if (word === 'ALREADY-FAILING' || (failed('alone') && !failed('alone', before)) || failed('control')) return { word: 'BROKEN', why, ...told };
  if (missed > 0) return { word: 'UNPROVED', why, ...told };
  return { word: 'FIXED', why, ...told };
}

const failureOf = (message: string | undefined): { readonly failure?: string } => (message === undefined ? {} : { failure: shortened(message)! });
