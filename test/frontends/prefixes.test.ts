import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { factsOf, parseWithOxc } from '../../src/frontends/typescript/index.js';

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));
const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  // The twins differ by a few lines.
  .filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !path.includes('node_modules/') && !path.includes('/isolated/'))
  .sort();

/** Every fourth prefix; which ones differs from file to file. */
const STRIDE = 4;

describe('any beginning of a fixture file gives facts', () => {
  test('there are fixtures', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  test.each(files.map((path, index) => [path, index] as const))('%s', (path, index) => {
    const text = readFileSync(join(fixtures, path), 'utf8');
    for (let end = index % STRIDE; end < text.length; end += STRIDE) {
      const facts = factsOf(path, text.slice(0, end), parseWithOxc);
      // `unsupported` for the whole file is a fault of ours that was caught.
      const bad = facts.gaps.filter((gap) => gap.at[0] < 0 || gap.at[1] > end || (gap.why === 'unsupported' && gap.at[1] === 0));
      if (facts.path !== path || bad.length > 0) expect.fail(`cut at ${end}: ${JSON.stringify(facts.gaps)}`);
    }
  });

  test('a whole file has no gap, half of one has', () => {
    const path = 'suites/leaked-env/vitest-saved-alias/collides/checks/vat-rate.check.ts';
    const text = readFileSync(join(fixtures, path), 'utf8');
    expect(factsOf(path, text, parseWithOxc).gaps).toEqual([]);
    expect(factsOf(path, text.slice(0, text.indexOf('beforeEach(() =>') + 10), parseWithOxc).gaps).not.toEqual([]);
  });
});
