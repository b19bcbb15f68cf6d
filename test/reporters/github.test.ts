import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { github } from '../../src/reporters/github.js';
import { clean, large, place, report } from './report.js';

const lines = (from: Report): readonly string[] => github(from).trimEnd().split('\n');
const ofLevel = (from: Report, level: string): readonly string[] => lines(from).filter((line) => line.startsWith(`::${level} `));

describe('GitHub annotations', () => {
  test('every line is a workflow command', () => {
    for (const line of lines(report)) expect(line).toMatch(/^::(error|warning|notice) [^:]*::.+$/);
  });

  test('best first: certain as errors, then likely as warnings, by the files they hold back', () => {
    expect(lines(report).map((line) => `${/^::(\w+)/.exec(line)![1]} ${/title=([^,:]*)/.exec(line)![1]}`)).toEqual([
      'error hardcoded-database-name',
      'error unscoped-wipe',
      'error leaked-env',
      'warning fixed-port',
      'warning shared-path',
      'warning missing-cleanup',
      'notice isolation-audit',
    ]);
  });

  test('values cannot end a command or begin another', () => {
    const [first, ...rest] = report.findings;
    const odd: Report = {
      ...report,
      findings: [{ ...first!, wording: { what: '100%\r\n::error::x', why: '', fix: 'y' }, places: [place('a,b:c/%.ts', 2, 'here', 'x')] }, ...rest],
    };
    const line = lines(odd)[0]!;
    expect(line).toContain('file=a%2Cb%3Ac/%25.ts,line=2');
    expect(line).toContain('::100%25 ::error::x y');
    expect(lines(odd)).toHaveLength(lines(report).length);
  });

  test('columns only where the finding stands on one line', () => {
    expect(lines(report)[0]).toContain('line=4,endLine=7,title=');
    expect(lines(report)[1]).toContain('line=9,endLine=9,col=3,endColumn=');
  });

  test('at most ten of a level, and the rest is counted', () => {
    expect(ofLevel(large(), 'error')).toHaveLength(10);
    expect(ofLevel(large(), 'warning')).toHaveLength(10);
    expect(lines(large()).at(-1)).toContain('280 more findings are not shown here');
  });

  test('a clean suite gets one notice', () => {
    expect(lines(clean)).toEqual(['::notice title=isolation-audit::All 2 test files are ready to run in parallel.']);
  });
});
