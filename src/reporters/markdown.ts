import { grouped } from '../model/grouped.js';
import type { Report, ReportedFile, ReportedFinding, ReportedPlace } from '../model/report.js';
import type { Digest } from './digest.js';
import { axisText, byNewLines, count, digest, headline, leftOut, prospect, ruleUrl, sentence, some, confidenceText, tally } from './digest.js';
import { suiteSection } from './markdown-suite.js';
import { verdictSection } from './markdown-verdicts.js';
import { code, codeBlock, codeLine, details, fileLink, placeLink, prose } from './markdown-text.js';
import { mermaid } from './mermaid.js';
import type { RepairStep } from './repair-order.js';
import type { Reporter } from './reporter.js';
import { COMMAND } from './reporter.js';

/** Bounds that keep the page readable, and below what GitHub renders. What is cut is counted. */
const MOST = {
  rows: 40,
  resources: 25,
  findings: 4,
  foldedFindings: 25,
  places: 4,
  foldedPlaces: 20,
  perRule: 3,
  ready: 200,
  possible: 25,
  gaps: 8,
  foldedGaps: 60,
  unknown: 40,
} as const;

interface Page {
  readonly report: Report;
  readonly toRoot: string;
  readonly command: string;
}

const ORDER =
  'In the order of repair. `ready then` counts the test files that are ready once a resource and all above it are repaired, `frees alone` those that nothing else holds back.';
const TRY = 'The JSON report has all of them.';

/** Links to the pages of the rules that speak in this report, once each: in headings they would drown the text. */
function rulePages({ report }: Page): readonly string[] {
  const links = [...new Set(report.findings.map((each) => each.rule))].sort().flatMap((rule) => {
    const url = ruleUrl(report, rule);
    return url ? [`[${code(rule)}](${url})`] : [];
  });
  return links.length > 0 ? [`Rules in this report: ${links.join(', ')}.`] : [];
}

const repairText = (findings: readonly ReportedFinding[]): string => {
  const automatic = findings.filter((finding) => finding.fix === 'automatic').length;
  return automatic === 0 ? 'by hand' : automatic === findings.length ? 'automatic' : 'partly automatic';
};

function table(page: Page, shared: readonly RepairStep[]): string {
  const rows = shared.slice(0, MOST.rows).map(({ resource, findings, readyThen }, at) => {
    const cells = [
      at < MOST.resources ? `[${at + 1}](#resource-${at + 1})` : String(at + 1),
      prose(resource.title, true),
      String(resource.holds.length),
      String(resource.frees.length),
      String(readyThen),
      resource.decidedAt ? placeLink(resource.decidedAt, page.toRoot, true) : '',
      count(resource.claimants.length, 'file'),
      resource.wipers.length > 0 ? count(resource.wipers.length, 'file') : 'nobody',
      axisText([...new Set(findings.flatMap((finding) => finding.axis))]),
      findings[0].confidence,
      `${prose(findings[0].wording.fix, true)} (${repairText(findings)})`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const head = [
    '| # | resource | holds back | frees alone | ready then | named at | claimed by | wiped by | axis | confidence | what to do |',
    '|---:|---|---:|---:|---:|---|---|---|---|---|---|',
  ];
  const more = shared.length > MOST.rows ? [`\nAnd ${count(shared.length - MOST.rows, 'more resource')}. ${TRY}`] : [];
  return [...head, ...rows, ...more].join('\n');
}

function placeLine(page: Page, place: ReportedPlace): string {
  const line = codeLine(place);
  return `- ${placeLink(place, page.toRoot)} ${prose(place.note)}${line ? `: ${line}` : ''}`;
}

/**
 * Where not all places are shown, the shown ones say as much as they can: where it is opened and emptied, in a test and in the code that the tests
 * call, and not four calls of one kind.
 */
function oneOfEachFirst(places: readonly ReportedPlace[], tests: readonly string[]): readonly ReportedPlace[] {
  const isTest = new Set(tests);
  const first = new Set([...grouped(places, ({ note, path }) => `${isTest.has(path)} ${note}`).values()].map(([place]) => place));
  return [...places.filter((place) => first.has(place)), ...places.filter((place) => !first.has(place))];
}

function finding(page: Page, each: ReportedFinding, heading: string): string {
  const primary = each.places[0];
  const related = byNewLines(each.places).fresh.slice(1);
  const parts = [
    heading,
    prose(`${sentence(each.wording.what)} ${sentence(each.wording.why)}`),
    ...(each.condition ? [prose(`Condition: ${sentence(each.condition)}`)] : []),
    `Fix: ${prose(sentence(each.wording.fix))}`,
    `${placeLink(primary, page.toRoot)} ${prose(primary.note)}${codeBlock(primary) ? ':' : ''}`.trimEnd(),
  ];
  const block = codeBlock(primary);
  if (block) parts.push(block);
  const most = related.length === MOST.places + 1 ? related.length : MOST.places;
  const ordered = related.length > most ? oneOfEachFirst(related, each.files) : related;
  if (related.length > 0)
    parts.push(
      ordered
        .slice(0, most)
        .map((place) => placeLine(page, place))
        .join('\n'),
    );
  const folded = ordered.slice(most);
  if (folded.length > 0) {
    const lines = folded.slice(0, MOST.foldedPlaces).map((place) => placeLine(page, place));
    if (folded.length > MOST.foldedPlaces) lines.push(`- and ${count(folded.length - MOST.foldedPlaces, 'more place')}`);
    parts.push(details(count(folded.length, 'more place'), lines.join('\n')));
  }
  return parts.join('\n\n');
}

const findingLine = (page: Page, each: ReportedFinding): string =>
  `- ${placeLink(each.places[0], page.toRoot)}${each.confidence === 'possible' ? '' : ` ${code(each.rule)}, ${confidenceText(each)}`}: ${prose(`${each.wording.what}${each.condition ? ` Condition: ${sentence(each.condition)}` : ''}`)}`;

function foldedFindings(page: Page, findings: readonly ReportedFinding[], most: number): string {
  const lines = findings.slice(0, most).map((each) => findingLine(page, each));
  if (findings.length > most) lines.push(`- and ${count(findings.length - most, 'more finding')}. ${TRY}`);
  return details(count(findings.length, 'more finding'), lines.join('\n'));
}

function resourceSection(page: Page, { resource, findings }: RepairStep, at: number): string {
  const facts: string[] = [];
  if (resource.holds.length > 0) {
    facts.push(
      resource.frees.length === resource.holds.length
        ? `Holds back ${count(resource.holds.length, 'test file')}; its repair frees ${resource.holds.length === 1 ? 'it' : 'all of them'}.`
        : resource.frees.length === 0
          ? `Holds back ${count(resource.holds.length, 'test file')}; other resources hold the same files, so its repair alone frees none.`
          : `Holds back ${count(resource.holds.length, 'test file')}; its repair alone frees ${resource.frees.length}.`,
    );
    // The columns of the table count what is ready.
    const unseen = page.report.files.filter(({ path, gaps }) => gaps.length > 0 && resource.frees.includes(path)).length;
    if (unseen > 0) facts.push(`Of what it frees, ${count(unseen, 'file')} ${unseen === 1 ? 'is' : 'are'} not known then, and not ready.`);
  }
  if (resource.claimants.length > 1 && resource.claimants.length !== resource.holds.length)
    facts.push(`Claimed by ${count(resource.claimants.length, 'file')}.`);
  if (resource.wipers.length > 0) facts.push(`Wiped by ${some(resource.wipers, 4, (path) => code(path))}.`);
  const parts = [`<a id="resource-${at + 1}"></a>`, `### ${at + 1}. ${prose(resource.title)}`, ...(facts.length > 0 ? [facts.join(' ')] : [])];
  const most = findings.length === MOST.findings + 1 ? findings.length : MOST.findings;
  parts.push(...findings.slice(0, most).map((each) => finding(page, each, `#### ${code(each.rule)}: ${confidenceText(each)}, ${axisText(each.axis)}`)));
  if (findings.length > most) parts.push(foldedFindings(page, findings.slice(most), MOST.foldedFindings));
  if (resource.holds.length > 1) {
    const lines = resource.holds.slice(0, 60).map((path) => `- ${fileLink(path, page.toRoot)}`);
    if (resource.holds.length > 60) lines.push(`- and ${count(resource.holds.length - 60, 'more file')}`);
    parts.push(details(`${count(resource.holds.length, 'file')} held back`, lines.join('\n')));
  }
  return parts.join('\n\n');
}

function sharedSections(page: Page, { shared }: Digest): readonly string[] {
  if (shared.length === 0) return ['## Shared resources\n\nNo resource was found that two test files share.'];
  const graph = mermaid(shared);
  const sections = [
    `## Shared resources\n\n${ORDER}\n\n${table(page, shared)}`,
    ['## Findings by resource', ...(graph ? [graph] : []), ...shared.slice(0, MOST.resources).map((entry, at) => resourceSection(page, entry, at))].join(
      '\n\n',
    ),
  ];
  const rest = shared.slice(MOST.resources).flatMap((entry) => entry.findings);
  if (rest.length > 0) sections.push(foldedFindings(page, rest, 60));
  return sections;
}

function byRule(findings: readonly ReportedFinding[]): readonly (readonly [string, readonly ReportedFinding[]])[] {
  return [...grouped(findings, ({ rule }) => rule)].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
}

function withinSection(page: Page, { within }: Digest): string {
  const parts = ['## Leaks within a worker'];
  if (within.length === 0) return [...parts, 'No test was found to leave state behind for a later one.'].join('\n\n');
  parts.push('What one test leaves behind and a later test, or a test running at once, can see. These hold no file back from running in parallel.');
  for (const [rule, findings] of byRule(within)) {
    parts.push(`### ${code(rule)}: ${count(findings.length, 'finding')}`);
    const summary = page.report.rules.find((each) => each.id === rule)?.summary;
    if (summary) parts.push(prose(summary));
    const most = findings.length === MOST.perRule + 1 ? findings.length : MOST.perRule;
    parts.push(...findings.slice(0, most).map((each) => finding(page, each, `**${sentence(each.confidence).slice(0, -1)}, ${axisText(each.axis)}**`)));
    if (findings.length > most) parts.push(foldedFindings(page, findings.slice(most), MOST.foldedFindings * 2));
  }
  return parts.join('\n\n');
}

/** Findings that say the same of the same thing are one line with their places. */
function possibleLines(page: Page, findings: readonly ReportedFinding[]): readonly string[] {
  return [...grouped(findings, ({ resource, condition }) => JSON.stringify([resource.title, condition])).values()].map((group) => {
    const [first] = group;
    if (group.length === 1) return findingLine(page, first);
    const places = group.map((each) => placeLink(each.places[0], page.toRoot));
    return `- ${prose(sentence(first.wording.what))}${first.condition ? ` ${prose(`Condition: ${sentence(first.condition)}`)}` : ''} In ${count(group.length, 'place')}: ${some(places, 5, (link) => link)}`;
  });
}

function possibleSection(page: Page, { possible }: Digest): string {
  const blocks = byRule(possible).map(([rule, findings]) => {
    const lines = possibleLines(page, findings);
    const more = lines.length > MOST.possible ? [`- and ${count(lines.length - MOST.possible, 'more line')}. ${TRY}`] : [];
    return [`${code(rule)}:`, '', ...lines.slice(0, MOST.possible), ...more].join('\n');
  });
  return `## Only possible\n\nThese need a condition that the source does not settle. They hold no file back.\n\n${details(count(possible.length, 'possible finding'), blocks.join('\n\n'))}`;
}

function unseenSection(page: Page): string {
  const { gaps, files } = page.report;
  const parts = ['## What could not be seen'];
  const unknown = files.filter((file) => file.status === 'not-known');
  const held = files.filter((file) => file.status === 'held' && file.gaps.length > 0);
  if (gaps.length === 0 && unknown.length === 0 && held.length === 0)
    return [...parts, 'Nothing that the scan knows of: every test file was read, and no name or call that matters was given up.'].join('\n\n');
  if (gaps.length > 0) parts.push(...gapTables(page));
  if (unknown.length > 0) parts.push(details(`${count(unknown.length, 'test file')} not known`, unknownLines(page, unknown).join('\n')));
  if (held.length > 0) parts.push(details(`${count(held.length, 'held file')} of which not all is known`, unknownLines(page, held).join('\n')));
  return parts.join('\n\n');
}

/** The most frequent gaps; the long tail is folded away. */
function gapTables(page: Page): readonly string[] {
  const rows = [...page.report.gaps]
    .sort((a, b) => b.count - a.count)
    .map((gap) => `| ${prose(gap.what, true)} | ${gap.count} | ${gap.at ? placeLink(gap.at, page.toRoot, true) : ''} |`);
  const table = (lines: readonly string[]): string => ['| what | times | first place |', '|---|---:|---|', ...lines].join('\n');
  if (rows.length <= MOST.gaps + 2) return [table(rows)];
  const folded = rows.slice(MOST.gaps, MOST.gaps + MOST.foldedGaps);
  const more = rows.length - MOST.gaps - folded.length;
  return [table(rows.slice(0, MOST.gaps)), details(`${rows.length - MOST.gaps} more`, table(folded) + (more > 0 ? `\n\nAnd ${more} more. ${TRY}` : ''))];
}

function unknownLines(page: Page, unknown: readonly ReportedFile[]): readonly string[] {
  const lines = unknown
    .slice(0, MOST.unknown)
    .map((file) => `- ${fileLink(file.path, page.toRoot)}${file.gaps.length > 0 ? `: ${some(file.gaps, 3, (gap) => prose(gap))}` : ''}`);
  if (unknown.length > MOST.unknown) lines.push(`- and ${count(unknown.length - MOST.unknown, 'more file')}`);
  return lines;
}

function nextSection(page: Page, found: Digest): string {
  const { report, command } = page;
  const first = found.shared[0]?.findings[0] ?? found.within[0];
  if (report.summary.testFiles === 0) {
    return `## Next\n\nName the folders that hold tests in \`isolation-audit.config\` and scan again:\n\n\`\`\`sh\n${command} init\n\`\`\``;
  }
  if (!first) {
    const serial = report.runners.find((runner) => runner.schedule.files.overlap === 'serial' && runner.schedule.canParallel && runner.schedule.parallelSwitch);
    const on = serial ? ` Nothing found stands against running ${prose(serial.title)} files in parallel: ${code(serial.schedule.parallelSwitch ?? '')}.` : '';
    return `## Next\n\nKeep it so in CI.${on}\n\n\`\`\`sh\n${command} scan --fail-on likely\n\`\`\``;
  }
  const start = found.shared[0] ? `Start with ${prose(found.shared[0].resource.title)}` : `Start with ${code(first.rule)}`;
  return [
    '## Next',
    `${start}. Its rule page says how to isolate it:`,
    `\`\`\`sh\n${command} explain ${first.rule}\n\`\`\``,
    ...(report.summary.baselined > 0 || !report.findings.some((finding) => finding.confidence !== 'possible')
      ? []
      : [
          'To let CI fail only on new findings, record these as the baseline:',
          `\`\`\`sh\n${command} scan --baseline isolation-audit.baseline.json --update-baseline\n\`\`\``,
        ]),
    ...rulePages(page),
  ].join('\n\n');
}

/** The files that can run in parallel today, where they are some but not all. */
function readyList({ report, toRoot }: Page): readonly string[] {
  const ready = report.files.filter((file) => file.status === 'ready');
  if (ready.length === 0 || ready.length === report.files.length) return [];
  const lines = ready.slice(0, MOST.ready).map((file) => `- ${fileLink(file.path, toRoot)}`);
  if (ready.length > MOST.ready) lines.push(`- and ${count(ready.length - MOST.ready, 'more file')}`);
  return [details(`${count(ready.length, 'test file')} ready`, lines.join('\n'))];
}

/** `test-isolation-audit.md`: committed and reviewed, so the same input gives the same bytes. */
export const markdown: Reporter = (report, options = {}) => {
  const page: Page = { report, toRoot: options.toRoot ?? '', command: options.command ?? COMMAND };
  const found = digest(report);
  const opening = [`**${prose(headline(report))}**`, prospect(report)].filter(Boolean).join(' ');
  const sections = [
    `# Test isolation audit: ${prose(report.project)}`,
    opening,
    [tally(report), leftOut(report)].filter(Boolean).join(' '),
    ...readyList(page),
    ...verdictSection(report, page.toRoot),
    suiteSection(report, found.advice, page.toRoot),
    ...sharedSections(page, found),
    withinSection(page, found),
    ...(found.possible.length > 0 ? [possibleSection(page, found)] : []),
    unseenSection(page),
    nextSection(page, found),
  ];
  return `${sections.join('\n\n')}\n`;
};
