import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report, ReportedFinding } from '../../src/model/report.js';
import { writeBaseline } from '../../src/project/baseline.js';
import { scan } from '../../src/project/scan.js';
import type { ScanOptions } from '../../src/project/scan-options.js';
import { tree } from './tree.js';

const server = (name: string, port: number | string = 4310): string => `import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';

const server = createServer((_, answer) => answer.end('${name}'));

beforeAll(() => new Promise((done) => server.listen(${port}, done)));
afterAll(() => new Promise((done) => server.close(done)));

test('${name} are served', () => {
  expect(server.listening).toBe(true);
});
`;
const LISTEN = 'beforeAll(() => new Promise((done) => server.listen(4310, done)));';

const MANIFEST = { name: 'shop', private: true, type: 'module', scripts: { test: 'vitest run' }, devDependencies: { vitest: '^4.1.0' } };
const ORDERS = 'checks/orders.test.ts';
const INVOICES = 'checks/invoices.test.ts';
const TOTALS = 'checks/totals.test.ts';
type Files = Parameters<typeof tree>[0];
/** Two files bind one port; the third shares nothing. */
const shop = {
  'package.json': MANIFEST,
  [ORDERS]: server('orders'),
  [INVOICES]: server('invoices'),
  [TOTALS]: "import { expect, test } from 'vitest';\ntest('adds', () => expect(1 + 1).toBe(2));\n",
} satisfies Files;

const at = (root: string, options: Omit<ScanOptions, 'root'> = {}): Promise<Report> => scan({ root, cache: false, ...options });
const audit = (files: Files, options: Omit<ScanOptions, 'root'> = {}): Promise<Report> => at(tree(files), options);
const ports = (report: Report): readonly ReportedFinding[] => report.findings.filter((finding) => finding.rule === 'fixed-port');
const prints = (report: Report): readonly string[] =>
  ports(report)
    .flatMap((finding) => Object.entries(finding.fingerprints).map((entry) => entry.join(' ')))
    .sort();
const gaps = (report: Report): readonly string[] => report.gaps.map((gap) => `${gap.at?.path ?? ''}:${gap.at?.region.startLine ?? ''} ${gap.what}`);

describe('a scan', () => {
  test('says what global set-up empties beside what the files of several projects empty', async () => {
    const wipe = (body: string): string => `const Redis = require('ioredis');\nconst redis = new Redis({ port: 6390 });\n${body}`;
    const { findings } = await audit({
      'package.json': {
        name: 'shop',
        workspaces: ['packages/*'],
        scripts: { test: 'jest' },
        devDependencies: { jest: '30.0.0' },
        dependencies: { ioredis: '5.0.0' },
      },
      'jest.config.js': `module.exports = { projects: ['<rootDir>/packages/*'] };`,
      'empty.js': wipe('module.exports = async () => { await redis.flushdb(); };'),
      ...Object.fromEntries(
        ['orders', 'invoices'].flatMap((name) => [
          [`packages/${name}/jest.config.js`, `module.exports = { globalSetup: '../../empty.js' };`],
          [`packages/${name}/${name}.test.js`, wipe(`beforeEach(() => redis.flushdb());\ntest('${name}', () => redis.set('${name}', '1'));`)],
        ]),
      ),
    });
    const wipes = findings.filter((each) => each.rule === 'unscoped-wipe').map(({ axis, files }) => [axis.join(' '), files.length]);
    expect(wipes).toContainEqual(['A W', 2]);
    expect(wipes).toContainEqual(['R', 0]);
  });

  test('compares the files of projects that one command runs, and not of those that are run one by one', async () => {
    const files = {
      'package.json': { ...MANIFEST, workspaces: ['packages/*'] },
      'vitest.config.ts': "export default { test: { projects: ['packages/*'] } };",
      'packages/orders/package.json': { name: 'orders' },
      'packages/orders/vitest.config.ts': 'export default {};',
      'packages/orders/orders.test.ts': server('orders'),
      'packages/invoices/package.json': { name: 'invoices' },
      'packages/invoices/vitest.config.ts': 'export default {};',
      'packages/invoices/invoices.test.ts': server('invoices'),
    };
    expect(ports(await audit(files))).toMatchObject([
      { confidence: 'certain', files: ['packages/invoices/invoices.test.ts', 'packages/orders/orders.test.ts'] },
    ]);
    const scripts = { orders: 'vitest run --project orders', invoices: 'vitest run --project=invoices' };
    const apart = await audit({ ...files, 'package.json': { ...MANIFEST, workspaces: ['packages/*'], scripts } });
    expect(ports(apart).map((each) => each.axis)).toEqual([['R'], ['R']]);
  });

  test('says which files are ready and which resource holds the others', async () => {
    const report = await audit(shop);
    expect(ports(report)).toMatchObject([{ number: 1, confidence: 'certain', files: [INVOICES, ORDERS], fix: 'by-hand' }]);
    const [port] = ports(report);
    expect(report.files).toEqual([
      { path: INVOICES, runner: 'vitest', status: 'held', heldBy: [port?.resource.key], gaps: [] },
      { path: ORDERS, runner: 'vitest', status: 'held', heldBy: [port?.resource.key], gaps: [] },
      { path: TOTALS, runner: 'vitest', status: 'ready', heldBy: [], gaps: [] },
    ]);
    expect(report.resources.find((each) => each.key === port?.resource.key)).toMatchObject({
      findings: [1],
      frees: [INVOICES, ORDERS],
      holds: [INVOICES, ORDERS],
      wipers: [],
    });
    expect(report.summary).toMatchObject({ testFiles: 3, ready: 1, held: 2, notKnown: 0, firstResources: [port?.resource.key], readyAfterFirst: 3 });
    expect(report.runners).toMatchObject([{ title: 'Vitest', testFiles: 3, commands: ['vitest run'] }]);
    expect(report.project).toBe('shop');
  });

  test('shows the lines of a place as they stand', async () => {
    const [port] = ports(await audit(shop));
    expect(port?.places.map(({ path, region, code }) => ({ path, line: region.startLine, code }))).toContainEqual({ path: INVOICES, line: 6, code: LISTEN });
  });

  test('of the same files gives the same bytes, wherever they lie and in whatever order they were written', async () => {
    const backwards = Object.fromEntries(Object.entries(shop).reverse());
    expect(JSON.stringify(await audit(backwards))).toBe(JSON.stringify(await audit(shop)));
  });

  test('says what the server of a test app keeps between the requests of browser tests, in modules that its routes import too', async () => {
    const visit = (name: string, path: string): string =>
      `import { test } from '@playwright/test';\ntest('${name}', async ({ page }) => { await page.goto('${path}'); });\n`;
    const app = (dir: string): Readonly<Record<string, string>> => ({
      [`${dir}src/routes/(shop)/visits/+page.server.ts`]: `import { next } from '../../../visits';\nexport const load = () => ({ visits: next() });\n`,
      [`${dir}src/visits.ts`]: 'let visits = 0;\nexport const next = () => ++visits;\n',
      // It runs in the browser, in a page that each test has to itself.
      [`${dir}src/routes/(shop)/visits/+page.ts`]: 'let loads = 0;\nexport const load = () => ({ loads: ++loads });\n',
      [`${dir}playwright.config.ts`]: `export default { testDir: 'e2e', webServer: { command: 'vite preview', port: 4173 } };\n`,
      [`${dir}e2e/first.spec.ts`]: visit('first', '/visits'),
      [`${dir}e2e/second.spec.ts`]: visit('second', '/visits?again'),
    });
    const manifest = { name: 'shop', devDependencies: { '@playwright/test': '^1.50.0', '@sveltejs/kit': '^2.0.0' }, scripts: { test: 'playwright test' } };
    const report = await audit({ 'package.json': { workspaces: ['test/app'] }, 'test/app/package.json': manifest, ...app('test/app/') });
    expect(report.findings.map(({ rule, confidence, files, places: [{ path }] }) => ({ rule, confidence, files, path }))).toEqual([
      {
        rule: 'shared-module-state',
        confidence: 'likely',
        files: ['test/app/e2e/first.spec.ts', 'test/app/e2e/second.spec.ts'],
        path: 'test/app/src/visits.ts',
      },
    ]);
    // What the product keeps is its own affair.
    expect((await audit({ 'package.json': manifest, ...app('') })).findings).toEqual([]);
  });

  test('from cached facts is the same as from fresh ones', async () => {
    const root = tree({ ...shop, 'node_modules/.package-lock.json': {} });
    const fresh = await at(root);
    expect(await at(root, { cache: true })).toEqual(fresh);
    // The report as a whole is kept too: without it the facts have to do.
    rmSync(join(root, 'node_modules/.cache/isolation-audit/report.json'));
    expect(readdirSync(join(root, 'node_modules/.cache/isolation-audit'))).toEqual(['facts.ndjson']);
    expect(await at(root, { cache: true })).toEqual(fresh);
  });

  test('names a file that does not parse and audits the others', async () => {
    const report = await audit({ ...shop, 'checks/broken.test.ts': "test('half a" });
    expect(ports(report)).toMatchObject([{ files: [INVOICES, ORDERS] }]);
    expect(report.files.find((file) => file.path === 'checks/broken.test.ts')).toMatchObject({
      status: 'not-known',
      gaps: [expect.stringContaining('does not parse')],
    });
    expect(gaps(report).filter((gap) => gap.startsWith('checks/broken.test.ts:1 '))).toHaveLength(1);
  });

  test('reports progress, phase by phase', async () => {
    const phases: string[] = [];
    await audit(shop, { onProgress: ({ phase, done, total }) => phases.push(total > 0 ? `${phase} ${done}/${total}` : phase) });
    expect(phases.filter((phase) => !phase.startsWith('Judging'))).toEqual([
      'Reading the project',
      'Reading test files 0/3',
      'Reading test files 1/3',
      'Reading test files 2/3',
      'Writing the report',
    ]);
  });

  test('refuses a rule that is not there and names the nearest', async () => {
    await expect(audit(shop, { rules: ['fixed-prt'] })).rejects.toThrow(/`fixed-prt`; did you mean `fixed-port`/);
  });

  test('runs only the rules it is told to', async () => {
    const report = await audit(shop, { rules: ['leaked-env'] });
    expect(report.rules.map((rule) => rule.id)).toEqual(['leaked-env']);
    expect(report.findings).toEqual([]);
  });
});

describe('fingerprints', () => {
  test('survive lines that move', async () => {
    const before = await audit(shop);
    const after = await audit({ ...shop, [ORDERS]: `// Orders.\n\n${server('orders')}` });
    expect(ports(after)[0]?.places.map((place) => place.region.startLine)).not.toEqual(ports(before)[0]?.places.map((place) => place.region.startLine));
    expect(prints(after)).toEqual(prints(before));
  });

  test('of a new file on an old resource are new, and the others stay', async () => {
    const before = await audit(shop);
    const after = await audit({ ...shop, 'checks/stock.test.ts': server('stock') });
    expect(prints(after).filter((each) => !prints(before).includes(each))).toEqual([expect.stringMatching(/^checks\/stock\.test\.ts [0-9a-f]{40}$/)]);
  });
});

describe('an ignore comment', () => {
  const NEXT = '// isolation-audit-ignore-next-line fixed-port -- the port is part of the contract';
  const silenced = (path: string, comment: string): Files => ({ ...shop, [path]: server('either').replace(LISTEN, `${comment}\n${LISTEN}`) });

  test.each([ORDERS, INVOICES])('works at any place of the finding: %s', async (path) => {
    const report = await audit(silenced(path, NEXT));
    expect(ports(report)).toEqual([]);
    expect(report.summary).toMatchObject({ ready: 3, held: 0, ignored: 1 });
    expect(gaps(report)).toEqual([]);
  });

  test.each([
    ['on a line of its own without `-next-line`', `// isolation-audit-ignore fixed-port -- the contract\n${LISTEN}`],
    ['behind the line', `${LISTEN} // isolation-audit-ignore fixed-port -- the contract`],
    ['above another comment', `${NEXT}\n// isolation-audit-ignore-next-line shared-path -- the contract\n${LISTEN}`],
    ['for all rules', `/* isolation-audit-ignore-next-line -- the contract */\n${LISTEN}`],
  ])('works %s', async (_name, lines) => {
    expect(ports(await audit({ ...shop, [ORDERS]: server('orders').replace(LISTEN, lines) }))).toEqual([]);
  });

  test.each([
    ['without a reason', '// isolation-audit-ignore-next-line fixed-port', /gives no reason/],
    ['of another rule', '// isolation-audit-ignore-next-line shared-path -- the contract', /silences nothing/],
    ['of no rule', '// isolation-audit-ignore-next-line fixed-prt -- the contract', /no such rule/],
  ])('%s silences nothing and is reported', async (_name, comment, says) => {
    const report = await audit(silenced(ORDERS, comment));
    expect(ports(report)).toHaveLength(1);
    expect(gaps(report)).toEqual([expect.stringMatching(says)]);
    expect(gaps(report)[0]).toContain(`${ORDERS}:6 `);
  });

  test('is not called idle when its rule did not run', async () => {
    expect(gaps(await audit(silenced(ORDERS, NEXT), { rules: ['leaked-env'] }))).toEqual([]);
  });
});

describe('a baseline', () => {
  const accept = (root: string, report: Report): void =>
    writeBaseline(
      join(root, 'accepted.json'),
      report.findings.flatMap(({ rule, fingerprints }) => Object.entries(fingerprints).map(([file, fingerprint]) => ({ file, fingerprint, rule }))),
    );

  test('leaves its findings out and counts them, and the files stay held', async () => {
    const root = tree(shop);
    const before = await at(root);
    accept(root, before);
    const after = await at(root, { baseline: join(root, 'accepted.json') });
    expect(after.findings).toEqual([]);
    expect(after.summary).toMatchObject({ baselined: before.findings.length, held: 2, byConfidence: { certain: 0, likely: 0, possible: 0 } });
  });

  test('of the settings is used, unless the caller wants none', async () => {
    const root = tree({ ...shop, 'isolation-audit.config.json': { baseline: 'accepted.json' } });
    accept(root, await at(root));
    expect(ports(await at(root))).toEqual([]);
    expect(ports(await at(root, { baseline: false }))).toHaveLength(1);
  });

  test('does not cover a new file on an old resource', async () => {
    const root = tree(shop);
    accept(root, await at(root));
    writeFileSync(join(root, 'checks/stock.test.ts'), server('stock'));
    expect(ports(await at(root, { baseline: join(root, 'accepted.json') }))).toMatchObject([{ files: [INVOICES, ORDERS, 'checks/stock.test.ts'] }]);
  });
});

describe('settings', () => {
  test.each([
    [{ rules: { 'fixed-port': 'off' } }, { held: 0, ignored: 0, testFiles: 3 }],
    [{ safeNames: ['43*'] }, { held: 0, ignored: 1, testFiles: 3 }],
    [{ safeNames: ['44*'] }, { held: 2, ignored: 0, testFiles: 3 }],
    [
      { exclude: ['**/orders.*'], rules: { 'fixed-port': 'certain' } },
      { held: 0, ignored: 1, testFiles: 2 },
    ],
    [{ include: ['checks/{orders,invoices}.test.ts'] }, { held: 2, testFiles: 2 }],
    [{ roots: ['./checks/'] }, { held: 2, testFiles: 3 }],
    [{ roots: ['src'] }, { held: 0, testFiles: 0 }],
  ])('%j', async (settings, summary) => {
    expect((await audit({ ...shop, 'isolation-audit.config.json': settings })).summary).toMatchObject(summary);
  });
});

describe('since a commit', () => {
  const git = (root: string, ...args: readonly string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...args], { cwd: root, stdio: 'ignore' });
  const repository = (files: Files): string => {
    const root = tree(files);
    git(root, 'init');
    git(root, 'add', '.');
    git(root, 'commit', '-m', 'shop');
    return root;
  };

  test('only findings with a place in a changed file are told, and the others are counted', async () => {
    const root = repository({ ...shop, 'checks/a.test.ts': server('a', 4400), 'checks/b.test.ts': server('b', 4400) });
    writeFileSync(join(root, ORDERS), `// Changed.\n${server('orders')}`);
    const report = await at(root, { since: 'HEAD' });
    expect(ports(report)).toMatchObject([{ files: [INVOICES, ORDERS] }]);
    expect(report.summary).toMatchObject({ untouched: 1, held: 4 });
  });
});

describe('an abort', () => {
  test.each(['Reading the project', 'Reading test files', 'Judging', 'Writing the report'])(
    'while %s rejects with the reason and writes nothing',
    async (phase) => {
      const root = tree({ ...shop, 'node_modules/.package-lock.json': {} });
      const before = readdirSync(root, { recursive: true });
      const controller = new AbortController();
      const reason = new Error('enough');
      const onProgress: ScanOptions['onProgress'] = (progress) => {
        if (progress.phase === phase) controller.abort(reason);
      };
      await expect(scan({ root, onProgress, signal: controller.signal })).rejects.toBe(reason);
      expect(readdirSync(root, { recursive: true })).toEqual(before);
    },
  );

  test('before the start is seen at once, without a reason of its own as an AbortError', async () => {
    const root = tree(shop);
    rmSync(root, { recursive: true });
    await expect(scan({ root, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('can come from a timer: a scan gives way now and then', async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`checks/many-${index}.test.ts`, server(`many ${index}`)]));
    let isRung = false;
    const bell = setTimeout(() => (isRung = true), 0);
    const rung: boolean[] = [];
    await audit({ 'package.json': MANIFEST, ...many }, { onProgress: () => rung.push(isRung) });
    clearTimeout(bell);
    expect(rung.at(-1)).toBe(true);
  });
});
