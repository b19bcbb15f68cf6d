import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ReportedFinding } from '../../src/model/report.js';
import type { FixCheck } from '../../src/model/verdict.js';
import { tree } from '../project/tree.js';
import { report as stored } from '../reporters/report.js';
import { cli, type Ran } from './fake-world.js';

const LEAK = `import { test } from 'vitest';

test('knows the zone', () => {
  process.env.TZ = 'UTC';
});
test('has a zone', () => {});
`;
const PORT = `import { createServer } from 'node:http';
import { test } from 'vitest';

const server = createServer();
test('is served', () => server.listen(4310));
test('is served again', () => server.listen(4310));
`;

function shop(files: Readonly<Record<string, string>> = {}, isRepository = true): string {
  const root = tree({
    'package.json': { name: 'acme-shop', private: true, type: 'module', scripts: { test: 'vitest run' }, devDependencies: { vitest: '^4.1.0' } },
    'test/zone.test.js': LEAK,
    ...files,
  });
  const git = (...words: readonly string[]): unknown => execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@shop.test', ...words], { cwd: root });
  if (isRepository) {
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'The shop');
  }
  return root;
}

const zone = (root: string): string => readFileSync(join(root, 'test/zone.test.js'), 'utf8');
const run = (root: string, ...words: readonly string[]): Promise<Ran> => cli(['fix', ...words], { cwd: root });

test('repairs, and says what', async () => {
  const root = shop();
  const { status, out, err } = await run(root);
  expect(out).toBe('1 finding repaired in 1 file.\n  test/zone.test.js  leaked-env  Save `process.env.TZ` and put it back in an after-hook.\n');
  expect(err).toBe('');
  expect(status).toBe(0);
  expect(zone(root)).toContain('afterEach(() => {');
  // The file has uncommitted changes now, and nobody minds: there is nothing to do.
  expect(await run(root)).toMatchObject({ status: 0, out: 'Nothing is left that can be repaired.\n' });
});

test('writes plain code where nobody wants the library', async () => {
  const served = PORT.replace("test('is served again', () => server.listen(4310));\n", "test('answers', () => fetch('http://localhost:4310'));\n");
  const root = shop({ 'test/zone.test.js': served, 'test/port.test.js': served });
  const { out } = await run(root, '--no-runtime', '--plan', '--output', 'plan.json');
  expect(out).toContain('Take a port of the worker');
  expect(out).not.toContain('npm install');
  const { files } = JSON.parse(readFileSync(join(root, 'plan.json'), 'utf8')) as { readonly files: readonly { readonly after: string }[] };
  expect(files).toHaveLength(2);
  for (const { after } of files) {
    expect(after).toContain('server.listen(4310 + Number(process.env.VITEST_POOL_ID))');
    expect(after).not.toContain('isolation-audit');
  }
});

test('names a few of many files', async () => {
  const served = PORT.replace("test('is served again', () => server.listen(4310));\n", "test('answers', () => fetch('http://localhost:4310'));\n");
  const root = shop(Object.fromEntries(['zone', 'a', 'b', 'c', 'd'].map((name) => [`test/${name}.test.js`, served])));
  const { out } = await run(root, '--no-runtime', '--dry-run');
  expect(out).toContain('\n  test/a.test.js, test/b.test.js, test/c.test.js and 2 more  fixed-port  ');
});

test('says what would be done, line by line, and does nothing', async () => {
  const root = shop();
  const { status, out } = await run(root, '--dry-run', '--diff');
  expect(zone(root)).toBe(LEAK);
  expect(status).toBe(0);
  expect(out).toContain('--- test/zone.test.js\n+++ test/zone.test.js\n@@ -1,5 +1,12 @@\n');
  expect(out).toContain("-import { test } from 'vitest';\n+import { afterEach, test } from 'vitest';\n");
  expect(out).toContain('1 finding would be repaired in 1 file.');
});

test('colours follow the terminal', async () => {
  const root = shop();
  const { out } = await cli(['fix', '--dry-run', '--diff'], { cwd: root, env: { FORCE_COLOR: '1' } });
  expect(out).toContain("\u001b[32m+import { afterEach, test } from 'vitest';\u001b[39m");
});

test('what is left makes the status 1', async () => {
  const root = shop({ 'test/orders.test.js': PORT });
  const { status, out } = await run(root);
  expect(status).toBe(1);
  expect(out).toMatch(/left to repair by hand\.\n(?: {2}.*\n)*? {2}test\/orders\.test\.js:5 {2}fixed-port {2}Port `4310` is bound .* No repair: .*\.\n/);
  expect((await run(root, '--rule', 'leaked-env')).status).toBe(0);
});

test('files that cannot run beside each other yet get a lane of their own, where they are the smaller part', async () => {
  const write = (name: string): string =>
    `import { writeFileSync } from 'node:fs';\nimport { expect, test } from 'vitest';\ntest('${name}', () => {\n  writeFileSync('test/stock.csv', '${name}');\n  expect('${name}').toBe('${name}');\n});\n`;
  const files = { 'test/stock.csv': 'none\n', 'test/orders.test.js': write('orders'), 'test/bills.test.js': write('bills') };
  const free = "import { test } from 'vitest';\ntest('is free', () => {});\n";
  const root = shop({ ...files, 'test/a.test.js': free, 'test/b.test.js': free });
  const { out } = await run(root, '--pr-body', 'body.md');
  expect(out).toContain(
    '\nUntil then 2 test files need a lane of their own, before or after the others:\n  vitest run --no-file-parallelism test/bills.test.js test/orders.test.js\n  vitest run --exclude test/bills.test.js --exclude test/orders.test.js\n',
  );
  expect(readFileSync(join(root, 'body.md'), 'utf8')).toContain(
    'before or after the others:\n\n```sh\nvitest run --no-file-parallelism test/bills.test.js test/orders.test.js\nvitest run --exclude',
  );
  expect((await run(shop(files))).out).not.toContain('a lane of their own');
});

test('uncommitted changes are not touched unless asked', async () => {
  const root = shop();
  writeFileSync(join(root, 'test/zone.test.js'), `${LEAK}// mine\n`);
  const { status, err } = await run(root);
  expect(status).toBe(2);
  expect(err).toBe('isolation-audit: Uncommitted changes in `test/zone.test.js`. Commit them first, or pass `--force`. Nothing has been changed.\n');
  expect(zone(root)).toBe(`${LEAK}// mine\n`);
  expect((await run(root, '--dry-run')).status).toBe(0);
  expect((await run(root, '--force')).status).toBe(0);
  expect(zone(root)).toMatch(/afterEach[^]*\/\/ mine\n$/);
});

test('nor are files that no repository has', async () => {
  const root = shop({}, false);
  const { status, err } = await run(root);
  expect(status).toBe(2);
  expect(err).toContain('no git repository');
  expect(zone(root)).toBe(LEAK);
  const other = shop();
  writeFileSync(join(other, 'test/new.test.js'), LEAK.replace('UTC', 'Rome'));
  expect((await run(other)).err).toContain('`test/new.test.js`');
  expect(zone(other)).toBe(LEAK);
});

test('a root that is none', async () => {
  expect(await run(shop(), 'nowhere')).toMatchObject({ status: 2, err: 'isolation-audit: There is no folder `nowhere`. Name the folder of the project.\n' });
});

const REDIS = `import Redis from 'ioredis';
import { afterAll, test } from 'vitest';

const redis = new Redis();
afterAll(() => redis.quit());
test('counts', () => redis.flushdb());
`;

test('what is chosen for each resource, and why, without a change', async () => {
  const root = shop({ 'test/orders.test.js': REDIS, 'test/bills.test.js': REDIS });
  const plan = join(root, 'plan.json');
  const { status, out } = await run(root, '--plan', '--output', plan);
  expect(status).toBe(0);
  expect(out).toContain('Nothing has been changed.');
  expect(out).toMatch(/Redis database `0` {2}shared-redis-keyspace\n {2}Give each worker a database of its own where .*\n {2}why own-logical-database: /);
  expect(out).toContain('Needed for it:\n  `isolation-audit` is among the development dependencies');
  expect(readFileSync(join(root, 'test/orders.test.js'), 'utf8')).toBe(REDIS);
  expect(JSON.parse(readFileSync(plan, 'utf8'))).toMatchObject({ kind: 'isolation-audit plan', files: [{ path: 'test/bills.test.js' }, {}, {}] });
  expect((await run(root, '--output', plan)).status).toBe(2);
});

test('the text of a pull request', async () => {
  const root = shop({ 'test/orders.test.js': REDIS, 'test/bills.test.js': REDIS });
  await run(root, '--force', '--pr-body', join(root, 'body.md'));
  const body = readFileSync(join(root, 'body.md'), 'utf8');
  for (const part of [
    '### Redis database `0`',
    '**What**: ',
    '**Why it breaks**: ',
    '**Change**: ',
    "-const redis = new Redis();\n+const redis = new Redis(workerDatabase('redis://localhost:6379'));",
    '- [ ] `isolation-audit` is',
    '### How it was checked',
  ])
    expect(body).toContain(part);
});

test('asks before each change, and takes no for an answer', async () => {
  const root = shop({ 'test/orders.test.js': REDIS, 'test/bills.test.js': REDIS });
  const asked: string[] = [];
  const { status, out } = await cli(['fix', '--interactive'], { cwd: root, answers: (question) => (asked.push(question), asked.length === 1 ? 'yes' : 'n') });
  expect(asked).toEqual(['Make this change? [y/N] ', 'Make this change? [y/N] ']);
  expect(status).toBe(1);
  expect(out).toContain('No repair: it was declined.');
  expect((await run(root, '--interactive')).err).toContain('nobody sits at this terminal');
});

test('formatters of the project run when they are asked for', async () => {
  const root = shop();
  expect((await run(root, '--format')).out).toContain('Nothing was formatted: neither prettier nor eslint is installed in the project.');
  const other = shop({ 'node_modules/prettier/bin/prettier.cjs': "require('node:fs').appendFileSync(process.argv.at(-1), '// formatted\\n');\n" });
  expect((await run(other, '--format', '--force')).out).toContain('Formatted with prettier.');
  expect(zone(other)).toContain('// formatted\n');
});

test.each(['FIXED', 'NOT-FIXED'] as const)('with --verify the change stands between two runs of its tests: %s', async (word) => {
  const root = shop();
  const [first] = stored.findings;
  const at = (path: string, startLine: number): ReportedFinding => ({
    ...first!,
    rule: 'leaked-env',
    places: [{ ...first!.places[0], path, region: { ...first!.places[0].region, startLine } }],
  });
  const report = { ...stored, findings: [at('test/zone.test.js', 4), at('test/zone.test.js', 5), at('test/other.test.js', 4)] };
  const checks = (findings: readonly ReportedFinding[]): readonly FixCheck[] => {
    expect(findings).toEqual(report.findings.slice(0, 1));
    expect(zone(root)).toContain('afterEach(() => {');
    return [{ rule: 'leaked-env', resource: 'variable `TZ`', path: 'test/zone.test.js', line: 4, word, why: 'it was run', trials: [] }];
  };
  const { status, out } = await cli(['fix', '--verify', '--pr-body', 'body.md'], { cwd: root, report, checks });
  const body = readFileSync(join(root, 'body.md'), 'utf8');
  expect(body).toContain(`in the orders that break them:\n\n### ${word}: \`leaked-env\`, which stood at \`test/zone.test.js:4\`\n`);
  expect(body).not.toContain('No test was run');
  expect(out).toContain('1 finding repaired in 1 file.\n');
  expect(out).toContain(`\n  ${word} leaked-env  test/zone.test.js:4\n    Variable \`TZ\`: it was run.\n`);
  expect(out.includes('Whether the whole suite passes in parallel is seen by `isolation-audit verify --runs 10`.')).toBe(word === 'FIXED');
  expect(status).toBe(word === 'FIXED' ? 0 : 1);
});

test('--budget is a time for running tests', async () => {
  expect(await run(shop(), '--budget', '30m')).toMatchObject({
    status: 2,
    err: 'isolation-audit: `--budget` is the time for running tests: pass `--verify` too.\n',
  });
  expect(await run(shop(), '--verify', '--budget', 'long')).toMatchObject({
    status: 2,
    err: 'isolation-audit: `--budget long` is no time: write `90s`, `10m` or `1h`.\n',
  });
});

test('--prepare makes a server ready for running tests', async () => {
  expect(await run(shop(), '--prepare', 'npm run migrate')).toMatchObject({
    status: 2,
    err: 'isolation-audit: `--prepare` makes a server ready for running tests: pass `--verify` too.\n',
  });
});

test.each(['--dry-run', '--plan'])('--verify needs a change: not %s', async (option) => {
  expect(await run(shop(), '--verify', option)).toMatchObject({
    status: 2,
    err: `isolation-audit: \`--verify\` runs the tests before and after the change: leave \`${option}\` out.\n`,
  });
});
