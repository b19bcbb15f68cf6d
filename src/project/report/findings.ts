import { createHash } from 'node:crypto';
import { wordingOf, type Finding, type NotedPlace, type Rule } from '../../model/finding.js';
import type { ReportedFinding } from '../../model/report.js';
import { byWeight, RANK, sorted } from './order.js';
import type { Places } from './places.js';

/** A finding with its fingerprints, by file. */
export interface Printed {
  readonly finding: Finding;
  readonly fingerprints: Readonly<Record<string, string>>;
}

/** The findings of all suites in the order of the report. What two suites say of one place of one resource is one finding. */
export function merged(findings: readonly Finding[]): Finding[] {
  const known = new Map<string, Finding>();
  for (const finding of findings) {
    const [{ path, span }] = finding.places;
    const key = [finding.rule, finding.resource.key, finding.variant ?? '', path, span[0], span[1]].join('\0');
    const twin = known.get(key);
    known.set(key, twin ? joined(twin, finding) : finding);
  }
  return [...known.values()].sort(byWeight);
}

function joined(a: Finding, b: Finding): Finding {
  const better = RANK[b.confidence] < RANK[a.confidence] ? b : a;
  const other = better === a ? b : a;
  const files = sorted([...a.files, ...b.files]);
  // `2 test files` of one suite are more in both.
  const values = Object.fromEntries(
    Object.entries(better.values).map(([key, text]) => [
      key,
      /^\d+ test files?$/.test(text) && parseInt(text, 10) === better.files.length ? `${files.length} test ${files.length === 1 ? 'file' : 'files'}` : text,
    ]),
  );
  return { ...better, axis: [...new Set([...better.axis, ...other.axis])], files, places: withPlaces(better.places, other.places), values };
}

function withPlaces(own: Finding['places'], more: Finding['places']): Finding['places'] {
  const key = ({ path, span }: NotedPlace): string => `${path}\0${span[0]}\0${span[1]}`;
  const seen = new Set(own.map(key));
  return [...own, ...more.filter((place) => !seen.has(key(place)))];
}

/**
 * One fingerprint per file that a finding has a place in, from rule, resource and file: no line, so that it survives moves, and a new
 * file on an old resource is new. Equal faults of one file are told apart by their number.
 */
export function fingerprinted(findings: readonly Finding[]): Printed[] {
  const times = new Map<string, number>();
  return findings.map((finding) => {
    const [{ path: first }] = finding.places;
    const own = `${finding.rule}\0${finding.resource.key}\0${first}`;
    const time = (times.get(own) ?? 0) + 1;
    times.set(own, time);
    const fingerprints: Record<string, string> = {};
    for (const path of new Set(finding.places.map((place) => place.path))) {
      const text = [finding.rule, finding.resource.key, path, ...(path === first && time > 1 ? [String(time)] : [])].join('\0');
      fingerprints[path] = createHash('sha1').update(text).digest('hex');
    }
    return { finding, fingerprints };
  });
}

export function reportedFinding({ finding, fingerprints }: Printed, number: number, rule: Rule, places: Places): ReportedFinding {
  const [first, ...related] = finding.places;
  return {
    number,
    rule: finding.rule,
    axis: finding.axis,
    confidence: finding.confidence,
    ...(finding.condition === undefined ? {} : { condition: finding.condition }),
    wording: wordingOf(rule, finding),
    places: [places.shown(first), ...related.map(places.shown)],
    resource: finding.resource,
    files: sorted(finding.files),
    fingerprints,
    fix: 'by-hand',
    ...(finding.variant === 'observed' ? { observed: true } : {}),
  };
}
