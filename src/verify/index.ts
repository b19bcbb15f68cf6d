/**
 * Puts findings to the test: runs the tests they name in the orders that break them, and says what came of it.
 * It must not change a file of the project. What it finds of its own, by watching whole runs, is marked as observed.
 */
import type { Report } from '../model/report.js';
import type { Untried } from '../model/verdict.js';
import { keptVerdicts } from '../project/kept-verdicts.js';
import { suitesOf, suspectsOf, type SuspectOptions } from '../project/suspects.js';
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
  /** A shell command that makes what the tests expect on PostgreSQL, run once; each run of the tests begins with what it has made. */
  readonly prepare?: string;
  readonly signal?: AbortSignal;
  /** Folder of the programs of the laboratory; the package's own unless told. */
  readonly programs?: string;
}

/** Scans, and runs what is asked for. The report carries what came of it. */
export async function verify(options: VerifyOptions): Promise<Report> {
  const begun = Date.now();
  const { against, repeat } = options;
  if (against !== undefined) return checkAgainst({ ...options, against }, begun);
  if (repeat) return repeatWhole({ ...options, repeat }, begun);
  return options.discover ? watchWhole(options, begun) : tryFindings(options, begun);
}

/** Runs the tests that the findings name, the most valuable first. Where the last verification of the same tree was cut short, by its budget or by a signal, its verdicts stand. */
async function tryFindings(options: VerifyOptions, begun: number): Promise<Report> {
  const { report, suspects, stamp } = await suspectsOf(options);
  const kept = keptVerdicts(options.root, options.prepare === undefined ? stamp : `${stamp} ${options.prepare}`);
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

/** Runs each suite whole, again and again. */
async function repeatWhole(options: VerifyOptions & { readonly repeat: Repeat }, begun: number): Promise<Report> {
  const { suites, reportWith } = await suitesOf(options);
  const report = reportWith([]);
  const repeated = await repeatSuites(suites, options.repeat, options, begun);
  return { ...report, verification: { milliseconds: Date.now() - begun, untried: [], repeated } };
}

/** Watches each suite whole. What only that has shown, and is confirmed, is a finding of the report. */
async function watchWhole(options: VerifyOptions, begun: number): Promise<Report> {
  const audited = await suitesOf(options);
  const seen = await discover(audited.suites, audited.told, options, begun);
  const { report, observed } = tellObserved(seen, audited);
  return { ...report, verification: { milliseconds: Date.now() - begun, untried: [], observed } };
}

export { replay, type Replayed, type ReplayOptions } from './replay.js';
export { checkChange, type ChangeOptions } from './against.js';
export type { Repeat } from './repeat.js';
