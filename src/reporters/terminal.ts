import type { ChalkInstance } from 'chalk';
import { Chalk } from 'chalk';
import type { Confidence } from '../model/finding.js';
import { isConfirmed } from '../model/verdict.js';
import type { Report, ReportedFinding } from '../model/report.js';
import type { Digest } from './digest.js';
import { bestFirst, count, cut, digest, excerpt, headline, leftOut, oneLine, placeText, prospect, tally, visible } from './digest.js';
import type { Reporter } from './reporter.js';
import { verdictBlocks } from './terminal-verdicts.js';
import { COMMAND } from './reporter.js';

const MOST_RESOURCES = 10;
const MOST_FINDINGS = 5;
const MOST_RUNNERS = 4;
/** Below this, two cut columns tell less than one whole. */
const NARROW = 60;

/** Breaks at blanks so that no line is wider than the page, unless one word is. */
function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((each) => indent + each).join('\n');
}

interface Page {
  readonly paint: ChalkInstance;
  readonly width: number;
}

const tint = ({ paint }: Page, confidence: Confidence): ((text: string) => string) =>
  confidence === 'certain' ? paint.red : confidence === 'likely' ? paint.yellow : paint.dim;

/** Code in backticks is coloured, and keeps its backticks where there are no colours. */
const spans = ({ paint }: Page, text: string): string => (paint.level === 0 ? text : text.replace(/`([^`]+)`/g, (_, body: string) => paint.cyan(body)));

/** A cell of a table. Colours take the backticks away, so the blanks are counted on what is left. */
function padded(page: Page, text: string, width: number): string {
  const taken = page.paint.level === 0 ? 0 : 2 * (text.match(/`[^`]+`/g)?.length ?? 0);
  return spans(page, text) + ' '.repeat(Math.max(0, width - text.length + taken));
}

/** One line for each way in which files are run, the one of most files first. */
function runners(report: Report): readonly string[] {
  const ways = new Map<string, number>();
  for (const { schedule, title, testFiles } of report.runners) {
    const name = schedule.mode.toLowerCase().startsWith(title.toLowerCase()) ? schedule.mode : `${title}: ${schedule.mode}`;
    const key = JSON.stringify([name, schedule.files.overlap === 'parallel' ? 'in parallel' : 'one after another']);
    ways.set(key, (ways.get(key) ?? 0) + testFiles);
  }
  const lines = [...ways]
    .sort(([, a], [, b]) => b - a)
    .map(([key, files]) => {
      const [name, how] = JSON.parse(key) as readonly [string, string];
      return `${name}: ${count(files, 'test file')}, ${how} today`;
    });
  return lines.length > MOST_RUNNERS
    ? [...lines.slice(0, MOST_RUNNERS), `and ${count(lines.length - MOST_RUNNERS, 'more way', 'more ways')} of running tests`]
    : lines;
}

function resources(page: Page, found: Digest): string | undefined {
  // What holds no file back stands among the findings.
  const holding = found.shared.filter(({ resource }) => resource.holds.length > 0);
  const shown = holding.slice(0, MOST_RESOURCES);
  if (shown.length === 0) return undefined;
  const narrow = page.width < NARROW;
  const fixed = (narrow ? '  holds  ready then  ' : '  holds  ready then  confidence  ').length;
  const longest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));
  const places = shown.map(({ resource }) => (resource.decidedAt ? visible(placeText(resource.decidedAt)) : ''));
  const titles = shown.map(({ resource }) => visible(resource.title));
  const room = page.width - fixed - (narrow ? 0 : 2);
  // The title comes first; the end of a path is enough to know it by.
  const leastPlace = narrow ? 0 : Math.min(longest(['named at', ...places]), 24);
  const titleWidth = Math.min(longest(['resource', ...titles]), room - leastPlace);
  const placeWidth = room - titleWidth;
  const { paint } = page;
  const head = paint.dim(narrow ? '  holds  ready then  resource' : `  holds  ready then  confidence  ${'resource'.padEnd(titleWidth)}  named at`);
  const rows = shown.map(({ resource, findings, readyThen }, at) => {
    const place = places[at] ?? '';
    const tail = place.length > placeWidth ? `…${place.slice(place.length - placeWidth + 1)}` : place;
    const confidence = findings[0].confidence;
    const title = shortened(titles[at] ?? '', titleWidth);
    const cells = [
      String(resource.holds.length).padStart(5),
      String(readyThen).padStart(10),
      ...(narrow ? [spans(page, title)] : [tint(page, confidence)(confidence.padEnd(10)), padded(page, title, titleWidth), tail]),
    ];
    return `  ${cells.join('  ')}`.trimEnd();
  });
  const more = holding.length > shown.length ? [paint.dim(`  and ${count(holding.length - shown.length, 'more resource')}`)] : [];
  return [paint.bold('Shared resources'), head, ...rows, ...more].join('\n');
}

/** Paths begin alike and end in their own way: where there is room for it, the end is shown. */
function shortened(title: string, width: number): string {
  const head = title.slice(0, title.indexOf('`') + 1);
  const room = width - head.length - 1;
  return title.length <= width || head === '' || room < 12 ? cut(title, width) : `${head}…${title.slice(title.length - room)}`;
}

function findingLines(page: Page, finding: ReportedFinding): string {
  const { paint, width } = page;
  const place = finding.places[0];
  const head = `${tint(page, finding.confidence)(finding.confidence)} ${paint.bold(finding.rule)}  ${visible(place.path)}:${place.region.startLine}:${place.region.startColumn}`;
  const line = place.code === undefined ? '' : (excerpt(place.code, Math.max(20, width - 4)).find((each) => each.trim() !== '') ?? '');
  const others = finding.places.length - 1;
  return [
    `  ${head}${others > 0 ? paint.dim(`  and ${count(others, 'more place')}`) : ''}`,
    ...(line === '' ? [] : [paint.dim(`    ${line}`)]),
    spans(page, wrap(oneLine(finding), width, '    ')),
  ].join('\n');
}

/** One finding for each resource first: five lines about one database teach less than five resources. */
function top(found: Digest): readonly ReportedFinding[] {
  const first = found.shared.map((entry) => entry.findings[0]);
  const rest = [...found.shared.flatMap((entry) => entry.findings.slice(1)), ...found.within].sort(bestFirst);
  return [...first, ...rest].slice(0, MOST_FINDINGS);
}

/** What stands in the way, on one screen. */
export const terminal: Reporter = (report, options = {}) => {
  const page: Page = { paint: new Chalk({ level: options.color ?? 0 }), width: Math.max(40, Math.min(options.width ?? 80, 160)) };
  const { paint } = page;
  const found = digest(report);
  const command = options.command ?? COMMAND;
  const shown = top(found);
  const gaps = report.gaps.reduce((sum, gap) => sum + gap.count, 0);
  // Who has the proof wants the repair.
  const isProved = report.findings.some(({ verdict }) => isConfirmed(verdict));
  const next = isProved ? `${command} fix --plan` : shown[0] ? `${command} explain ${shown[0].rule}` : undefined;
  const blocks = [
    wrap([headline(report), prospect(report)].filter(Boolean).join(' '), page.width, '')
      .split('\n')
      .map((line) => paint.bold(line))
      .join('\n'),
    ...(report.verification ? verdictBlocks(report, { paint, flow: (text, indent) => spans(page, wrap(text, page.width, indent)) }) : []),
    runners(report)
      .map((line) => wrap(visible(line), page.width, ''))
      .join('\n'),
    resources(page, found),
    shown.length > 0 && !report.verification ? [paint.bold('First findings'), ...shown.map((finding) => findingLines(page, finding))].join('\n\n') : undefined,
    wrap(
      [tally(report), leftOut(report), gaps > 0 ? `${count(gaps, 'place')} could not be seen; the report lists them.` : undefined].filter(Boolean).join(' '),
      page.width,
      '',
    ),
    [...(options.written ?? []).map(visible), ...(next ? [`Next: ${next}`] : [])].join('\n'),
  ];
  return `${blocks.filter((block) => block !== undefined && block !== '').join('\n\n')}\n`;
};
