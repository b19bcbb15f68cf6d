import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { write } from './cli.js';
import { packed } from './packed.js';

/** The plugin as docs/eslint.md sets it up, from the packed package. What npm would install is linked. */

const installed = packed();

interface Lint {
  readonly status: number | null;
  /** `file:line rule`. */
  readonly said: readonly string[];
  /** The files after all that is suggested, by their path. */
  readonly suggested: Readonly<Record<string, string>>;
}

interface Message {
  readonly line: number;
  readonly ruleId: string | null;
  readonly message: string;
  readonly suggestions?: readonly { readonly fix: { readonly range: readonly [number, number]; readonly text: string } }[];
}

function lint(folder: string): Lint {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'node_modules/eslint/bin/eslint.js'), '.', '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0 && status !== 1) throw new Error(stderr + stdout);
  const files = JSON.parse(stdout) as { filePath: string; messages: Message[]; source?: string }[];
  const said = files.flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId, message }) => `${filePath.replaceAll('\\', '/').split('/').slice(-2).join('/')}:${line} ${ruleId ?? message}`),
  );
  const suggested = files.flatMap(({ filePath, messages, source = '' }) =>
    messages.flatMap(({ suggestions: [first] = [] }): [string, string][] =>
      first ? [[filePath, source.slice(0, first.fix.range[0]) + first.fix.text + source.slice(first.fix.range[1])]] : [],
    ),
  );
  return { status, said, suggested: Object.fromEntries(suggested) };
}

/** Lints, takes the one suggestion there is, and lints again. */
function repair(folder: string): Lint {
  const { suggested } = lint(folder);
  expect(Object.keys(suggested)).toHaveLength(1);
  for (const [path, text] of Object.entries(suggested)) writeFileSync(path, text);
  return lint(folder);
}

const CLEAN = { status: 0, said: [], suggested: {} };

const CONFIG = "import isolationAudit from 'isolation-audit/eslint-plugin';\n\nexport default [...isolationAudit.configs.recommended];\n";
const LEAK = `test('knows the zone', () => {
  process.env.TZ = 'UTC';
  expect(process.env.TZ).toBe('UTC');
});
test('has a zone', () => expect(process.env.TZ).toBeUndefined());
`;

test('ESLint 10 in a project of ES modules with Vitest', () => {
  const folder = installed(
    {
      'package.json':
        '{ "name": "acme-shop", "type": "module", "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "^4.1.0", "eslint": "^10.0.0" } }\n',
      'eslint.config.js': CONFIG,
      'test/orders.test.js': `import { expect, test } from 'vitest';\n\n${LEAK}`,
      'src/orders.js': 'process.env.TZ = "UTC";\n',
    },
    { eslint: 'eslint' },
  );
  expect(lint(folder)).toMatchObject({ status: 1, said: ['test/orders.test.js:4 isolation-audit/leaked-env'] });
  expect(repair(folder)).toEqual(CLEAN);
});

test('ESLint 9 in a project of CommonJS with Jest', () => {
  const folder = installed(
    {
      'package.json': '{ "name": "acme-shop", "scripts": { "test": "jest" }, "devDependencies": { "jest": "^30.0.0", "eslint": "^9.0.0" } }\n',
      'jest.config.js': "module.exports = { testMatch: ['<rootDir>/checks/*.check.js'] };\n",
      'eslint.config.mjs': CONFIG.replace('[', "[{ files: ['**/*.js'], languageOptions: { sourceType: 'commonjs' } }, "),
      'checks/orders.check.js': `const assert = require('node:assert');\n\n${LEAK}`,
      'src/orders.js': 'process.env.TZ = "UTC";\n',
    },
    { eslint: 'eslint-v9' },
  );
  expect(lint(folder)).toMatchObject({ status: 1, said: ['checks/orders.check.js:4 isolation-audit/leaked-env'] });
  expect(repair(folder)).toEqual(CLEAN);
});

test('with the index a file is told of the others', () => {
  const writes = `import { test } from 'vitest';
import { pool } from './support/database.js';

test('writes', () => pool.query('INSERT INTO orders VALUES (1)'));
`;
  const folder = installed(
    {
      'package.json': '{ "name": "acme-shop", "type": "module", "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "^4.1.0" } }\n',
      'eslint.config.js': `${CONFIG.trimEnd().replace('];', ", { settings: { 'isolation-audit': { index: true } } }];")}\n`,
      'test/support/database.js': "import { Pool } from 'pg';\n\nexport const pool = new Pool({ database: 'shop_test' });\n",
      'test/orders.test.js': writes,
      'test/bills.test.js': writes,
    },
    { eslint: 'eslint' },
  );
  expect(lint(folder)).toEqual(CLEAN);
  const scanned = spawnSync(process.execPath, [join(folder, 'node_modules/isolation-audit/dist/cli/main.js'), 'scan', '.', '--index', '--quiet'], {
    cwd: folder,
  });
  expect(scanned.status).toBe(1);
  expect(lint(folder).said).toEqual([
    'test/bills.test.js:4 isolation-audit/hardcoded-database-name',
    'test/orders.test.js:4 isolation-audit/hardcoded-database-name',
    'support/database.js:3 isolation-audit/hardcoded-database-name',
  ]);
  write(folder, 'test/bills.test.js', "import { test } from 'vitest';\n\ntest('adds', () => {});\n");
  write(folder, 'test/orders.test.js', `${writes}// later\n`);
  expect(lint(folder)).toEqual(CLEAN);
});

test('several threads say the same', () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`test/orders-${index}.test.js`, `import { expect, test } from 'vitest';\n\n${LEAK}`]),
  );
  const folder = installed(
    {
      'package.json': '{ "type": "module", "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "^4.1.0" } }\n',
      'eslint.config.js': CONFIG,
      ...files,
    },
    { eslint: 'eslint' },
  );
  const { stdout } = spawnSync(process.execPath, [join(folder, 'node_modules/eslint/bin/eslint.js'), '.', '--concurrency', '2', '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const found = JSON.parse(stdout) as { messages: { ruleId: string | null }[] }[];
  expect(found.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))).toEqual(Array.from({ length: 40 }, () => 'isolation-audit/leaked-env'));
});
