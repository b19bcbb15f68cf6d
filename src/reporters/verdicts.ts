import { grouped } from '../model/grouped.js';
import type { Report, ReportedFinding } from '../model/report.js';
import type {
  FixCheck,
  FixWord,
  Meeting,
  ObservedSuite,
  RepeatedSuite,
  SharedThing,
  SuiteRuns,
  TestName,
  Verdict,
  VerdictWord,
  Verification,
} from '../model/verdict.js';
import { listText } from '../model/lists.js';
import { count, sentence } from './digest.js';

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

const FIX_ORDER: readonly FixWord[] = ['BROKEN', 'NOT-FIXED', 'FIXED', 'UNPROVED'];

/** What has become of findings of an earlier tree: those that need work first. What could not be proved is told by reason. */
export function fixesOf(checks: readonly FixCheck[]): {
  readonly told: readonly FixCheck[];
  readonly unproved: readonly { readonly why: string; readonly times: number }[];
  /** What is left to be tried where something is fixed. */
  readonly next: readonly string[];
} {
  return {
    told: checks.filter(({ word }) => word !== 'UNPROVED').sort((a, b) => FIX_ORDER.indexOf(a.word) - FIX_ORDER.indexOf(b.word)),
    unproved: [...byReason(checks.filter(({ word }) => word === 'UNPROVED'))].map(([why, all]) => ({ why, times: all.length })),
    next: checks.some(({ word }) => word === 'FIXED') ? [WHOLE_SUITE] : [],
  };
}

/** Each file of a pair is the first one of its worker. */
const WHOLE_SUITE = 'Fixed is said of two test files at a time. Whether the whole suite passes in parallel is seen by `isolation-audit verify --runs 10`.';

const inWords = (word: string): string => word.toLowerCase().replaceAll('-', ' ');

/** `Of 3 findings that stood at main, put to the test in 21 s, 2 are fixed and 1 is not fixed.` */
function fixTally(milliseconds: number, { against, checks }: NonNullable<Verification['fixes']>): string {
  if (checks.length === 0) return `Nothing that was found at ${against} is gone.`;
  const parts = FIX_ORDER.map((word) => ({ word, times: checks.filter((each) => each.word === word).length })).filter(({ times }) => times > 0);
  const words = parts.map(({ word, times }) => `${times} ${times === 1 ? 'is' : 'are'} ${inWords(word)}`);
  return `Of ${count(checks.length, 'finding')} at ${against}, put to the test there and here in ${seconds(milliseconds)}, ${listText(words)}.`;
}

const percent = (part: number): string => `${(part * 100).toFixed(part < 0.1 ? 1 : 0)} %`;
const mean = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / all.length;

/** What whole runs of a suite tell, a sentence each. */
export function repeatedText({ title, dir, workers, twoAtOnce = false, seed, why, serial, parallel, failed, bound }: RepeatedSuite): readonly string[] {
  const name = suiteName({ title, dir });
  if (parallel.length === 0) return [sentence(`${name} was not run in parallel: ${why ?? 'no run was asked for'}`)];
  const order = seed === undefined ? '' : `, files in an order drawn with ${seed}`;
  const [before, after] = [serial?.testMilliseconds, parallel.flatMap((each) => each.testMilliseconds ?? [])];
  const wall = mean(parallel.map((each) => each.milliseconds));
  return [
    `${name}, ${count(parallel.length, 'run')} in ${count(workers, 'worker')}${twoAtOnce ? ', two at once each time' : ''}${order}: ${failed === 0 ? 'every test that passes in one worker passes in all of them' : `in ${failed} of them a test fails that passes in one worker`}.`,
    ...(bound === undefined || bound === 1
      ? []
      : [`So a run fails in less than ${percent(bound)} of cases, at 95 % confidence; 59 runs without a failure would say 5 %.`]),
    ...(why === undefined ? [] : [sentence(why)]),
    ...(serial ? [`In one worker ${seconds(serial.milliseconds)}, in ${workers} ${seconds(wall)}: ${speed(serial.milliseconds / wall)}.`] : []),
    ...(before === undefined || before === 0 || after.length === 0 ? [] : [`All tests together take ${change(mean(after) / before)} in parallel.`]),
  ];
}

/** `Vitest: 214 commands of 12 files were seen; tests meet in 1 database.` */
export function observedText({ title, dir, why, files, commands, meetings }: ObservedSuite): string {
  const name = suiteName({ title, dir });
  if (files === 0) return sentence(`${name}: ${why ?? 'no test sent a command to a server'}`);
  const met = meetings.length === 0 ? 'no two of them meet' : `they meet in ${count(meetings.length, 'database')}`;
  return [
    sentence(`${name}: ${count(commands, 'command')} of ${count(files, 'test file')} ${commands === 1 ? 'was' : 'were'} seen, and ${met}`),
    ...(why === undefined ? [] : [sentence(why)]),
  ].join(' ');
}

/** `redis 0: 4 test files share key cart and 2 more.` Then how the scan and a forced order stand to it. */
export function meetingText({ service, database, things, finding, verdict }: Meeting): string {
  const files = new Set(things.flatMap(({ uses }) => uses.map(({ file }) => file))).size;
  const more = things.length === 1 ? '' : ` and ${things.length - 1} more`;
  const known =
    finding !== undefined
      ? `Finding ${finding} tells it.`
      : verdict
        ? `The scan does not tell it. ${verdict.word}: ${sentence(verdict.why)}`
        : 'The scan does not tell it, and no time was left to try it.';
  return `${service}${database === '' ? '' : ` ${database}`}: ${count(files, 'test file')} share ${things[0]?.name}${more}. ${known}`;
}

/** Files that change a thing, or those that only read it. */
export const usersOf = ({ uses }: SharedThing, isChange: boolean): readonly string[] => [
  ...new Set(uses.filter(({ does }) => (does === 'read') !== isChange).map(({ file }) => file)),
];

const suiteName = ({ title, dir }: Pick<SuiteRuns, 'title' | 'dir'>): string => `${title}${dir === '' ? '' : ` in ${dir}`}`;

const speed = (ratio: number): string => (ratio >= 1 ? `${ratio.toFixed(1)} times as fast` : `${(1 / ratio).toFixed(1)} times as slow`);
const change = (ratio: number): string => (ratio >= 1 ? `${percent(ratio - 1)} longer` : `${percent(1 - ratio)} less`);

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;

/** `4 findings were put to the test in 21 s: 3 confirmed and 1 not confirmed. 2 could not be tried.` */
export function verdictTally({ verification }: Report, all: readonly Proved[]): string {
  if (!verification) return '';
  if (verification.repeated) return `Each suite was run whole in ${seconds(verification.milliseconds)}.`;
  if (verification.observed) return `Each suite was watched in ${seconds(verification.milliseconds)}.`;
  if (verification.fixes) return fixTally(verification.milliseconds, verification.fixes);
  const left = verification.untried.length;
  const parts = ORDER.map((word) => ({ word, times: all.filter((each) => each.verdict.word === word).length })).filter(({ times }) => times > 0);
  const words = parts.map(({ word, times }) => `${times} ${inWords(word)}`);
  const tried =
    all.length === 0
      ? 'No finding was put to the test.'
      : `${count(all.length, 'finding')} ${all.length === 1 ? 'was' : 'were'} put to the test in ${seconds(verification.milliseconds)}: ${listText(words)}.`;
  const { resumed = 0 } = verification;
  return [
    tried,
    ...(resumed > 0 ? [`${resumed} of the verdicts ${resumed === 1 ? 'is' : 'are'} from the run before, which was cut short.`] : []),
    ...(left > 0 ? [`${left} could not be tried.`] : []),
  ].join(' ');
}

/** `orders.test.ts: an order is listed`; the file alone where no test is known. */
export const testText = ({ file, name }: TestName): string => (name === '' ? file : `${file}: ${name}`);

/** `A, then B, in one worker: fails 3 of 3 times. Control: fails 0 of 3 times.` Where no order is named, none has broken anything. */
export function trialsText({ order, trials }: Verdict): string | undefined {
  const told = (kind: 'bad' | 'control', name: string): string[] => {
    const runs = trials.filter((each) => each.order === kind);
    return runs.length === 0 ? [] : [`${name}: fails ${runs.filter((each) => !each.passed).length} of ${runs.length} times.`];
  };
  const harmless = trials.filter((each) => each.order === 'bad').length;
  const bad = order !== undefined ? told('bad', order) : harmless > 0 ? [`In ${count(harmless, 'run')} of bad orders no test fails.`] : [];
  const all = [...bad, ...told('control', 'Control')];
  return all.length === 0 ? undefined : all.join(' ');
}

/** Findings that could not be tried, by reason. */
export function untriedByReason({ verification, findings }: Report): readonly { readonly why: string; readonly findings: readonly ReportedFinding[] }[] {
  const untried = (verification?.untried ?? []).flatMap(({ finding, why }) => {
    const meant = findings.find((each) => each.number === finding);
    return meant ? [{ why, meant }] : [];
  });
  return [...byReason(untried)].map(([why, all]) => ({ why, findings: all.map(({ meant }) => meant) }));
}

const byReason = <T extends { readonly why: string }>(told: readonly T[]): ReadonlyMap<string, readonly T[]> => grouped(told, ({ why }) => why);
