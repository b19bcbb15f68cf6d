import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ruleIds } from '../../src/model/rule-ids.js';
import { packed } from './packed.js';

/** The packed plugin in oxlint, which says what ESLint says. */

const installed = packed();
const RULES = ruleIds.filter((id) => id !== 'serial-suite').map((id) => `isolation-audit/${id}`);

/** A configuration of oxlint with all rules; possible findings too where these are wanted. */
const oxlintrc = (more: object = {}): string =>
  JSON.stringify({
    jsPlugins: ['isolation-audit/eslint-plugin'],
    categories: { correctness: 'off' },
    ignorePatterns: ['node_modules'],
    rules: Object.fromEntries(RULES.map((rule) => [rule, ['error', { confidence: 'possible' }]])),
    ...more,
  });

function start(folder: string, file: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'node_modules', file), ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0 && status !== 1) throw new Error(stderr + stdout);
  return stdout;
}

function oxlint(folder: string): readonly string[] {
  const { diagnostics } = JSON.parse(start(folder, 'oxlint/bin/oxlint', '--format', 'json')) as {
    diagnostics: { message: string; code: string; filename: string; labels: { span: { line: number; column: number } }[] }[];
  };
  return diagnostics
    .map(
      ({ message, code, filename, labels: [first] }) =>
        `${filename}:${first?.span.line}:${first?.span.column} ${code.replace(/^(.*)\((.*)\)$/, '$1/$2')} ${message}`,
    )
    .sort();
}

function eslint(folder: string): readonly string[] {
  const files = JSON.parse(start(folder, 'eslint/bin/eslint.js', '.', '--format', 'json')) as {
    filePath: string;
    messages: { line: number; column: number; ruleId: string; message: string }[];
  }[];
  return files
    .flatMap(({ filePath, messages }) =>
      messages.map(({ line, column, ruleId, message }) => `${filePath.slice(folder.length + 1).replaceAll('\\', '/')}:${line}:${column} ${ruleId} ${message}`),
    )
    .sort();
}

test('oxlint says of every fixture what ESLint says', { timeout: 60_000 }, () => {
  const folder = installed(
    {
      '.oxlintrc.json': oxlintrc(),
      'eslint.config.mjs': `import { parser } from 'typescript-eslint';
import isolationAudit from 'isolation-audit/eslint-plugin';

export default [
  ...isolationAudit.configs.strict,
  { files: ['**/*.{ts,tsx,mts,cts}'], languageOptions: { parser } },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
];
`,
    },
    { eslint: 'eslint', 'typescript-eslint': 'typescript-eslint', oxlint: 'oxlint' },
  );
  cpSync(fileURLToPath(new URL('../../fixtures/suites', import.meta.url)), join(folder, 'suites'), { recursive: true });
  const said = oxlint(folder);
  expect(said.length).toBeGreaterThan(40);
  expect(said).toEqual(eslint(folder));
});

test('suggestions and the index', { timeout: 60_000 }, () => {
  const LEAK = `import { expect, test } from 'vitest';

test('knows the zone', () => {
  process.env.TZ = 'UTC';
  expect(process.env.TZ).toBe('UTC');
});
test('has a zone', () => expect(process.env.TZ).toBeUndefined());
`;
  const writes =
    "import { test } from 'vitest';\nimport { pool } from './database.js';\n\ntest('writes', () => pool.query('INSERT INTO orders VALUES (1)'));\n";
  const folder = installed(
    {
      'package.json': '{ "name": "acme-shop", "type": "module", "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "^4.1.0" } }\n',
      '.oxlintrc.json': oxlintrc({ settings: { 'isolation-audit': { index: true } } }),
      'test/zone.test.js': LEAK,
      'test/database.js': "import { Pool } from 'pg';\n\nexport const pool = new Pool({ database: 'shop_test' });\n",
      'test/orders.test.js': writes,
      'test/bills.test.js': writes,
    },
    { oxlint: 'oxlint' },
  );
  const places = (): readonly string[] => oxlint(folder).map((line) => line.split(' ').slice(0, 2).join(' '));
  expect(places()).toEqual(['test/zone.test.js:4:3 isolation-audit/leaked-env']);
  start(folder, 'oxlint/bin/oxlint', '--fix-suggestions');
  const repaired = readFileSync(join(folder, 'test/zone.test.js'), 'utf8');
  expect(repaired).toContain('afterEach(() => {');
  expect(places()).toEqual([]);
  writeFileSync(join(folder, 'test/zone.test.js'), LEAK);
  start(folder, 'isolation-audit/dist/cli/main.js', 'scan', '--index', '--quiet');
  expect(places()).toEqual([
    'test/bills.test.js:4:22 isolation-audit/hardcoded-database-name',
    'test/database.js:3:42 isolation-audit/hardcoded-database-name',
    'test/orders.test.js:4:22 isolation-audit/hardcoded-database-name',
    'test/zone.test.js:4:3 isolation-audit/leaked-env',
  ]);
});
