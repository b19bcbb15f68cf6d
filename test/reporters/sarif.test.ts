import type { Log, Result, Run } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { sarif, uri } from '../../src/reporters/sarif.js';
import { clean, place, report } from './report.js';

const runOf = (from: Report): Run => (JSON.parse(sarif(from)) as Log).runs[0]!;
const run = runOf(report);
const results = run.results!;
const byRule = (rule: string): Result => results.find((each) => each.ruleId === rule)!;

describe('SARIF', () => {
  test('names its version, schema, column kind and root', () => {
    const log = JSON.parse(sarif(report)) as Log;
    expect(log.version).toBe('2.1.0');
    expect(log.$schema).toMatch(/sarif-2\.1\.0/);
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(run.originalUriBaseIds).toHaveProperty('%SRCROOT%');
    expect(JSON.stringify(run.originalUriBaseIds)).not.toContain('file:');
  });

  test('level follows confidence', () => {
    const levels = Object.fromEntries(report.findings.map((finding, at) => [`${finding.number} ${finding.confidence}`, results[at]!.level]));
    expect(levels).toEqual({
      '1 certain': 'error',
      '2 certain': 'error',
      '3 likely': 'warning',
      '4 likely': 'warning',
      '5 certain': 'error',
      '6 likely': 'warning',
      '7 possible': 'note',
      '8 certain': 'note',
    });
  });

  test('every result points at its rule', () => {
    const { rules } = run.tool.driver;
    for (const each of results) expect(rules![each.ruleIndex!]!.id).toBe(each.ruleId);
    for (const each of rules!) {
      expect(each.helpUri).toBe(`https://github.com/example/isolation-audit/blob/main/docs/rules/${each.id}.md`);
      expect(each.help!.text).not.toBe('');
      expect(each.shortDescription!.text).toMatch(/\.$/);
    }
  });

  test('the message stands alone on one line: what, then the fix', () => {
    for (const [at, each] of results.entries()) {
      expect(each.message.text).not.toContain('\n');
      expect(each.message.text).toBe(`${report.findings[at]!.wording.what} ${report.findings[at]!.wording.fix}`);
      expect(each.message.markdown).not.toBe('');
    }
  });

  test('all places are there, the first as location, the others as related with their notes', () => {
    for (const [at, each] of results.entries()) {
      const [first, ...others] = report.findings[at]!.places;
      expect(each.locations).toHaveLength(1);
      expect(each.locations![0]!.physicalLocation!.region).toMatchObject(first.region);
      expect((each.relatedLocations ?? []).map((location) => location.message!.text)).toEqual(others.map((other) => other.note));
      const ids = (each.relatedLocations ?? []).map((location) => location.id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test('places on new lines come before those on lines already named', () => {
    const [first, ...rest] = report.findings;
    const places = [place('a.ts', 1, 'decided here'), place('a.ts', 1, 'bound here', 'x', 9), place('b.ts', 1, 'and here')] as const;
    const related = runOf({ ...report, findings: [{ ...first!, places }, ...rest] }).results![0]!.relatedLocations!;
    expect(related.map((each) => each.message!.text)).toEqual(['and here', 'bound here']);
  });

  test('paths are percent-encoded references below the root', () => {
    expect(uri('test/invoices/send (retry).test.ts')).toBe('test/invoices/send%20(retry).test.ts');
    expect(uri('a#b/100%/ü.ts')).toBe('a%23b/100%25/%C3%BC.ts');
    expect(uri('c:/x.ts')).toBe('c%3A/x.ts');
    const all = results.flatMap((each) => [...each.locations!, ...(each.relatedLocations ?? [])]);
    for (const { physicalLocation } of all) {
      expect(physicalLocation!.artifactLocation!.uriBaseId).toBe('%SRCROOT%');
      expect(physicalLocation!.artifactLocation!.uri).not.toMatch(/[ <>"{}|\\^`]/);
    }
    const paths = report.findings.flatMap((finding) => finding.places.map((each) => each.path));
    expect(paths.map((path) => decodeURIComponent(uri(path)))).toEqual(paths);
  });

  test('the fingerprint is that of the primary file', () => {
    for (const [at, each] of results.entries()) {
      const finding = report.findings[at]!;
      expect(each.partialFingerprints).toEqual({ 'isolationAudit/v1': finding.fingerprints[finding.places[0].path] });
    }
  });

  test('what could not be seen is a notification of the run', () => {
    const notifications = run.invocations![0]!.toolExecutionNotifications!;
    expect(notifications.map((each) => each.message.text)).toEqual(report.gaps.map((gap) => (gap.count > 1 ? `${gap.what} (${gap.count} times)` : gap.what)));
    expect(notifications[0]!.locations![0]!.physicalLocation!.artifactLocation!.uri).toBe('test/helpers/tenant.ts');
  });

  test('carries axis, confidence, resource and condition as properties', () => {
    expect(byRule('hardcoded-database-name').properties).toMatchObject({
      confidence: 'certain',
      axis: ['A', 'R'],
      resource: 'Postgres database `shop_test`',
      holdsBack: 7,
      repair: 'automatic',
    });
    expect(results[6]!.properties).toMatchObject({ condition: 'two runs share one Postgres server' });
  });

  test('text that looks like a link or a placeholder stays text', () => {
    const [first, ...rest] = report.findings;
    const odd = { ...first!, wording: { what: 'Key [x](y) {0} in `a[0](b)`.', why: '', fix: 'Rename.' }, places: [place('a.ts', 1, 'here')] as const };
    const { message } = runOf({ ...report, findings: [odd, ...rest] }).results![0]!;
    expect(message.text).toBe('Key \\[x](y) {{0}} in `a\\[0](b)`. Rename.');
    expect(message.markdown).toBe('Key \\[x\\](y) {{0}} in `a[0](b)`. Rename.');
  });

  test('a clean report is a finished run with no results', () => {
    const empty = runOf(clean);
    expect(empty.results).toEqual([]);
    expect(empty.invocations).toEqual([{ executionSuccessful: true }]);
  });
});
