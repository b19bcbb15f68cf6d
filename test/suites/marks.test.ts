import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { scan } from '../../src/index.js';
import type { Report, ReportedFinding, ReportedPlace } from '../../src/model/report.js';
import { marksIn, marksOf, type Mark } from './marks.js';

const suites = fileURLToPath(new URL('../../fixtures/suites', import.meta.url));
const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** Projects full of look-alikes live in `clean`; all other folders are rules. */
const rules = folders(suites).filter((rule) => rule !== 'clean');

const on =
  (mark: Mark) =>
  (place: ReportedPlace): boolean =>
    place.path === mark.path && place.region.startLine === mark.line;
const spoken = (report: Report): readonly ReportedFinding[] => report.findings.filter((finding) => finding.confidence !== 'possible');
const show = (rule: string, place: { readonly path: string }, line: number): string => `${place.path}:${line} ${rule}`;
const primaries = (findings: readonly ReportedFinding[]): string[] =>
  [...new Set(findings.map((finding) => show(finding.rule, finding.places[0], finding.places[0].region.startLine)))].sort();

describe.each(rules.flatMap((rule) => folders(join(suites, rule)).map((scenario) => ({ rule, scenario }))))('$rule/$scenario', ({ rule, scenario }) => {
  const path = join(suites, rule, scenario);

  test('collides: every mark is found and every finding is marked', async () => {
    const project = join(path, 'collides');
    const marks = marksOf(project);
    const report = await scan({ root: project, cache: false });
    const wanted = marks.filter((mark) => mark.kind === 'finds');
    expect(primaries(spoken(report))).toEqual([...new Set(wanted.map((mark) => show(mark.rule, mark, mark.line)))].sort());
    expect(wanted.map((mark) => mark.rule).concat(marks.filter((mark) => mark.kind === 'misses').map((mark) => mark.rule))).toContain(rule);
    for (const mark of marks.filter((each) => each.kind === 'with')) {
      const places = report.findings.filter((finding) => finding.rule === mark.rule).flatMap((finding) => finding.places.slice(1));
      expect(places.some(on(mark)), `no related place at ${mark.path}:${mark.line} (${mark.rule})`).toBe(true);
    }
    for (const mark of marks.filter((each) => each.kind === 'misses')) {
      const found = report.findings.some((finding) => finding.rule === mark.rule && on(mark)(finding.places[0]));
      expect(found, `${mark.path}:${mark.line} is found now: turn its mark into "finds: ${mark.rule}"`).toBe(false);
    }
  });

  test('isolated: nothing is found', async () => {
    const project = join(path, 'isolated');
    expect(marksOf(project)).toEqual([]);
    expect(primaries(spoken(await scan({ root: project, cache: false })))).toEqual([]);
  });
});

describe.each(folders(join(suites, 'clean')))('clean/%s', (scenario) => {
  test('nothing is found in look-alikes', async () => {
    const project = join(suites, 'clean', scenario);
    expect(marksOf(project)).toEqual([]);
    expect(primaries(spoken(await scan({ root: project, cache: false })))).toEqual([]);
  });
});

test('marks are read from comments of both kinds, several to a line', () => {
  expect(
    marksIn('listen(4310); // finds: fixed-port\nimage: redis # with: shared-container // finds: fixed-port, shared-path\n// meets: stored', 'a.yml'),
  ).toEqual([
    { kind: 'finds', rule: 'fixed-port', path: 'a.yml', line: 1 },
    { kind: 'with', rule: 'shared-container', path: 'a.yml', line: 2 },
    { kind: 'finds', rule: 'fixed-port', path: 'a.yml', line: 2 },
    { kind: 'finds', rule: 'shared-path', path: 'a.yml', line: 2 },
  ]);
});
