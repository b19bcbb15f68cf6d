import type { Report } from '../model/report.js';
import type { FixCheck, ObservedSuite, RepeatedSuite, TestName, Verification } from '../model/verdict.js';
import { count, markOf, sentence, some } from './digest.js';
import { code, details, placeLink, prose } from './markdown-text.js';
import { fixesOf, meetingText, observedText, proved, repeatedText, trialsText, untriedByReason, usersOf, verdictTally, type Proved } from './verdicts.js';

/** What running the tests has proved; nothing in the report of a scan. */
export function verdictSection(report: Report, toRoot: string): readonly string[] {
  if (!report.verification) return [];
  const all = proved(report);
  const untried = untriedByReason(report).map(
    ({ why, findings }) => `- ${count(findings.length, 'finding')}: ${prose(why)} (${[...new Set(findings.map((each) => code(each.rule)))].join(', ')})`,
  );
  return [
    headingOf(report.verification),
    prose(verdictTally(report, all)),
    ...all.map((finding) => verdict(finding, toRoot)),
    ...(report.verification.repeated ?? []).map(repeated),
    ...(report.verification.observed ?? []).flatMap(observed),
    ...fixSections(report.verification.fixes?.checks ?? []),
    ...(untried.length > 0 ? [details('What could not be tried', untried.join('\n'))] : []),
  ];
}

/** What has become of findings of an earlier tree, a section for each. */
export function fixSections(checks: readonly FixCheck[]): readonly string[] {
  const { told, unproved, next } = fixesOf(checks);
  const left = unproved.map(({ why, times }) => `- ${count(times, 'finding')}: ${prose(why)}`);
  return [...told.map(fix), ...(left.length > 0 ? [details('What could not be proved', left.join('\n'))] : []), ...next];
}

const headingOf = ({ repeated: runs, observed: seen, fixes }: Verification): string =>
  runs ? '## Whole runs' : seen ? '## Seen on servers' : fixes ? '## Fixes' : '## Verdicts';

function verdict(finding: Proved, toRoot: string): string {
  const { verdict: given, rule, places, wording } = finding;
  const { word, why, a, b, failure, versions, again, trace } = given;
  const trials = trialsText(given);
  const lines = [
    ...(a ? [`- A: ${testIn(a)}`] : []),
    ...(b ? [`- B: ${testIn(b)}`] : []),
    ...(trials ? [`- ${prose(trials)}`] : []),
    ...(versions.length > 0 ? [`- ${prose(versions.join(', '))}`] : []),
  ];
  const steps = trace.map(({ role, what, contested }) => `${contested ? '*' : ' '} ${role}  ${what}`);
  return [
    `### ${word}${markOf(finding)}: ${code(rule)} at ${placeLink(places[0], toRoot)}`,
    prose(`${sentence(wording.what)} ${sentence(why)}`),
    ...(lines.length > 0 ? [lines.join('\n')] : []),
    ...(steps.length > 0 ? [fenced(steps.join('\n'))] : []),
    ...(failure === undefined ? [] : ['B fails:', fenced(failure)]),
    ...(again === undefined ? [] : [fenced(again, 'sh')]),
  ].join('\n\n');
}

function repeated(suite: RepeatedSuite): string {
  return [
    ...repeatedText(suite).map((text) => `- ${prose(text)}`),
    ...suite.failing.map(
      ({ file, name, times, failure }) =>
        `- ${code(name)} in ${code(file)} fails ${times} of ${suite.parallel.length} times${failure === undefined ? '' : `: ${code(failure)}`}`,
    ),
    ...(suite.versions.length > 0 ? [`- ${prose(suite.versions.join(', '))}`] : []),
  ].join('\n');
}

/** Things of one meeting that are shown. */
const MOST_THINGS = 20;

function observed(suite: ObservedSuite): readonly string[] {
  return [
    prose(observedText(suite)),
    ...suite.meetings.flatMap((meeting) => {
      const { things, verdict: tried } = meeting;
      const rows = things.slice(0, MOST_THINGS).map((thing) => {
        const by = (isChange: boolean): string => some(usersOf(thing, isChange), 4, (file) => code(file));
        return `| ${code(thing.name)} | ${by(true)} | ${by(false)} |`;
      });
      return [
        prose(meetingText(meeting)),
        ['| what | changed by | read by |', '|---|---|---|', ...rows].join('\n'),
        ...(things.length > MOST_THINGS ? [`and ${count(things.length - MOST_THINGS, 'more thing')}`] : []),
        ...(tried?.order === undefined ? [] : [prose(trialsText(tried) ?? tried.order)]),
        ...(tried?.failure === undefined ? [] : [fenced(tried.failure)]),
      ];
    }),
    ...(suite.versions.length > 0 ? [prose(suite.versions.join(', '))] : []),
  ];
}

function fix({ word, rule, path, line, resource, why, before, failure }: FixCheck): string {
  const { a, b } = before ?? {};
  const trials = before && trialsText(before);
  const lines = [...(a ? [`- A: ${testIn(a)}`] : []), ...(b ? [`- B: ${testIn(b)}`] : []), ...(trials ? [`- Before: ${prose(trials)}`] : [])];
  return [
    `### ${word}: ${code(rule)}, which stood at ${code(`${path}:${line}`)}`,
    prose(sentence(`${resource}: ${why}`)),
    lines.join('\n'),
    ...(failure === undefined ? [] : ['Now B fails:', fenced(failure)]),
  ].join('\n\n');
}

const testIn = ({ file, name }: TestName): string => (name === '' ? code(file) : `${code(name)} in ${code(file)}`);

/** A block whose fence is longer than any in the text. */
function fenced(text: string, language = 'text'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
