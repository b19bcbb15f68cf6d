import type { ChalkInstance } from 'chalk';
import type { Report } from '../model/report.js';
import type { VerdictWord } from '../model/verdict.js';
import { count, cut, placeText, visible } from './digest.js';
import { proved, trialsText, untriedByReason, verdictTally, type Proved } from './verdicts.js';

/** How a page writes: `flow` breaks a text into lines with an indent. */
interface Page {
  readonly paint: ChalkInstance;
  readonly flow: (text: string, indent: string) => string;
}

/** What running the tests has proved, a block for each finding. */
export function verdictBlocks(report: Report, page: Page): readonly string[] {
  const all = proved(report);
  const untried = untriedByReason(report).map(({ why, findings }) => page.flow(`${count(findings.length, 'finding')} not tried: ${why}.`, '  '));
  return [
    page.paint.bold(page.flow(verdictTally(report, all), '')),
    ...all.map((finding) => block(finding, page)),
    ...(untried.length > 0 ? [untried.join('\n')] : []),
  ];
}

function block({ verdict, rule, places, wording }: Proved, { paint, flow }: Page): string {
  const { word, why, a, b, failure, again } = verdict;
  const trials = trialsText(verdict);
  return [
    `  ${tint(word, paint)} ${paint.bold(rule)}  ${visible(placeText(places[0]))}  ${paint.dim(`${(verdict.milliseconds / 1000).toFixed(1)} s`)}`,
    flow(visible(`${wording.what} ${why[0]!.toUpperCase()}${why.slice(1)}.`), '    '),
    ...(a ? [`    A  ${visible(a.file)}: ${visible(a.name)}`] : []),
    ...(b ? [`    B  ${visible(b.file)}: ${visible(b.name)}`] : []),
    ...(trials ? [flow(trials, '    ')] : []),
    ...(failure === undefined ? [] : [paint.dim(`    B fails: ${cut(visible(failure), 160)}`)]),
    ...(again === undefined ? [] : [paint.dim(`    ${visible(again)}`)]),
  ].join('\n');
}

const tint = (word: VerdictWord, paint: ChalkInstance): string =>
  word === 'CONFIRMED' ? paint.red(word) : word === 'FLAKY-CONFIRMED' || word === 'ALREADY-FAILING' ? paint.yellow(word) : paint.green(word);
