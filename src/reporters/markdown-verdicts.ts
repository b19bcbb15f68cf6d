import type { Report } from '../model/report.js';
import { count, sentence } from './digest.js';
import { code, details, placeLink, prose } from './markdown-text.js';
import { proved, trialsText, untriedByReason, verdictTally, type Proved } from './verdicts.js';

/** What running the tests has proved; nothing in the report of a scan. */
export function verdictSection(report: Report, toRoot: string): readonly string[] {
  if (!report.verification) return [];
  const all = proved(report);
  const untried = untriedByReason(report).map(
    ({ why, findings }) => `- ${count(findings.length, 'finding')}: ${prose(why)} (${[...new Set(findings.map((each) => code(each.rule)))].join(', ')})`,
  );
  return [
    '## Verdicts',
    prose(verdictTally(report, all)),
    ...all.map((finding) => verdict(finding, toRoot)),
    ...(untried.length > 0 ? [details('What could not be tried', untried.join('\n'))] : []),
  ];
}

function verdict({ verdict: given, rule, places, wording }: Proved, toRoot: string): string {
  const { word, why, a, b, failure, versions, again, trace } = given;
  const trials = trialsText(given);
  const lines = [
    ...(a ? [`- A: ${code(a.name)} in ${code(a.file)}`] : []),
    ...(b ? [`- B: ${code(b.name)} in ${code(b.file)}`] : []),
    ...(trials ? [`- ${prose(trials)}`] : []),
    ...(versions.length > 0 ? [`- ${prose(versions.join(', '))}`] : []),
  ];
  const steps = trace.map(({ role, what, contested }) => `${contested ? '*' : ' '} ${role}  ${what}`);
  return [
    `### ${word}: ${code(rule)} at ${placeLink(places[0], toRoot)}`,
    prose(`${sentence(wording.what)} ${sentence(why)}`),
    ...(lines.length > 0 ? [lines.join('\n')] : []),
    ...(steps.length > 0 ? [fenced(steps.join('\n'))] : []),
    ...(failure === undefined ? [] : ['B fails:', fenced(failure)]),
    ...(again === undefined ? [] : [fenced(again, 'sh')]),
  ].join('\n\n');
}

/** A block whose fence is longer than any in the text. */
function fenced(text: string, language = 'text'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
