/**
 * Puts findings to the test: runs the tests they name in the orders that break them, and says what came of it.
 * It must not change a file of the project. What it finds of its own, by watching whole runs, is marked as observed.
 */
import type { Report } from '../model/report.js';
import type { Untried } from '../model/verdict.js';
import { keptVerdicts } from '../project/kept-verdicts.js';
import { suspectsOf, type SuspectOptions } from '../project/suspects.js';
import { checkAgainst } from './against.js';
import { discover } from './discover.js';
import { withVerdicts } from './judged.js';
import { tellObserved } from './observed.js';
import { repeatSuites, type Repeat } from './repeat.js';
import { putToTheTest, SPENT } from './trying.js';

export interface VerifyOptions extends SuspectOptions {
  /** A git ref: what was found there, and is found no more, is put to the test on both trees. */
  readonly against?: string;
  /** Each suite whole, again and again, in place of single findings. */
  readonly repeat?: Repeat;
  /** Each suite whole, watched in one worker, in place of single findings. */
  readonly discover?: boolean;
  /** Milliseconds after which nothing new is begun; ten minutes unless told. */
  readonly budget?: number;
  readonly signal?: AbortSignal;
  /** Folder of the programs of the laboratory; the package's own unless told. */
  readonly programs?: string;
}

/**
 * Scans, and runs the tests that the findings name, the most valuable first. The report carries the verdicts. Where the last verification of
 * the same tree was cut short, by its budget or by a signal, its verdicts stand.
 */
export async function verify(options: VerifyOptions): Promise<Report> {
  const begun = Date.now();
  if (options.against !== undefined) return checkAgainst({ ...options, against: options.against }, begun);
  const audited = await suspectsOf(options);
  const { report, suspects, suites } = audited;
  if (options.repeat) {
    const repeated = await repeatSuites(suites, options.repeat, options, begun);
    return { ...report, verification: { milliseconds: Date.now() - begun, untried: [], repeated } };
  }
  if (options.discover) {
    const seen = await discover(suites, report.findings, options, begun);
    const { report: whole, observed } = tellObserved(seen, audited);
    return { ...whole, verification: { milliseconds: Date.now() - begun, untried: [], observed } };
  }
  const kept = keptVerdicts(options.root, audited.stamp());
  const known = new Map(
    suspects.flatMap(({ finding }) => {
      const verdict = kept.of(finding);
      return verdict ? [[finding.number, verdict] as const] : [];
    }),
  );
  const left = suspects.filter(({ finding }) => !known.has(finding.number));
  const { verdicts, untried } = await putToTheTest(left, { ...options, onVerdict: kept.add }, begun);
  const isDone = !untried.some(({ why }) => why === SPENT);
  if (isDone) kept.forget(suspects.map(({ finding }) => finding));
  return {
    ...report,
    findings: withVerdicts(report.findings, new Map([...known, ...verdicts])),
    verification: { milliseconds: Date.now() - begun, untried: untried.map(withHint), ...(known.size > 0 ? { resumed: known.size } : {}) },
  };
}

const withHint = ({ finding, why }: Untried): Untried => ({ finding, why: why === SPENT ? `${SPENT}, and the next \`verify\` goes on from here` : why });

export { replay, type Replayed, type ReplayOptions } from './replay.js';
export { checkChange, type ChangeOptions } from './against.js';
export type { Repeat } from './repeat.js';
