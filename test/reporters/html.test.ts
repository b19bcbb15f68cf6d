import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { html } from '../../src/reporters/html.js';
import { clean, large, proved, report } from './report.js';

type Element = Tree.Element;
const isElement = (node: Tree.Node): node is Element => 'tagName' in node;

function elements(node: Tree.Node): readonly Element[] {
  const inner = 'childNodes' in node ? node.childNodes.flatMap((each) => elements(each)) : [];
  return isElement(node) ? [node, ...inner] : inner;
}

const textOf = (node: Tree.Node): string =>
  ('value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '').replace(/\s+/g, ' ');
const attribute = ({ attrs }: Element, name: string): string => attrs.find((each) => each.name === name)?.value ?? '';

function read(from: Report): { readonly faults: readonly string[]; readonly all: readonly Element[] } {
  const faults: string[] = [];
  const page = parse(html(from), { onParseError: ({ code }) => faults.push(code) });
  return { faults, all: elements(page) };
}

const VICIOUS = `</code><script>alert("1")</script> & 'x' \`y\``;

describe('the HTML page', () => {
  test.each([
    ['a report', report],
    ['a clean one', clean],
    ['a large one', large(30)],
    ['one with verdicts', proved],
  ])('is well-formed: %s', (_, from) => {
    expect(read(from).faults).toEqual([]);
  });

  test('needs no other file and runs nothing', () => {
    const { all } = read(proved);
    expect(all.filter(({ tagName }) => ['script', 'link', 'img', 'iframe'].includes(tagName))).toEqual([]);
    expect(html(proved)).not.toMatch(/@import|url\(/);
  });

  test('shows names of the project as text, whatever stands in them', () => {
    const [first, ...rest] = proved.findings;
    const verdict = { ...first!.verdict!, failure: VICIOUS, contested: VICIOUS, a: { file: VICIOUS, name: VICIOUS } };
    const { all, faults } = read({ ...proved, project: VICIOUS, findings: [{ ...first!, verdict }, ...rest] });
    expect(faults).toEqual([]);
    expect(all.filter(({ tagName }) => tagName === 'script')).toEqual([]);
    expect(textOf(all.find(({ tagName }) => tagName === 'title')!)).toBe(`${VICIOUS}: test isolation audit`);
    expect(textOf(all.find(({ tagName }) => tagName === 'mark')!)).toBe(VICIOUS);
  });

  test('puts the commands of A and of B in lanes of their own, in their order', () => {
    const [first, ...rest] = report.findings;
    const trace = [
      { role: 'B', what: 'SET cart full', contested: true, at: 10 },
      { role: 'A', what: 'FLUSHALL', contested: true, at: 12 },
      { role: 'A', what: 'GET other', contested: false, at: 13 },
      { role: 'B', what: 'GET cart', contested: true, at: 14 },
    ] as const;
    const { all } = read({ ...proved, findings: [{ ...first!, verdict: { ...proved.findings[0]!.verdict!, trace } }, ...rest] });
    const lanes = all.find(({ tagName, attrs }) => tagName === 'table' && attrs.some(({ value }) => value === 'timeline'))!;
    const rows = elements(lanes).filter(({ tagName }) => tagName === 'tr');
    expect(
      rows.map((row) =>
        elements(row)
          .filter(({ tagName }) => tagName === 'td' || tagName === 'th')
          .map((cell) => textOf(cell).trim()),
      ),
    ).toEqual([
      ['ms', 'A one a.test.ts', 'B two b.test.ts'],
      ['10', '', 'SET cart full'],
      ['12', 'FLUSHALL', ''],
      ['13', 'GET other', ''],
      ['14', '', 'GET cart'],
    ]);
    const marked = elements(lanes)
      .filter((each) => attribute(each, 'class').includes('contested'))
      .map((each) => textOf(each).trim());
    expect(marked).toEqual(['SET cart full', 'FLUSHALL', 'GET cart']);
  });

  test('has all findings, the surest first', () => {
    const { all } = read(report);
    const told = all.filter(({ tagName }) => tagName === 'summary').map((each) => textOf(each).trim());
    expect(told).toHaveLength(report.findings.length);
    expect(told[0]).toMatch(/^certain hardcoded-database-name/);
    expect(told.findIndex((each) => each.startsWith('likely'))).toBeGreaterThan(told.findLastIndex((each) => each.startsWith('certain')));
  });

  test('says what the runs of a verification gave, and what could not be tried', () => {
    const text = textOf(parse(html(proved)));
    for (const part of ['CONFIRMED', 'NOT-FIXED', 'fails 1 of 1 times', 'key a', 'Vitest 4.1.12', 'npx isolation-audit verify', 'What could not be tried'])
      expect(text).toContain(part);
  });
});
