import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { markdown } from '../../src/reporters/markdown.js';
import { clean, large, place, report } from './report.js';

const page = markdown(report);
const headings = (text: string): readonly string[] => text.split('\n').filter((line) => line.startsWith('## '));
/** Outside of fences, where Markdown is read as such. */
const outsideFences = (text: string): string => text.replace(/^(`{3,})[\s\S]*?^\1$/gm, '');

function withFirst(change: Partial<Report['findings'][number]>): Report {
  const [first, ...rest] = report.findings;
  return { ...report, findings: [{ ...first!, ...change }, ...rest] };
}

describe('the Markdown report', () => {
  test('reads as reviewed', async () => {
    await expect(page).toMatchFileSnapshot('report.md.txt');
  });

  test('has the sections in the order in which they are read', () => {
    expect(headings(page)).toEqual([
      '## The suite as understood',
      '## Shared resources',
      '## Findings by resource',
      '## Leaks within a worker',
      '## Only possible',
      '## What could not be seen',
      '## Next',
    ]);
  });

  test('begins with one sentence that holds the numbers', () => {
    expect(page.split('\n')[2]).toBe(
      '**3 of 13 test files are ready to run in parallel; 9 are held back by shared resources and 1 is not known.** Repairing the first 2 resources makes 10 ready.',
    );
  });

  test('sorts resources by what their repair makes ready', () => {
    const rows = page
      .split('\n')
      .filter((line) => line.startsWith('| ['))
      .map((line) => line.split(' | ')[1]);
    expect(rows).toEqual(['Postgres database `shop_test`', 'Port 4310', 'Path `tmp/exports/a\\|b.csv`']);
  });

  test('what the summary counts on comes first, and every row counts what is ready by then', () => {
    const { firstResources } = report.summary;
    const turned = markdown({ ...report, summary: { ...report.summary, firstResources: [...firstResources].reverse() } });
    const rows = (text: string): readonly (readonly string[])[] =>
      text
        .split('\n')
        .filter((line) => line.startsWith('| ['))
        .map((line) => line.split(' | ').slice(1, 5));
    expect(rows(page).map(([, , , ready]) => ready)).toEqual(['9', '10', '12']);
    expect(rows(turned).map(([title]) => title)).toEqual(['Port 4310', 'Postgres database `shop_test`', 'Path `tmp/exports/a\\|b.csv`']);
    expect(rows(turned).map(([, , , ready]) => ready)).toEqual(['4', '10', '12']);
  });

  test('says which of the files that a repair frees are not known then', () => {
    const first = report.resources.find(({ frees }) => frees.length > 1);
    const unseen = { ...report, files: report.files.map((file) => ({ ...file, gaps: first!.frees.includes(file.path) ? ['a call'] : [] })) };
    expect(markdown(unseen)).toContain(`Of what it frees, ${first!.frees.length} files are not known then`);
    expect(page).not.toContain('Of what it frees');
  });

  test('what is not known of files that are held back could not be seen either', () => {
    const gaps = ['it writes to a database whose name is not known'];
    const files = report.files.flatMap((file) => (file.status === 'not-known' ? [] : [{ ...file, gaps: file.status === 'held' ? gaps : [] }]));
    const section = markdown({ ...report, files, gaps: [] }).split('## What could not be seen')[1]!;
    expect(section).not.toContain('Nothing that the scan knows of');
    expect(section).toContain('<summary>9 held files of which not all is known</summary>');
    expect(section).toContain('[`test/api/health.test.ts`](test/api/health.test.ts): it writes to a database whose name is not known');
  });

  test('keeps leaks and possible findings out of the table', () => {
    const table = page.slice(page.indexOf('## Shared resources'), page.indexOf('## Findings by resource'));
    expect(table).not.toContain('process.env.TZ');
    expect(page.slice(page.indexOf('## Only possible'))).toContain('Condition: Two runs share one Postgres server.');
  });

  test('tells where the suite is forced serial, without calling it a finding', () => {
    const suite = page.slice(page.indexOf('## The suite'), page.indexOf('## Shared resources'));
    expect(suite).toContain('Vitest is told to run one file after another.');
    expect(page).toContain('7 findings: 3 certain, 3 likely, 1 possible.');
  });

  test('gives every place with its note, folding what is long', () => {
    for (const finding of report.findings.filter((each) => each.confidence !== 'possible' && each.axis.length > 0)) {
      for (const each of finding.places) expect(page).toContain(`:${each.region.startLine}\`](`);
    }
    expect(page).toContain('<summary>3 more places</summary>');
  });

  test('names a line once', () => {
    const text = markdown(withFirst({ places: [place('a.ts', 1, 'decided here'), place('a.ts', 1, 'bound here', 'x', 9), place('b.ts', 1, 'and here')] }));
    expect(text).not.toContain('bound here: `x`');
    expect(text).toContain('and here');
  });

  test('shows one place of each kind before it folds the others', () => {
    const called = Array.from({ length: 9 }, (_, line) => place('calls.ts', line + 2, 'called here'));
    const places = [place('a.ts', 1, 'decided here'), ...called, place('open.ts', 1, 'opened here'), place('helper.ts', 7, 'called here')] as const;
    const text = markdown(withFirst({ places: [...places], files: ['calls.ts'] }));
    const shown = text.slice(0, text.indexOf('more places</summary>'));
    expect(shown).toContain('open.ts:1');
    expect(shown).toContain('helper.ts:7');
    expect(shown).toContain('calls.ts:3');
    expect(shown).not.toContain('calls.ts:4');
  });

  test('fences code that holds a fence', () => {
    expect(page).toContain("````ts\nwriteFileSync('tmp/exports/a|b.csv', '```\\n');\n````");
  });

  test('shows angle brackets as text and keeps code spans', () => {
    expect(page).toContain('`invoices/send (retry).test.ts` writes it while &lt;Report&gt; reads it.');
  });

  test('links survive brackets, blanks and parentheses in paths', () => {
    expect(page).toContain('[`test/invoices/[id].test.ts:12`](test/invoices/%5Bid%5D.test.ts#L12)');
    expect(page).toContain('(test/invoices/send%20%28retry%29.test.ts#L13)');
  });

  test('links lead to the root from wherever the report is written', () => {
    expect(markdown(report, { toRoot: '../../' })).toContain('](../../test/helpers/db.ts#L4)');
  });

  test('cannot be broken out of by values', () => {
    const hostile = withFirst({
      wording: { what: 'Name `a|b` | <img src=x> ``` \n\n# heading\u001b[31m', why: '* [x](javascript:1) _y_ ~~z~~ &lt;', fix: '<!-- - 1. fix -->' },
      resource: report.findings[0]!.resource,
      places: [place('a b/<c>.test.ts', 3, 'note | with <b>', 'const x = "````";\n\u001b[2J')],
    });
    const text = outsideFences(markdown(hostile));
    expect(text).not.toContain('<img');
    expect(text).not.toContain('<!--');
    expect(text).not.toMatch(/^# heading/m);
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('[x](javascript');
    const row = text.split('\n').find((line) => line.startsWith('| [1]'))!;
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(12);
  });

  test('is the same for the same report, and holds no date and no absolute path', () => {
    expect(markdown(structuredClone(report))).toBe(page);
    expect(page).not.toMatch(/\b20\d\d-\d\d|(^|[\s(`])\/(home|Users|work|tmp)\//m);
  });

  test('tells a finding whose resource is not in the list of resources', () => {
    const text = markdown({ ...report, resources: [] });
    for (const { wording } of report.findings.slice(0, 4)) expect(text).toContain(wording.fix);
  });

  test('packages that run their tests the same way are told once', () => {
    const [runner] = report.runners;
    const packages = ['api', 'web'].map((name) => ({
      ...runner!,
      configPath: `packages/${name}/vitest.config.ts`,
      schedule: {
        ...runner!.schedule,
        dir: `packages/${name}`,
        files: { ...runner!.schedule.files, reason: `\`fileParallelism: false\` in packages/${name}/vitest.config.ts` },
      },
    }));
    const text = markdown({ ...report, runners: packages });
    expect(text).toContain('- **Vitest 4.1, pool forks, isolated**: 26 test files in `packages/api` and `packages/web`.');
    expect(text).toContain('`fileParallelism: false` in its configuration.');
  });

  test('many services are a sentence, with the table folded away', () => {
    const services = Array.from({ length: 9 }, (_, at) => ({ kind: at < 7 ? 'redis' : 'postgresql', from: `compose.yaml service node-${at}` }));
    const text = markdown({ ...report, services });
    expect(text).toContain('<summary>9 services of compose files and workflows: redis (7) and postgresql (2)</summary>');
    expect(text).toContain('| redis |  | compose.yaml service node-6 |');
  });

  test('possible findings about one thing are one line with their places', () => {
    const possible = report.findings.find((each) => each.confidence === 'possible')!;
    const again = [11, 12, 13].map((line, at) => ({ ...possible, number: 20 + at, places: [place('test/helpers/db.ts', line, 'here')] as const }));
    const section = markdown({ ...report, findings: [...report.findings, ...again] }).split('## Only possible')[1]!;
    expect(section.match(/may collide when two runs share/g)).toHaveLength(1);
    expect(section).toContain('In 4 places: [`test/helpers/db.ts:6`]');
    expect(section).toContain('<summary>4 possible findings</summary>');
  });

  test('says so when nothing stands in the way', () => {
    const text = markdown(clean);
    expect(text).toContain('**All 2 test files are ready to run in parallel.**');
    expect(text).toContain('No findings.');
    expect(text).toContain('scan --fail-on likely');
  });

  test('no findings does not hide that nothing was understood', () => {
    const text = markdown({ ...clean, files: [], summary: { ...clean.summary, testFiles: 0, ready: 0 } });
    expect(text).toContain('**No test files were found.**');
    expect(text).toContain('npx isolation-audit init');
  });

  test('stays readable for a large suite, and counts what it leaves out', () => {
    const text = markdown(large());
    expect(text.length).toBeLessThan(400_000);
    expect(text).toContain('And 260 more resources.');
    expect(text).toMatch(/and \d+ more findings\./);
    const graph = /```mermaid\n([\s\S]*?)```/.exec(text)![1]!;
    expect(graph.split('\n').length).toBeLessThan(200);
    expect(graph).toContain('more files');
  });
});
