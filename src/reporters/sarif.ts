import type { Location, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import type { Confidence, Rule } from '../model/finding.js';
import type { Report, ReportedFinding, ReportedGap, ReportedPlace } from '../model/report.js';
import { axisText, byNewLines, isAdvice, oneLine, ruleUrl, visible } from './digest.js';
import { prose } from './markdown-text.js';
import type { Reporter } from './reporter.js';

const LEVELS: Readonly<Record<Confidence, Result.level>> = { certain: 'error', likely: 'warning', possible: 'note' };
const ROOT = '%SRCROOT%';

/** A relative reference: percent-encoded by segment, and never read as `scheme:rest`. */
export function uri(path: string): string {
  return path
    .split('/')
    .map((segment) =>
      encodeURIComponent(segment).replace(/%(40|5B|5D|24|2B|3D|2C|3B|26)/g, (code) => (code === '%5B' || code === '%5D' ? code : decodeURIComponent(code))),
    )
    .join('/');
}

/** Plain text reads `[text](target)` as a link and `{0}` as a placeholder; all else is shown as it is. */
const plain = (text: string): string =>
  visible(text)
    .replace(/\[(?=[^\]]*\]\()/g, '\\[')
    .replace(/\{(\d+)\}/g, '{{$1}}');
const message = (text: string): string => prose(text).replace(/\{(\d+)\}/g, '{{$1}}');

function location(place: ReportedPlace, extra: { readonly id?: number; readonly note?: boolean } = {}): Location {
  const { startLine, startColumn, endLine, endColumn } = place.region;
  return {
    ...(extra.id === undefined ? {} : { id: extra.id }),
    physicalLocation: {
      artifactLocation: { uri: uri(place.path), uriBaseId: ROOT },
      region: {
        startLine,
        startColumn,
        endLine,
        endColumn,
        ...(place.code === undefined || extra.note ? {} : { snippet: { text: place.code } }),
      },
    },
    ...(extra.note && place.note ? { message: { text: plain(place.note), markdown: message(place.note) } } : {}),
  };
}

const ruleName = (id: string): string => id.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

function descriptor(rule: Rule, report: Report): ReportingDescriptor {
  const helpUri = ruleUrl(report, rule.id);
  const axis = rule.axis.length > 0 ? ` Axis: ${axisText(rule.axis)}.` : '';
  const help = `${rule.summary}${axis}`;
  const more = `\`npx isolation-audit explain ${rule.id}\` explains what collides, why it breaks in parallel, how to isolate it and when it is fine.`;
  return {
    id: rule.id,
    name: ruleName(rule.id),
    shortDescription: { text: plain(rule.summary) },
    fullDescription: { text: plain(help) },
    help: { text: plain(`${help} ${more}`), markdown: `${message(help)}\n\n${message(more)}` + (helpUri ? `\n\n[${rule.id}](${helpUri})` : '') },
    ...(helpUri ? { helpUri } : {}),
    defaultConfiguration: { level: 'warning' },
    properties: {
      tags: ['test-isolation', ...rule.axis.map((axis) => axisText([axis]).replaceAll(' ', '-'))],
      precision: 'high',
      'problem.severity': rule.axis.length > 0 ? 'warning' : 'recommendation',
    },
  };
}

function result(finding: ReportedFinding, ruleIndex: ReadonlyMap<string, number>): Result {
  const primary = finding.places[0];
  // Viewers show the first few: places on new lines come before those on lines already named.
  const { fresh, repeated } = byNewLines(finding.places);
  const related = [...fresh.slice(1), ...repeated];
  const { what, why, fix } = finding.wording;
  const index = ruleIndex.get(finding.rule);
  const fingerprint = finding.fingerprints[primary.path];
  return {
    ruleId: finding.rule,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: isAdvice(finding) ? 'note' : LEVELS[finding.confidence],
    message: { text: plain(oneLine(finding)), markdown: message(oneLine(finding)) },
    locations: [location(primary)],
    ...(related.length > 0 ? { relatedLocations: related.map((place, at) => location(place, { id: at + 1, note: true })) } : {}),
    ...(fingerprint === undefined ? {} : { partialFingerprints: { 'isolationAudit/v1': fingerprint } }),
    properties: {
      confidence: finding.confidence,
      axis: [...finding.axis],
      resource: finding.resource.title,
      holdsBack: finding.files.length,
      what,
      why,
      fix,
      repair: finding.fix,
      ...(finding.observed ? { observed: true } : {}),
      ...(finding.condition === undefined ? {} : { condition: finding.condition }),
      ...(finding.verdict === undefined ? {} : { verdict: finding.verdict.word, verdictWhy: finding.verdict.why }),
      ...(finding.verdict?.again === undefined ? {} : { again: finding.verdict.again }),
    },
  };
}

const notification = (gap: ReportedGap): Notification => ({
  level: 'note',
  message: { text: plain(gap.count > 1 ? `${gap.what} (${gap.count} times)` : gap.what) },
  ...(gap.at ? { locations: [location(gap.at)] } : {}),
});

/** SARIF 2.1.0, for code scanning and editors. What could not be seen is a notification of the run, not a result. */
export const sarif: Reporter = (report) => {
  const ruleIndex = new Map(report.rules.map((rule, at) => [rule.id, at]));
  const home = /^https?:\/\//.test(report.tool.homepage) ? { informationUri: report.tool.homepage } : {};
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: report.tool.name, semanticVersion: report.tool.version, ...home, rules: report.rules.map((rule) => descriptor(rule, report)) },
        },
        invocations: [{ executionSuccessful: true, ...(report.gaps.length > 0 ? { toolExecutionNotifications: report.gaps.map(notification) } : {}) }],
        originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the scanned project.' } } },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => result(finding, ruleIndex)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};
