import type { Report, ReportedFinding } from '../model/report.js';
import type { Verdict, VerdictWord } from '../model/verdict.js';
import { count, listText } from './digest.js';

export interface Proved extends ReportedFinding {
  readonly verdict: Verdict;
}

const ORDER: readonly VerdictWord[] = ['CONFIRMED', 'FLAKY-CONFIRMED', 'SERIALISED', 'NOT-CONFIRMED', 'UNREACHED', 'ALREADY-FAILING'];

/** What proves most comes first. */
export function proved(report: Report): readonly Proved[] {
  return report.findings
    .filter((each): each is Proved => each.verdict !== undefined)
    .sort((a, b) => ORDER.indexOf(a.verdict.word) - ORDER.indexOf(b.verdict.word) || a.number - b.number);
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;

/** `4 findings were put to the test in 21 s: 3 confirmed and 1 not confirmed. 2 could not be tried.` */
export function verdictTally({ verification }: Report, all: readonly Proved[]): string {
  if (!verification) return '';
  const left = verification.untried.length;
  const parts = ORDER.map((word) => ({ word, times: all.filter((each) => each.verdict.word === word).length })).filter(({ times }) => times > 0);
  const words = parts.map(({ word, times }) => `${times} ${word.toLowerCase().replaceAll('-', ' ')}`);
  const tried =
    all.length === 0
      ? 'No finding was put to the test.'
      : `${count(all.length, 'finding')} ${all.length === 1 ? 'was' : 'were'} put to the test in ${seconds(verification.milliseconds)}: ${listText(words)}.`;
  return left === 0 ? tried : `${tried} ${left} could not be tried.`;
}

/** `A, then B, in one worker: fails 3 of 3 times. Control: fails 0 of 3 times.` */
export function trialsText({ order, trials }: Verdict): string | undefined {
  const told = (kind: 'bad' | 'control', name: string): string[] => {
    const runs = trials.filter((each) => each.order === kind);
    return runs.length === 0 ? [] : [`${name}: fails ${runs.filter((each) => !each.passed).length} of ${runs.length} times.`];
  };
  const all = [...told('bad', order ?? 'Bad order'), ...told('control', 'Control')];
  return all.length === 0 ? undefined : all.join(' ');
}

/** Findings that could not be tried, by reason. */
export function untriedByReason({ verification, findings }: Report): readonly { readonly why: string; readonly findings: readonly ReportedFinding[] }[] {
  const reasons = new Map<string, ReportedFinding[]>();
  for (const { finding, why } of verification?.untried ?? []) {
    const meant = findings.find((each) => each.number === finding);
    if (meant) reasons.set(why, [...(reasons.get(why) ?? []), meant]);
  }
  return [...reasons].map(([why, meant]) => ({ why, findings: meant }));
}
