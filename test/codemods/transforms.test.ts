/** Codemods as jscodeshift calls them: a path, a text and somebody to report to. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import applyPlan from '../../codemods/apply-plan.js';
import type { Transform } from '../../codemods/harness/transform.js';
import { remedies } from '../../src/core.js';
import { fix } from '../../src/project/fix.js';
import { planFile } from '../../src/project/plan-file.js';
import { tree } from '../project/tree.js';
import { writeFileSync } from 'node:fs';

const PACKAGE = { name: 'acme-shop', private: true, type: 'module', scripts: { test: 'vitest run' }, devDependencies: { vitest: '^4.1.0' } };
const test2 = (body: string, imports = 'test'): string =>
  `import { ${imports} } from 'vitest';\n\ntest('first', () => {\n${body}\n});\ntest('second', () => {});\n`;

/** What each repairs: a text with its finding, and a piece of the text after it. */
const CASES: Readonly<Record<string, readonly [text: string, after: string]>> = {
  'put-cwd-back': [test2("  process.chdir('/tmp');"), 'process.chdir(savedCwd)'],
  'put-env-back': [test2("  process.env.TZ = 'UTC';"), 'else process.env.TZ = savedTz;'],
  'put-property-back': [test2("  globalThis.fetch = () => 'nothing';"), 'globalThis.fetch = savedFetch'],
  'restore-mocks': [test2("  vi.spyOn(console, 'log').mockReturnValue();", 'test, vi'), 'vi.restoreAllMocks()'],
  'use-real-timers': [test2('  vi.useFakeTimers();', 'test, vi'), 'vi.useRealTimers()'],
  'release-after-tests': [
    "import { Pool } from 'pg';\nimport { beforeAll, test } from 'vitest';\nlet pool;\nbeforeAll(() => {\n  pool = new Pool();\n});\ntest('reads', () => pool.query('SELECT 1'));\n",
    'pool.end()',
  ],
  'name-each-test': [
    `import { test } from 'vitest';\n\nasync function createRepo(name) {\n  await fetch(\`http://localhost:3000/\${name}\`, { method: 'POST' });\n}\n${['alpha', 'beta', 'gamma', 'delta', 'echo', 'echo'].map((name, at) => `test.concurrent('${at}', async () => {\n  await createRepo('${name}-repo');\n});\n`).join('')}`,
    "createRepo('echo-repo-2')",
  ],
  'use-free-port': [
    "import { createServer } from 'node:http';\nimport { afterAll, beforeAll, test } from 'vitest';\nconst server = createServer();\nbeforeAll(() => new Promise((done) => server.listen(4310, done)));\nafterAll(() => server.close());\ntest('is served', () => fetch(`http://localhost:${server.address().port}`));\n",
    'server.listen(0, done)',
  ],
};

async function run(name: string, text: string): Promise<{ readonly out: string; readonly reports: readonly string[] }> {
  const root = tree({ 'package.json': PACKAGE, 'orders.test.js': text, 'vitest.config.js': "export default { test: { pool: 'forks' } };\n" });
  const { default: transform } = (await import(`../../codemods/${name}.ts`)) as { readonly default: Transform };
  const reports: string[] = [];
  const out = transform({ path: join(root, 'orders.test.js'), source: text }, { report: (said) => reports.push(said) }, {});
  return { out, reports };
}

test('every remedy has its codemod, and each codemod its case', () => {
  const files = readdirSync('codemods').filter((path) => path.endsWith('.ts'));
  expect(files.sort()).toEqual([...remedies.map(({ id }) => `${id}.ts`), 'apply-plan.ts'].sort());
  expect(Object.keys(CASES).sort()).toEqual(remedies.map(({ id }) => id).sort());
});

describe.each(Object.entries(CASES))('%s', (name, [text, after]) => {
  test('repairs, and has nothing to do then', async () => {
    const { out } = await run(name, text);
    expect(out).toContain(after);
    expect((await run(name, out)).out).toBe(out);
  });

  test('returns what it does not repair byte for byte', async () => {
    for (const other of Object.keys(CASES).filter((each) => each !== name)) {
      const [untouched] = CASES[other]!;
      for (const each of [untouched, `\uFEFF${untouched}`, untouched.replaceAll('\n', '\r\n'), untouched.replaceAll('  ', '\t'), `${untouched}}}`])
        expect((await run(name, each)).out).toBe(each);
    }
  });
});

test('reports what is not repaired, and leaves files that no runner loads', async () => {
  const { out, reports } = await run('put-env-back', test2("  for (const name of ['A', 'B']) process.env[name] = 'x';"));
  expect(out).toContain('process.env[name]');
  expect(reports.every((said) => /orders\.test\.js:\d+ leaked-env: no repair: /.test(said))).toBe(true);
  const { default: transform } = (await import('../../codemods/put-env-back.js')) as { readonly default: Transform };
  const text = CASES['put-env-back']![0];
  expect(transform({ path: join(tree({ 'package.json': PACKAGE, 'src/zone.js': text }), 'src/zone.js'), source: text }, { report: () => undefined }, {})).toBe(
    text,
  );
});

test('a plan, file by file', async () => {
  const port = (name: string): string =>
    CASES['use-free-port']![0].replaceAll('`http://localhost:${server.address().port}`', `'http://localhost:4310/${name}'`);
  const root = tree({ 'package.json': PACKAGE, 'orders.test.js': port('orders'), 'bills.test.js': port('bills') });
  const plan = join(root, 'plan.json');
  const plain = await fix({ root, runtime: false });
  writeFileSync(plan, planFile(root, await fix({ root })));
  const reports: string[] = [];
  const apply = (name: string, source: string): string => applyPlan({ path: join(root, name), source }, { report: (said) => reports.push(said) }, { plan });
  expect(apply('orders.test.js', port('orders'))).toContain('listen(workerPort(4310), done)');
  expect(apply('other.test.js', port('other'))).toBe(port('other'));
  expect(reports).toEqual([]);
  expect(apply('bills.test.js', `${port('bills')}// changed\n`)).toBe(`${port('bills')}// changed\n`);
  expect(reports).toEqual([expect.stringContaining('it is not what it was when the plan was made')]);
  writeFileSync(plan, planFile(root, plain));
  expect(apply('orders.test.js', port('orders'))).toContain('listen(4310 + Number(process.env.VITEST_POOL_ID), done)');
  expect(() => applyPlan({ path: 'a.js', source: '' }, { report: () => undefined }, {})).toThrow('Name the file of the plan');
});
