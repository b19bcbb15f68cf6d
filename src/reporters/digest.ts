import type { Axis, Confidence } from '../model/finding.js';
import type { Report, ReportedFinding, ReportedPlace, ReportedResource } from '../model/report.js';
import { listText } from '../model/lists.js';
import { repairOrder, type RepairStep, type ResourceEntry } from './repair-order.js';
import { grouped } from '../model/grouped.js';

const AXES: Readonly<Record<Axis, string>> = {
  A: 'across workers',
  W: 'within a worker',
  P: 'at once in one process',
  R: 'across runs',
};
const RANK: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, possible: 2 };

export const axisText = (axis: readonly Axis[]): string => axis.map((each) => AXES[each]).join(', ');

export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

export const placeText = (place: ReportedPlace): string => `${place.path}:${place.region.startLine}`;

/** Advice about the suite (where it is forced serial) is no fault of a place: it has no axis. */
export const isAdvice = (finding: ReportedFinding): boolean => finding.axis.length === 0;

/** `certain`, and `certain, observed` where a run has shown it and no source tells it. */
export const confidenceText = (finding: ReportedFinding): string => `${finding.confidence}${markOf(finding)}`;
/** What stands behind the word of an observed finding. */
export const markOf = ({ observed }: ReportedFinding): string => (observed ? ', observed' : '');

const reachesOthers = (finding: ReportedFinding): boolean => finding.axis.includes('A') || finding.axis.includes('R');

/** Certain before likely before possible; then what holds back more files; then the report's own order. */
export function bestFirst(a: ReportedFinding, b: ReportedFinding): number {
  return RANK[a.confidence] - RANK[b.confidence] || b.files.length - a.files.length || a.number - b.number;
}

/** A report by the questions that its readers ask. */
export interface Digest {
  readonly advice: readonly ReportedFinding[];
  /** Certain or likely across workers or runs, by resource, in the order of repair. */
  readonly shared: readonly RepairStep[];
  /** Certain or likely, but only inside one process. */
  readonly within: readonly ReportedFinding[];
  readonly possible: readonly ReportedFinding[];
}

/** A finding is told even where the list of resources lacks its own. */
function resourceOf({ resource, rule, axis, confidence, number, files }: ReportedFinding): ReportedResource {
  return {
    key: resource.key,
    title: resource.title,
    rules: [rule],
    axis,
    confidence,
    findings: [number],
    claimants: files,
    wipers: [],
    frees: [],
    holds: files,
  };
}

export function digest(report: Report): Digest {
  const body = report.findings.filter((finding) => !isAdvice(finding));
  const byResource = grouped(
    body.filter((finding) => finding.confidence !== 'possible' && reachesOthers(finding)),
    ({ resource }) => resource.key,
  );
  const known = new Map(report.resources.map((resource) => [resource.key, resource]));
  const shared: ResourceEntry[] = [];
  for (const [key, found] of byResource) {
    const [first, ...rest] = [...found].sort(bestFirst);
    if (first) shared.push({ resource: known.get(key) ?? resourceOf(first), findings: [first, ...rest] });
  }
  shared.sort(
    (a, b) =>
      b.resource.frees.length - a.resource.frees.length ||
      b.resource.holds.length - a.resource.holds.length ||
      RANK[a.findings[0].confidence] - RANK[b.findings[0].confidence] ||
      a.findings[0].number - b.findings[0].number,
  );
  return {
    advice: report.findings.filter(isAdvice),
    shared: repairOrder(report, shared),
    within: body.filter((finding) => finding.confidence !== 'possible' && !reachesOthers(finding)).sort(bestFirst),
    possible: body.filter((finding) => finding.confidence === 'possible').sort(bestFirst),
  };
}

/** The sentence that a busy reader reads. */
export function headline(report: Report): string {
  const { testFiles, ready, held, notKnown } = report.summary;
  if (testFiles === 0) return 'No test files were found.';
  const unable = testFiles > 1 && report.runners.length > 0 && report.runners.every(({ schedule }) => !schedule.canParallel);
  if (ready === testFiles && unable)
    return `No shared resource holds any of the ${testFiles} test files back, but ${listText(runnersOf(report))} cannot run them in parallel.`;
  if (ready === testFiles)
    return testFiles === 1 ? 'The only test file is ready to run in parallel.' : `All ${testFiles} test files are ready to run in parallel.`;
  const others = [
    held > 0 ? `${held} ${held === 1 ? 'is' : 'are'} held back by shared resources` : '',
    notKnown > 0 ? `${notKnown} ${notKnown === 1 ? 'is' : 'are'} not known` : '',
  ];
  return `${ready} of ${count(testFiles, 'test file')} ${ready === 1 ? 'is' : 'are'} ready to run in parallel; ${listText(others.filter(Boolean))}.${unable ? ` ${listText(runnersOf(report))} cannot do so.` : ''}`;
}

const runnersOf = ({ runners }: Report): readonly string[] => [...new Set(runners.map(({ schedule, title }) => schedule.mode.split(',')[0] ?? title))];

/** What the first repairs bring, or nothing where no repair frees a file. */
export function prospect(report: Report): string | undefined {
  const { firstResources, readyAfterFirst, ready } = report.summary;
  if (firstResources.length === 0 || readyAfterFirst <= ready) return undefined;
  return `Repairing the first ${firstResources.length === 1 ? 'resource' : `${firstResources.length} resources`} makes ${readyAfterFirst} ready.`;
}

/** Begins with a capital and ends with a full stop. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' ? '' : `${trimmed[0]!.toUpperCase()}${trimmed.slice(1)}${/[.:;?]$/.test(trimmed) ? '' : '.'}`;
}

/** `a, b and 3 more`. */
export function some(items: readonly string[], most: number, show: (item: string) => string): string {
  const shown = items.slice(0, most).map(show);
  return listText(items.length > most ? [...shown, `${items.length - most} more`] : shown);
}

/** How many findings of each confidence; advice does not count. */
export function tally(report: Report): string {
  const { byConfidence } = report.summary;
  const total = byConfidence.certain + byConfidence.likely + byConfidence.possible;
  if (total === 0) return 'No findings.';
  const parts = (['certain', 'likely', 'possible'] as const).filter((each) => byConfidence[each] > 0).map((each) => `${byConfidence[each]} ${each}`);
  return `${count(total, 'finding')}: ${parts.join(', ')}.`;
}

/** What the report leaves out on request, or nothing. */
export function leftOut(report: Report): string | undefined {
  const { baselined, ignored, untouched } = report.summary;
  const parts = [
    baselined > 0 ? `${baselined} in the baseline` : '',
    ignored > 0 ? `${ignored} silenced by comments or configuration` : '',
    untouched > 0 ? `${untouched} that the change does not touch` : '',
  ].filter(Boolean);
  return parts.length > 0 ? `Left out: ${listText(parts)}.` : undefined;
}

const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Without control and direction characters, which a terminal or a reviewer's page would obey. */
export const visible = (text: string): string => text.replace(HIDDEN, '\u00b7');

export const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}\u2026`);

/** The lines of a code excerpt without the indentation they share, each cut to a length. */
export function excerpt(code: string, length: number): readonly string[] {
  const lines = code.split(/\r\n|\n|\r/);
  while (lines.length > 1 && lines.at(-1)?.trim() === '') lines.pop();
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)![0]);
  const shared = indents.reduce((shortest, indent) => {
    let same = 0;
    while (same < shortest.length && shortest[same] === indent[same]) same++;
    return shortest.slice(0, same);
  }, indents[0] ?? '');
  return lines.map((line) => cut(visible(line.slice(line.trim() === '' ? line.length : shared.length)), length));
}

/** Where a rule is explained on the web, if the tool has a home there. */
export function ruleUrl(report: Report, rule: string): string | undefined {
  const home = report.tool.homepage.replace(/#.*$/, '').replace(/\/+$/, '');
  if (!/^https?:\/\//.test(home)) return undefined;
  return `${home}${/^https?:\/\/(www\.)?github\.com\//.test(home) ? '/blob/main' : ''}/docs/rules/${encodeURIComponent(rule)}.md`;
}

/** Places on lines that an earlier place already shows (`decided here`, and the call around it) tell little more. */
export function byNewLines(places: readonly ReportedPlace[]): { readonly fresh: readonly ReportedPlace[]; readonly repeated: readonly ReportedPlace[] } {
  const seen = new Set<string>();
  const fresh: ReportedPlace[] = [];
  const repeated: ReportedPlace[] = [];
  for (const place of places) {
    const line = placeText(place);
    (seen.has(line) ? repeated : fresh).push(place);
    seen.add(line);
  }
  return { fresh, repeated };
}

/** The one-line form: what, then the one act that repairs it. Stands alone. */
export const oneLine = (finding: ReportedFinding): string => visible(`${finding.wording.what} ${finding.wording.fix}`.replace(/\s+/g, ' '));
