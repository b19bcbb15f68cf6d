import type { ChalkInstance } from 'chalk';
import type { Report } from '../model/report.js';
import type { FixCheck, ObservedSuite, RepeatedSuite, VerdictWord } from '../model/verdict.js';
import { count, cut, markOf, placeText, sentence, visible } from './digest.js';
import { fixesOf, meetingText, observedText, proved, repeatedText, testText, trialsText, untriedByReason, verdictTally, type Proved } from './verdicts.js';

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
    ...(report.verification?.repeated ?? []).map((suite) => repeatedBlock(suite, page)),
    ...(report.verification?.observed ?? []).map((suite) => observedBlock(suite, page)),
    ...fixBlocks(report.verification?.fixes?.checks ?? [], page),
    ...(untried.length > 0 ? [untried.join('\n')] : []),
  ];
}

/** What has become of findings of an earlier tree, a block for each. */
export function fixBlocks(checks: readonly FixCheck[], page: Page): readonly string[] {
  const { told, unproved, next } = fixesOf(checks);
  const left = unproved.map(({ why, times }) => page.flow(`${count(times, 'finding')} not proved: ${why}.`, '  '));
  return [...told.map((check) => fixBlock(check, page)), ...(left.length > 0 ? [left.join('\n')] : []), ...next.map((text) => page.flow(text, '  '))];
}

function block(finding: Proved, { paint, flow }: Page): string {
  const { verdict, rule, places, wording } = finding;
  const { word, why, a, b, failure, again } = verdict;
  const trials = trialsText(verdict);
  return [
    `  ${tint(word, paint)}${markOf(finding)} ${paint.bold(rule)}  ${visible(placeText(places[0]))}  ${paint.dim(`${(verdict.milliseconds / 1000).toFixed(1)} s`)}`,
    flow(visible(`${wording.what} ${why[0]!.toUpperCase()}${why.slice(1)}.`), '    '),
    ...(a ? [`    A  ${visible(testText(a))}`] : []),
    ...(b ? [`    B  ${visible(testText(b))}`] : []),
    ...(trials ? [flow(trials, '    ')] : []),
    ...(failure === undefined ? [] : [paint.dim(`    B fails: ${cut(visible(failure), 160)}`)]),
    ...(again === undefined ? [] : [paint.dim(`    ${visible(again)}`)]),
  ].join('\n');
}

function fixBlock({ word, rule, path, line, resource, why, before, failure }: FixCheck, { paint, flow }: Page): string {
  const { a, b } = before ?? {};
  const trials = before && trialsText(before);
  const tinted = word === 'FIXED' ? paint.green(word) : paint.red(word);
  return [
    `  ${tinted} ${paint.bold(rule)}  ${visible(path)}:${line}`,
    flow(visible(sentence(`${resource}: ${why}`)), '    '),
    ...(a ? [`    A  ${visible(testText(a))}`] : []),
    ...(b ? [`    B  ${visible(testText(b))}`] : []),
    ...(trials ? [flow(`Before: ${trials}`, '    ')] : []),
    ...(failure === undefined ? [] : [paint.dim(`    Now B fails: ${cut(visible(failure), 160)}`)]),
  ].join('\n');
}

function repeatedBlock(suite: RepeatedSuite, { paint, flow }: Page): string {
  return [
    ...repeatedText(suite).map((text) => flow(visible(text), '  ')),
    ...suite.failing.flatMap(({ file, name, times, failure }) => [
      `  ${paint.red(`fails ${times} of ${suite.parallel.length} times`)}  ${visible(file)}: ${visible(name)}`,
      ...(failure === undefined ? [] : [paint.dim(`    ${cut(visible(failure), 160)}`)]),
    ]),
  ].join('\n');
}

function observedBlock(suite: ObservedSuite, { paint, flow }: Page): string {
  return [
    flow(visible(observedText(suite)), '  '),
    ...suite.meetings.flatMap((meeting) => [
      flow(visible(meetingText(meeting)), '    '),
      ...(meeting.verdict?.failure === undefined ? [] : [paint.dim(`    ${cut(visible(meeting.verdict.failure), 160)}`)]),
    ]),
  ].join('\n');
}

const tint = (word: VerdictWord, paint: ChalkInstance): string =>
  word === 'CONFIRMED' ? paint.red(word) : word === 'FLAKY-CONFIRMED' || word === 'ALREADY-FAILING' ? paint.yellow(word) : paint.green(word);
