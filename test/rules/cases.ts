/** Cases of one rule in the newest ESLint and the oldest one that is served. Knows how a project is laid out, and no rule. */
import { join } from 'node:path';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { RuleTester } from 'eslint';
import { RuleTester as OlderRuleTester } from 'eslint-v9';
import { afterAll, describe, test } from 'vitest';
import { rules } from '../../rules/index.js';

export interface Cases {
  /** The runner that the project depends on; Vitest where nothing is said. */
  readonly runner?: 'vitest' | 'jest' | 'mocha';
  /** Nothing is found in these. */
  readonly valid: readonly string[];
  /** By code: the line of each finding, and what its message says. */
  readonly invalid: Readonly<Record<string, readonly (readonly [line: number, message: string | RegExp])[]>>;
}

const VERSIONS = { vitest: '^4.1.0', jest: '^30.0.0', mocha: '^11.0.0' } as const;

export function cases(id: string, { runner = 'vitest', valid, invalid }: Cases): void {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'isolation-audit-rule-')));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'test'));
  const manifest = { name: 'acme-shop', private: true, scripts: { test: runner }, devDependencies: { [runner]: VERSIONS[runner] } };
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
  const filename = join(root, 'test/orders.test.js');
  for (const [name, Tester] of [
    ['ESLint 10', RuleTester],
    ['ESLint 9', OlderRuleTester],
  ] as const) {
    Tester.describe = describe;
    Tester.it = test;
    describe(name, () => {
      new Tester({ languageOptions: { sourceType: 'module' } }).run(id, rules[id] as never, {
        valid: valid.map((code) => ({ code, filename })),
        invalid: Object.entries(invalid).map(([code, errors]) => ({ code, filename, errors: errors.map(([line, message]) => ({ line, message })) })),
      });
    });
  }
}
