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
  /** By code: the line of each finding, what its message says, and the suggestion that goes with it. */
  readonly invalid: Readonly<Record<string, readonly Told[]>>;
}

type Told = readonly [line: number, message: string | RegExp, repair?: Repaired];

/** What the suggestion says, and the text after it; a fix says nothing. Nothing is found in that text. */
export interface Repaired {
  readonly says?: string;
  readonly text: string;
}

/** The same text as others write it. */
const HANDS: Readonly<Record<string, (text: string) => string>> = {
  spaces: (text) => text,
  tabs: (text) => text.replace(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2)),
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'a byte order mark': (text) => `\uFEFF${text}`,
};

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
      for (const [hand, write] of Object.entries(HANDS)) {
        const repaired = Object.values(invalid).flatMap((told) => told.flatMap(([, , repair]) => (repair ? [repair.text] : [])));
        const good = [...valid, ...repaired].filter((text, index, all) => all.indexOf(text) === index);
        describe(hand, () => {
          new Tester({ languageOptions: { sourceType: 'module' } }).run(id, rules[id] as never, {
            valid: good.map((code) => ({ code: write(code), filename })),
            invalid: Object.entries(invalid).map(([code, told]) => invalidCase(write, filename, code, told)) as never,
          });
        });
      }
    });
  }
}

function invalidCase(write: (text: string) => string, filename: string, code: string, told: readonly Told[]): RuleTester.InvalidTestCase {
  const fixed = told.find(([, , repair]) => repair && repair.says === undefined)?.[2];
  return {
    code: write(code),
    filename,
    output: fixed ? write(fixed.text) : null,
    errors: told.map(([line, message, repair]) => ({
      line,
      message,
      suggestions: repair?.says === undefined ? [] : [{ desc: repair.says, output: write(repair.text) }],
    })),
  };
}
