import type { ReportedFinding } from '../model/report.js';
import type { TestName, Trial, Verdict } from '../model/verdict.js';
import { plain, type Choice, type Outcome, type TestOutcome } from './run.js';

/** What a procedure concludes; time and versions are added by whoever asked for it. */
export type Judged = Omit<Verdict, 'versions' | 'milliseconds' | 'again'>;

export type Run = (choice: Choice) => Promise<Outcome>;

/** Times that the bad order and the control order are run. */
export const TIMES = 3;

export const concluded = (word: Verdict['word'], why: string, more: Partial<Judged> = {}): Judged => ({ trials: [], trace: [], ...more, word, why });

/** A test's outcome in a run. Where it did not come to it because its file could not be loaded or set up, that is its failure. */
export function outcomeOf(outcome: Outcome, { file, name }: TestName): TestOutcome | undefined {
  const own = outcome.tests.find((each) => each.file === file && each.name === name);
  const broken = outcome.broken.find((each) => each.file === file);
  return broken && (own === undefined || own.state === 'skipped') ? { file, name, state: 'failed', message: broken.message } : own;
}

/** Why no test of a start has passed: `` `books are found` fails alone: no such table ``; nothing where one has. */
export function nonePasses({ tests, fault }: Outcome, when: string): string | undefined {
  if (tests.some(({ state }) => state === 'passed')) return undefined;
  const failed = tests.find(({ state }) => state === 'failed');
  return failed ? `\`${failed.name}\` fails ${when}: ${shortened(failed.message) ?? 'no reason is given'}` : (fault ?? 'no test runs');
}

/** The text of a failure in one line of at most 300 characters. */
export function shortened(message: string | undefined): string | undefined {
  if (message === undefined) return undefined;
  const text = plain(message)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

/** How a failure begins, to know it again. */
export const saysOf = (message: string | undefined): string => (shortened(message) ?? '').slice(0, 60);

/** The verdict that the runs of both orders give. */
export function weigh(trials: readonly Trial[]): { readonly word: Verdict['word']; readonly why: string } {
  const bad = trials.filter((each) => each.order === 'bad');
  const control = trials.filter((each) => each.order === 'control');
  const failed = bad.filter((each) => !each.passed).length;
  if (control.some((each) => !each.passed))
    return { word: 'NOT-CONFIRMED', why: `the control order fails too, ${control.filter((each) => !each.passed).length} of ${control.length} times` };
  if (failed === bad.length && failed > 0) return { word: 'CONFIRMED', why: `the bad order fails ${failed} of ${bad.length} times, the control order never` };
  if (failed > 0) return { word: 'FLAKY-CONFIRMED', why: `the bad order fails ${failed} of ${bad.length} times, the control order never` };
  return { word: 'NOT-CONFIRMED', why: `the bad order passes ${bad.length} of ${bad.length} times` };
}

/** Findings with the verdicts on them, by their numbers; the others as they are. */
export const withVerdicts = (findings: readonly ReportedFinding[], verdicts: ReadonlyMap<number, Verdict>): readonly ReportedFinding[] =>
  findings.map((finding) => {
    const verdict = verdicts.get(finding.number);
    return verdict ? { ...finding, verdict } : finding;
  });
