import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { headline } from '../../src/reporters/digest.js';
import { terminal } from '../../src/reporters/terminal.js';
import { clean, large, place, report } from './report.js';

describe('the terminal report', () => {
  test('reads as reviewed', async () => {
    await expect(terminal(report, { width: 100, written: ['Report: test-isolation-audit.md'] })).toMatchFileSnapshot('report.terminal.txt');
  });

  test('is the sample in docs/reporters.md', () => {
    const page = readFileSync(new URL('../../docs/reporters.md', import.meta.url), 'utf8');
    expect(page).toContain(terminal(report, { width: 100, written: ['Report: test-isolation-audit.md'] }));
  });

  test('has no colours unless asked', () => {
    expect(terminal(report)).not.toContain('\u001b');
    expect(terminal(report, { color: 1 })).toContain('\u001b[31m');
  });

  test('colours change neither words nor columns', () => {
    const words = (text: string): string => text.replace(/`/g, '').replace(/\s+/g, ' ');
    const coloured = stripVTControlCharacters(terminal(report, { color: 3, width: 100 }));
    expect(words(coloured)).toBe(words(terminal(report, { width: 100 })));
    const table = (text: string): readonly string[] => text.slice(text.indexOf('  holds'), text.indexOf('First findings')).trimEnd().split('\n');
    const column = table(coloured)[0]!.indexOf('named at');
    expect(table(coloured)[1]!.slice(column)).toBe('test/helpers/db.ts:6');
    expect(table(coloured)[2]!.slice(column)).toBe('src/config.ts:2');
  });

  test.each([40, 60, 80, 120])('keeps within %i columns', (width) => {
    const text = terminal(report, { width });
    const wide = text
      .split('\n')
      .filter((line) => line.length > width && line.trim().includes(' ') && !line.includes('more place') && !line.startsWith('Next:'));
    expect(wide).toEqual([]);
  });

  test('one finding of each resource comes before a second of the first', () => {
    const rules = [...terminal(report).matchAll(/^ {2}(?:certain|likely) ([a-z-]+) {2}/gm)].map(([, rule]) => rule);
    expect(rules).toEqual(['hardcoded-database-name', 'fixed-port', 'shared-path', 'unscoped-wipe', 'leaked-env']);
  });

  test('the table lists what holds files back', () => {
    const [first, ...others] = report.resources;
    const shown = terminal({ ...report, resources: [first!, ...others.map((each) => ({ ...each, holds: [] }))] });
    expect(shown).toContain('Shared resources');
    expect(shown).not.toContain('more resource');
    expect(shown.match(/^ +0 +\d+ /gm)).toBeNull();
    expect(terminal({ ...report, resources: report.resources.map((each) => ({ ...each, holds: [] })) })).not.toContain('Shared resources');
  });

  test('a long path is told by its end', () => {
    const resources = report.resources.map((each) => ({
      ...each,
      title: `path \`test/fixtures/projects/with/a/deep/folder/${each.key.length}/dist/index.html\``,
    }));
    const shown = terminal({ ...report, resources }, { width: 80 });
    expect(shown).toMatch(/ path `…[\w/]*\/dist\/index\.html`/);
  });

  test('names the files that were written and the next command', () => {
    expect(
      terminal(report, { written: ['Report: a.md', 'Baseline: b.json'] })
        .trimEnd()
        .split('\n')
        .slice(-3),
    ).toEqual(['Report: a.md', 'Baseline: b.json', 'Next: npx isolation-audit explain hardcoded-database-name']);
  });

  test('control characters of the project do not reach the terminal', () => {
    const [first, ...rest] = report.findings;
    const odd: Report = { ...report, findings: [{ ...first!, places: [place('a\u001b[31m.ts', 1, 'x', '\u001b]0;title\u0007')] }, ...rest] };
    expect(terminal(odd)).not.toMatch(/[\u001b\u0007]/);
  });

  test('is one screen for a large suite', () => {
    expect(terminal(large()).split('\n').length).toBeLessThan(60);
  });

  test('says of a runner that cannot run files in parallel what no repair of the suite changes', () => {
    const by = (of: Report): Report => ({
      ...of,
      runners: report.runners.map((each) => ({ ...each, schedule: { ...each.schedule, mode: 'Mocha 7.2, one process', canParallel: false } })),
    });
    expect(headline(by(clean))).toBe('No shared resource holds any of the 2 test files back, but Mocha 7.2 cannot run them in parallel.');
    expect(headline(by(report))).toBe(`${headline(report)} Mocha 7.2 cannot do so.`);
  });

  test('a clean suite is three lines', () => {
    expect(terminal(clean)).toBe('All 2 test files are ready to run in parallel.\n\nNo findings.\n');
  });
});
