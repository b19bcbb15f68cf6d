/** `fix --no-runtime`: plain code where that is as safe, and a reason where only the library is. */
import { describe, expect, test } from 'vitest';
import type { Fixed } from '../../src/project/fix.js';
import { manifest, planned, reasons, VITEST, type Files } from './planned.js';

const plain = (files: Files): ReturnType<typeof planned> => planned(files, { runtime: false });

/** Nothing that is written knows the library. */
function withoutLibrary({ files }: Fixed): void {
  for (const { after } of files) expect(after).not.toContain('isolation-audit');
}

const written = (path: string, runner = 'vitest'): string => `import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, test } from '${runner}';
const OUT = ${path};
beforeEach(() => rmSync(OUT, { recursive: true, force: true }));
test('is written', () => writeFileSync(OUT, ''));
`;
const both = (text: string): Files => ({ 'test/orders.test.js': text, 'test/bills.test.js': text });

describe('a path in the temporary directory', () => {
  test.each([
    ["join(tmpdir(), 'orders.csv')", 'join(tmpdir(), `orders-${process.env.VITEST_POOL_ID}.csv`)'],
    ["tmpdir() + '/orders.csv'", 'tmpdir() + `/orders-${process.env.VITEST_POOL_ID}.csv`'],
    ['`${tmpdir()}/orders.csv`', '`${tmpdir()}/orders-${process.env.VITEST_POOL_ID}.csv`'],
    ["'/tmp/orders'", '`/tmp/orders-${process.env.VITEST_POOL_ID}`'],
  ])('%s has another name for each worker', async (path, expected) => {
    const fixed = await plain({ ...VITEST, ...both(written(path)) });
    expect(fixed.left).toEqual([]);
    expect(fixed.after['test/orders.test.js']).toBe(written(path).replace(path, expected));
    withoutLibrary(fixed);
  });

  test('with the variable of the runner, and none where Mocha runs without workers', async () => {
    const jest = await plain({
      'package.json': manifest('jest', 'jest'),
      ...both(written("join(tmpdir(), 'orders.csv')").replace(/import .* from 'vitest';\n/, '')),
    });
    expect(jest.after['test/orders.test.js']).toContain('`orders-${process.env.JEST_WORKER_ID}.csv`');
    const mocha = await plain({
      'package.json': manifest('mocha', 'mocha --parallel test/*.test.js'),
      ...both(
        written("join(tmpdir(), 'orders.csv')")
          .replace(/import .* from 'vitest';\n/, '')
          .replace('test(', 'it('),
      ),
    });
    expect(mocha.after['test/orders.test.js']).toContain("`orders-${process.env.MOCHA_WORKER_ID ?? 'serial'}.csv`");
  });

  test.each([
    [
      'a version that does not set it yet',
      { 'package.json': { ...VITEST['package.json'], devDependencies: { vitest: '^1.0.0' } } },
      /not sure to be set by a version/,
    ],
    ['a runner without one', { 'package.json': manifest('nothing', 'node --test') }, /this runner gives its workers no number/],
  ])('stays: %s', async (_, runner, why) => {
    const text = written("join(tmpdir(), 'orders.csv')");
    const fixed = await plain({
      ...runner,
      ...both('package.json' in runner && JSON.stringify(runner).includes('node --test') ? text.replace('vitest', 'node:test') : text),
    });
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContainEqual(expect.stringMatching(why));
  });

  test.each([
    [
      'global setup',
      {
        'vitest.config.js': "export default { test: { globalSetup: './test/global.js' } };\n",
        'test/global.js': "import { OUT } from './out.js';\nexport default () => void OUT;\n",
      },
      /global setup reads/,
    ],
    [
      'the configuration',
      { 'vitest.config.js': "import './test/out.js';\nexport default { test: { name: 'shop' } };\n" },
      /the configuration reads `test\/out.js` too/,
    ],
    [
      'tests under another runner',
      {
        'playwright.config.js': "export default { testDir: 'e2e' };\n",
        'e2e/orders.spec.js':
          "import { test } from '@playwright/test';\nimport { OUT } from '../test/out.js';\ntest('is shown', async ({ page }) => { await page.goto(OUT); });\n",
      },
      /tests under another runner reach `test\/out.js` too/,
    ],
  ])('stays where %s reads the name too', async (_, more, why) => {
    const text = written('').replace(/const OUT.*\n/, "import { OUT } from './out.js';\n");
    const home = "import { tmpdir } from 'node:os';\nimport { join } from 'node:path';\nexport const OUT = join(tmpdir(), 'orders.csv');\n";
    const files = { ...VITEST, 'test/out.js': home, ...both(text) };
    expect((await plain(files)).after['test/out.js']).toContain('`orders-${process.env.VITEST_POOL_ID}.csv`');
    const fixed = await plain({ ...files, ...more });
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContainEqual(expect.stringMatching(why));
  });

  test.each([
    ['`${tmpdir()}/${["orders", "csv"].join(".")}`', /is not written out in one place/],
    ["process.env.OUT ?? '/tmp/orders.csv'", /is not written out in one place/],
  ])('stays: %s', async (path, why) => {
    const fixed = await plain({ ...VITEST, '.env.test': 'OUT=/tmp/orders.csv\n', ...both(written(path)) });
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContainEqual(expect.stringMatching(why));
  });
});

describe('a folder that the tests of each file make and remove', () => {
  const file = (
    out: string,
    more: { readonly after?: string; readonly make?: string; readonly head?: string; readonly runner?: string } = {},
  ): string => `import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ${more.after ?? 'afterEach'}, beforeEach, test } from '${more.runner ?? 'vitest'}';
${more.head ?? ''}
const OUT = ${out};
beforeEach(() => mkdirSync(OUT${more.make ?? ', { recursive: true }'}));
${more.after ?? 'afterEach'}(() => rmSync(OUT, { recursive: true, force: true }));
test('is written', () => writeFileSync(join(OUT, 'orders.csv'), ''));
`;

  test.each([
    ["join(tmpdir(), 'exports')", "mkdtempSync(join(tmpdir(), 'exports-'))"],
    ['`${tmpdir()}/exports`', 'mkdtempSync(`${tmpdir()}/exports-`)'],
    ["'/tmp/exports'", "mkdtempSync('/tmp/exports-')"],
  ])('%s is made anew, whatever the runner', async (out, expected) => {
    for (const [runner, script, after] of [
      ['vitest', VITEST, 'afterEach'],
      ['node:test', { 'package.json': { ...manifest('nothing', 'node --test test/*.test.js'), type: 'module' } }, 'after'],
    ] as const) {
      const fixed = await plain({ ...script, ...both(file(out, { runner, after })) });
      expect(fixed.left).toEqual([]);
      expect(fixed.after['test/orders.test.js']).toBe(file(expected, { runner, after }).replace('{ mkdirSync, rmSync', '{ mkdirSync, mkdtempSync, rmSync'));
      withoutLibrary(fixed);
    }
  });

  test('as the file calls its file system', async () => {
    const whole = (out: string): string =>
      file(out)
        .replace("import { mkdirSync, rmSync, writeFileSync } from 'node:fs';", "import fs from 'node:fs';")
        .replace(/(mkdirSync|rmSync|writeFileSync)\(/g, 'fs.$1(');
    const fixed = await plain({ ...VITEST, ...both(whole("join(tmpdir(), 'exports')")) });
    expect(fixed.after['test/orders.test.js']).toBe(whole("fs.mkdtempSync(join(tmpdir(), 'exports-'))"));
  });

  test.each([
    ['that is made where there is none', { make: '' }],
    ['in modules that are loaded again', { head: 'vi.resetModules();' }],
    ['in a file system that is none', { head: "vi.mock('node:os');" }],
  ])('is numbered %s', async (_, more) => {
    const fixed = await plain({ ...VITEST, ...both(file("join(tmpdir(), 'exports')", more)) });
    expect(fixed.after['test/orders.test.js']).toContain('const OUT = join(tmpdir(), `exports-${process.env.VITEST_POOL_ID}`);');
  });
});

test('a path in the project is left to the library', async () => {
  const fixed = await plain({ ...VITEST, ...both(written("join(import.meta.dirname, 'orders.csv')")) });
  expect(fixed.files).toEqual([]);
  expect(reasons(fixed)).toContain(
    'it takes `workerDirectory` of `isolation-audit/worker`, which `--no-runtime` leaves out: only below the temporary directory another name means nothing to anybody',
  );
});

describe('a port', () => {
  const served = (more = ''): string => `import { createServer } from 'node:http';
import { afterAll, beforeAll, test } from 'vitest';
const PORT = 4310;
const server = createServer();
beforeAll(() => new Promise((done) => server.listen(PORT, done)));
afterAll(() => server.close());
test('is served', () => fetch('http://localhost:4310/orders', { headers: { port: '4310' } }));
${more}`;

  test('is counted by the worker, for the server and for its clients', async () => {
    const fixed = await plain({ ...VITEST, ...both(served()) });
    expect(fixed.left).toEqual([]);
    expect(fixed.after['test/orders.test.js']).toContain('const PORT = 4310 + Number(process.env.VITEST_POOL_ID);');
    expect(fixed.after['test/orders.test.js']).toContain(
      'fetch(`http://localhost:${4310 + Number(process.env.VITEST_POOL_ID)}/orders`, { headers: { port: String(4310 + Number(process.env.VITEST_POOL_ID)) } })',
    );
    withoutLibrary(fixed);
  });

  test('keeps its sum together', async () => {
    const fixed = await plain({ ...VITEST, ...both(served("test('is told', () => expect(portOf(server)).toBe((4310).toString()));\n")) });
    expect(fixed.after['test/orders.test.js'] ?? '').not.toContain('4310 + Number(process.env.VITEST_POOL_ID).toString()');
  });

  test.each([
    ['another test binds', { 'test/ledger.test.js': served().replaceAll('4310', '4312') }],
    ['a service has', { 'compose.yaml': 'services:\n  ledger:\n    image: ledger\n    ports:\n      - 4312:80\n' }],
  ])('stays where one beside it is what %s', async (_, more) => {
    const fixed = await plain({ ...VITEST, ...both(served()), ...more });
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContainEqual(expect.stringMatching(/would meet 4312, and only `workerPort` of `isolation-audit\/worker`/));
  });

  test('stays where set-up would have to point a variable', async () => {
    const fixed = await plain({
      ...VITEST,
      '.env.test': 'PORT=4310\n',
      'src/server.js': "import { createServer } from 'node:http';\nexport const start = (done) => createServer().listen(process.env.PORT, done);\n",
      ...both(
        "import { afterAll, beforeAll, test } from 'vitest';\nimport { start } from '../src/server.js';\nlet server;\nbeforeAll(() => new Promise((done) => (server = start(done))));\nafterAll(() => server.close());\ntest('is there', () => {});\n",
      ),
    });
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContain('it takes `pointEnvironment` of `isolation-audit/worker`, which `--no-runtime` leaves out');
  });
});

describe('a name on a server', () => {
  const keeps = (name: string): string => `import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, test } from 'vitest';
const client = new S3Client({ endpoint: 'http://localhost:9000', region: 'local' });
const Bucket = ${name};
beforeAll(() => client.send(new CreateBucketCommand({ Bucket })));
test('keeps', () => client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'b' })));
`;

  test.each([
    ["'invoices'", '`invoices-${process.env.VITEST_POOL_ID}`'],
    ["process.env.BUCKET ?? 'invoices'", "`${process.env.BUCKET ?? 'invoices'}-${process.env.VITEST_POOL_ID}`"],
  ])('%s has the number of the worker behind it', async (name, expected) => {
    const fixed = await plain({ ...VITEST, '.env.test': 'BUCKET=invoices\n', ...both(keeps(name)) });
    expect(fixed.left).toEqual([]);
    expect(fixed.after['test/orders.test.js']).toBe(keeps(expected));
    withoutLibrary(fixed);
  });

  test('stays where it has no room for one', async () => {
    const fixed = await plain({ ...VITEST, ...both(keeps(`'${'i'.repeat(60)}'`)) });
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContainEqual(expect.stringMatching(/is too long for a number behind it/));
  });
});

test('a database is left to the library, which makes and drops it', async () => {
  const rows = `import pg from 'pg';
import { afterAll, beforeEach, expect, test } from 'vitest';
const pool = new pg.Pool({ connectionString: 'postgres://localhost/shop_test' });
afterAll(() => pool.end());
beforeEach(() => pool.query('DELETE FROM orders'));
test('is empty', async () => expect((await pool.query('SELECT * FROM orders')).rows).toEqual([]));
`;
  const fixed = await plain({ ...VITEST, ...both(rows) });
  expect(fixed.files).toEqual([]);
  expect(reasons(fixed)).toEqual(['it takes `workerDatabase` of `isolation-audit/worker`, which `--no-runtime` leaves out']);
});
