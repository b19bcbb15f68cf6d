import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scan } from '../../src/index.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const suites = join(repository, 'fixtures/suites');

const scenarios = readdirSync(suites)
  .filter((rule) => rule !== 'clean')
  .flatMap((rule) => readdirSync(join(suites, rule)).map((name) => ({ rule, name })));

describe('the text filter changes nothing', () => {
  test.each(scenarios)('in $rule/$name', async ({ rule, name }) => {
    const root = join(suites, rule, name, 'collides');
    expect(await scan({ root, cache: false })).toEqual(await scan({ root, cache: false, filter: false }));
  });
});

describe('this project, as real code', () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'isolation-audit-same-'));
    for (const each of ['package.json', 'vitest.config.ts', 'tsconfig.json', 'src', 'test', 'scripts', 'fixtures'])
      cpSync(join(repository, each), join(root, each), { recursive: true });
    // The cache is below it.
    mkdirSync(join(root, 'node_modules'));
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('give the same report with and without the filter, with an empty cache, with cached facts and with the kept report', { timeout: 240_000 }, async () => {
    const plain = await scan({ root, cache: false });
    expect(plain.summary.testFiles).toBeGreaterThan(100);
    expect(await scan({ root, cache: false, filter: false })).toEqual(plain);
    expect(await scan({ root })).toEqual(plain);
    expect(await scan({ root })).toEqual(plain);
    rmSync(join(root, 'node_modules/.cache/isolation-audit/report.json'));
    expect(await scan({ root })).toEqual(plain);
  });
});
