import type { Log } from 'sarif';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { FixCheck, Meeting, RepeatedSuite, Verdict, WholeRun } from '../../src/model/verdict.js';
import type { Replayed } from '../../src/verify/index.js';
import { report } from '../reporters/report.js';
import { cli, folder } from './fake-world.js';

const verdict = (word: Verdict['word']): Verdict => ({
  word,
  why: 'the bad order fails 3 of 3 times, the control order never',
  a: { file: 'test/a.test.ts', name: 'empties the cart' },
  b: { file: 'test/b.test.ts', name: 'fills the cart' },
  order: 'B: SET cart, then A: FLUSHDB, then B: GET cart',
  trials: [
    { order: 'bad', passed: false, milliseconds: 900 },
    { order: 'control', passed: true, milliseconds: 800 },
  ],
  trace: [{ role: 'A', what: 'flushdb', contested: true }],
  failure: 'expected null to be 1',
  versions: ['Vitest 4.1.12', 'redis 7.0.15'],
  again: "npx isolation-audit verify --rule unscoped-wipe --resource 'cart'",
  milliseconds: 1700,
});

const proved = (word: Verdict['word']): typeof report => ({
  ...report,
  findings: report.findings.map((finding, at) => (at === 0 ? { ...finding, verdict: verdict(word) } : finding)),
  verification: { milliseconds: 1800, untried: report.findings.slice(1, 2).map(({ number }) => ({ finding: number, why: 'the time budget is spent' })) },
});

test.each([
  ['CONFIRMED', 1],
  ['FLAKY-CONFIRMED', 1],
  ['SERIALISED', 0],
  ['NOT-CONFIRMED', 0],
  ['ALREADY-FAILING', 0],
] as const)('%s ends with %i', async (word, status) => {
  expect((await cli(['verify', '--output', '-'], { cwd: folder(), report: proved(word) })).status).toBe(status);
});

test('tells verdicts on the terminal and in the report', async () => {
  const terminal = await cli(['verify', '--format', 'terminal'], { cwd: folder(), report: proved('CONFIRMED') });
  expect(terminal.out).toContain('1 finding was put to the test in 1.8 s: 1 confirmed. 1 could not be tried.');
  expect(terminal.out).toContain('B: SET cart, then A: FLUSHDB, then B: GET cart: fails 1 of 1 times. Control:');
  expect(terminal.out).toContain('1 finding not tried: the time budget is spent.');
  const markdown = await cli(['verify', '--output', '-'], { cwd: folder(), report: proved('CONFIRMED') });
  expect(markdown.out).toContain('## Verdicts');
  expect(markdown.out).toContain('* A  flushdb');
  expect(markdown.out).toContain('expected null to be 1');
});

test('tells that several orders have broken nothing', async () => {
  const harmless = proved('NOT-CONFIRMED');
  const { order: _, failure: _failure, ...seen } = harmless.findings[0]!.verdict!;
  const passed = { order: 'bad', passed: true, milliseconds: 900 } as const;
  const verdicts = { ...harmless, findings: [{ ...harmless.findings[0]!, verdict: { ...seen, trials: [passed, passed] } }, ...harmless.findings.slice(1)] };
  const { out } = await cli(['verify', '--format', 'terminal'], { cwd: folder(), report: verdicts });
  expect(out).toContain('In 2 runs of bad orders no test fails.');
});

test('says which verdicts are of a run that was cut short', async () => {
  const before = proved('CONFIRMED');
  const resumed = { ...before, verification: { ...before.verification!, resumed: 1 } };
  const { out } = await cli(['verify', '--format', 'terminal'], { cwd: folder(), report: resumed });
  expect(out.replace(/\s+/g, ' ')).toContain('1 confirmed. 1 of the verdicts is from the run before, which was cut short. 1 could not be tried.');
});

const checked = (...words: FixCheck['word'][]): typeof report => ({
  ...report,
  verification: {
    milliseconds: 2100,
    untried: [],
    fixes: {
      against: 'main',
      checks: words.map((word) => ({
        rule: 'unscoped-wipe',
        resource: 'Redis database `0`',
        path: 'test/a.test.ts',
        line: 7,
        word,
        why: word === 'UNPROVED' ? 'the time budget is spent' : 'the two touch nothing in common that one of them writes',
        before: verdict('CONFIRMED'),
        trials: [],
        ...(word === 'BROKEN' ? { failure: 'expected 2 to be 3' } : {}),
      })),
    },
  },
});

test.each([
  ['FIXED', 0],
  ['UNPROVED', 0],
  ['NOT-FIXED', 1],
  ['BROKEN', 1],
] as const)('a fix that is %s ends with %i', async (word, status) => {
  expect((await cli(['verify', '--against', 'main', '--output', '-'], { cwd: folder(), report: checked('FIXED', word) })).status).toBe(status);
});

test('tells what has become of findings, what needs work first', async () => {
  const fixes = checked('FIXED', 'UNPROVED', 'BROKEN', 'FIXED');
  const { out } = await cli(['verify', '--format', 'terminal'], { cwd: folder(), report: fixes });
  expect(out.replace(/\s+/g, ' ')).toContain('Of 4 findings at main, put to the test there and here in 2.1 s, 1 is broken, 2 are fixed and 1 is unproved.');
  expect(out).toMatch(/BROKEN unscoped-wipe {2}test\/a\.test\.ts:7\n[^]*Now B fails: expected 2 to be 3\n[^]*FIXED unscoped-wipe/);
  expect(out).toContain('Before: B: SET cart, then A: FLUSHDB, then B: GET cart: fails 1 of 1 times.');
  expect(out).toContain('1 finding not proved: the time budget is spent.');
  const markdown = await cli(['verify', '--output', '-'], { cwd: folder(), report: fixes });
  expect(markdown.out).toMatch(/## Fixes\n[^]*### BROKEN: `unscoped-wipe`, which stood at `test\/a\.test\.ts:7`\n[^]*### FIXED/);
  expect(markdown.out).toContain('- 1 finding: the time budget is spent');
  const html = await cli(['verify', '--format', 'html', '--output', '-'], { cwd: folder(), report: fixes });
  for (const each of [out.replace(/\s+/g, ' '), markdown.out, html.out]) expect(each).toContain('Fixed is said of two test files at a time.');
});

test('tells what whole runs prove, and ends with 1 when one fails', async () => {
  const suite: RepeatedSuite = {
    title: 'Vitest',
    dir: 'app',
    workers: 4,
    seed: 4711,
    serial: { milliseconds: 12_000, testMilliseconds: 8000 },
    parallel: Array<WholeRun>(10).fill({ milliseconds: 4000, testMilliseconds: 10_000 }),
    failing: [],
    failed: 0,
    bound: 0.259,
    versions: ['Vitest 4.1.12'],
  };
  const of = (more: Partial<RepeatedSuite>): typeof report => ({
    ...report,
    verification: { milliseconds: 52_000, untried: [], repeated: [{ ...suite, ...more }] },
  });
  const clean = await cli(['verify', '--runs', '10', '--output', '-'], { cwd: folder(), report: of({}) });
  expect(clean.status).toBe(0);
  expect(clean.out).toContain(
    '## Whole runs\n\nEach suite was run whole in 52 s.\n\n- Vitest in app, 10 runs in 4 workers, files in an order drawn with 4711: every test that passes in one worker passes in all of them.\n',
  );
  expect(clean.out).toContain('- So a run fails in less than 26 % of cases, at 95 % confidence;');
  expect(clean.out).toContain('- In one worker 12 s, in 4 4.0 s: 3.0 times as fast.\n- All tests together take 25 % longer in parallel.');
  const failing = [{ file: 'test/a.test.ts', name: 'fills the cart', times: 2, failure: 'expected null to be 1' }];
  const failed = await cli(['verify', '--runs', '10', '--format', 'terminal'], { cwd: folder(), report: of({ failing, failed: 2 }) });
  expect(failed.status).toBe(1);
  expect(failed.out.replace(/\s+/g, ' ')).toContain('in 2 of them a test fails that passes in one worker.');
  expect(failed.out).toContain('fails 2 of 10 times  test/a.test.ts: fills the cart\n    expected null to be 1');
  const none = await cli(['verify', '--runs', '10', '--format', 'terminal'], {
    cwd: folder(),
    report: of({ parallel: [], why: 'in one worker no test passes' }),
  });
  expect(none.out).toContain('Vitest in app was not run in parallel: in one worker no test passes.');
});

test('tells what was seen on servers', async () => {
  const a = { file: 'test/a.test.ts', name: 'fills the cart', does: 'write' } as const;
  const b = { file: 'test/b.test.ts', name: '', does: 'read' } as const;
  const meeting: Meeting = { service: 'redis', database: '0', things: [{ name: 'key cart', uses: [a, b] }] };
  const of = (more: Partial<Meeting>): typeof report => ({
    ...report,
    verification: {
      milliseconds: 9000,
      untried: [],
      observed: [{ title: 'Vitest', dir: 'app', files: 2, commands: 14, meetings: [{ ...meeting, ...more }], versions: ['redis 7.0.15'] }],
    },
  });
  const known = await cli(['verify', '--discover', '--output', '-'], { cwd: folder(), report: of({ finding: 2 }) });
  expect(known.status).toBe(0);
  expect(known.out).toContain(
    '## Seen on servers\n\nEach suite was watched in 9.0 s.\n\nVitest in app: 14 commands of 2 test files were seen, and they meet in 1 database.\n\n' +
      'redis 0: 2 test files share key cart. Finding 2 tells it.\n\n' +
      '| what | changed by | read by |\n|---|---|---|\n| `key cart` | `test/a.test.ts` | `test/b.test.ts` |\n\nredis 7.0.15\n',
  );
  const harmless = await cli(['verify', '--discover', '--format', 'terminal'], { cwd: folder(), report: of({ verdict: verdict('NOT-CONFIRMED') }) });
  expect(harmless.status).toBe(0);
  expect(harmless.out.replace(/\s+/g, ' ')).toContain('2 test files share key cart. The scan does not tell it. NOT-CONFIRMED: The bad order');
});

test('marks what only a run has shown', async () => {
  const seen: typeof report = {
    ...proved('CONFIRMED'),
    findings: proved('CONFIRMED').findings.map((finding, at) => (at === 0 ? { ...finding, observed: true } : finding)),
  };
  const page = async (format: string): Promise<string> => {
    const { status, out } = await cli(['verify', '--discover', '--format', format], { cwd: folder(), report: seen });
    expect(status).toBe(1);
    return out;
  };
  expect(await page('terminal')).toContain('CONFIRMED, observed hardcoded-database-name');
  expect(await page('markdown')).toContain('#### `hardcoded-database-name`: certain, observed, across workers, across runs');
  expect(await page('markdown')).toContain('### CONFIRMED, observed: `hardcoded-database-name` at');
  expect(await page('html')).toMatch(/CONFIRMED, observed<[^]*<b>certain, observed<\/b> hardcoded-database-name/);
  const { results } = (JSON.parse(await page('sarif')) as Log).runs[0]!;
  expect(results!.filter(({ properties }) => properties!['observed'] === true).map(({ ruleId }) => ruleId)).toEqual(['hardcoded-database-name']);
});

const FURTHER =
  '  So nothing is said of the test. `verify` tries its files as they are now; `verify --against <ref>`, with a ref at which it failed, says whether it is fixed.\n';
test.each([
  ['FAILS-AGAIN', 1],
  ['FAILS-OTHERWISE', 1],
  ['PASSES', 0],
  ['SERIALISED', 0],
  ['NOT-FOLLOWED', 2],
] as const)('a run that is done again and %s ends with %i, and no report is written', async (word, status) => {
  const cwd = folder();
  const replayed = (run: string): Replayed => ({
    word,
    why: 'the same test fails in the same words',
    replay: JSON.parse(run) as Replayed['replay'],
    order: 'B: SET cart, then A: FLUSHDB, then B: GET cart',
    failure: 'expected null to be 1',
    versions: ['redis 7.0.15'],
    milliseconds: 1700,
  });
  const fails = { file: 'test/b.test.ts', name: 'fills the cart' };
  const run = { kind: 'at-once', files: { A: 'test/b.test.ts', B: 'test/a.test.ts' }, chosen: {}, steps: [], bad: [0, 0], met: 0, fails, says: '' };
  const ran = await cli(['verify', '--replay', JSON.stringify(run)], { cwd, replayed });
  expect([ran.status, ran.out]).toEqual([
    status,
    `${word}: the same test fails in the same words.
  A  test/a.test.ts, as worker 2
  B  test/b.test.ts, as worker 1: fills the cart
  B: SET cart, then A: FLUSHDB, then B: GET cart
  B says: expected null to be 1
  redis 7.0.15, 1.7 s
${word === 'NOT-FOLLOWED' ? FURTHER : ''}`,
  ]);
  expect(readdirSync(cwd)).toEqual([]);
});

test.each([
  [['--replay', '{}', '--format', 'json'], '`--replay` does one run and writes no report: leave `--format` out.'],
  [['--replay', '{}', '--runs', '3'], '`--replay` does one run and writes no report: leave `--runs` out.'],
  [['--replay', '{}', '--budget', '3m'], '`--replay` does one run and writes no report: leave `--budget` out.'],
  [['--replay', '{}', '--workers', '2'], '`--workers` says how whole suites are run: pass `--runs` too.'],
  [['--workers', '2'], '`--workers` says how whole suites are run: pass `--runs` too.'],
  [['--two-runs'], '`--two-runs` says how whole suites are run: pass `--runs` too.'],
  [['--shuffle'], '`--shuffle` says how whole suites are run: pass `--runs` too.'],
  [['--runs', '3', '--against', 'main'], '`--runs` runs whole suites, and `--against` chooses findings: leave one of them out.'],
  [['--discover', '--rule', 'fixed-port'], '`--discover` runs whole suites, and `--rule` chooses findings: leave one of them out.'],
  [['--runs', '3', '--discover'], '`--runs` runs whole suites, and `--discover` does so in another way: leave one of them out.'],
  [['--runs', '0'], '`--runs 0` is no whole number above 0.'],
  [['--runs', '3', '--shuffle', 'x'], '`--shuffle x` is no whole number above 0.'],
])('%j is refused', async (words, message) => {
  expect(await cli(['verify', ...words], { cwd: folder() })).toMatchObject({ status: 2, err: `isolation-audit: ${message}\n` });
});

test.each(['10', 'soon', '-1m'])('a budget of %s is no time', async (budget) => {
  const { status, err } = await cli(['verify', `--budget=${budget}`], { cwd: folder() });
  expect([status, err]).toEqual([2, `isolation-audit: \`--budget ${budget}\` is no time: write \`90s\`, \`10m\` or \`1h\`.\n`]);
});
