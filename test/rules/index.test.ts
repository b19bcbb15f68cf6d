import { mkdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import { scan } from '../../src/project/scan.js';
import plugin from '../../rules/plugin.js';
import { tree } from '../project/tree.js';

const PACKAGE = { name: 'acme-shop', private: true, type: 'module', scripts: { test: 'vitest run' }, devDependencies: { vitest: '^4.1.0', pg: '^8.0.0' } };
const DATABASE = "import { Pool } from 'pg';\nexport const open = () => new Pool({ database: 'shop_test' });\n";
const WRITES = `import { afterAll, test } from 'vitest';
import { open } from './support/database.js';

const pool = open();
afterAll(() => pool.end());
test('writes', () => pool.query('INSERT INTO orders VALUES (1)'));
`;
const SHOP = { 'package.json': PACKAGE, 'test/support/database.js': DATABASE, 'test/orders.test.js': WRITES, 'test/bills.test.js': WRITES };

async function indexed(files: Readonly<Record<string, string | object>>): Promise<string> {
  const root = tree({ 'node_modules/.keep': '', ...files });
  await scan({ root, cache: false, index: true });
  return root;
}

interface Asked {
  readonly text?: string;
  readonly index?: unknown;
}

/** Messages of ESLint for a file, as the disk has it unless a text is given. */
const messages = (root: string, path: string, asked: Asked = {}): readonly string[] =>
  linted(root, path, asked).map(({ line, column, ruleId, message }) => `${line}:${column} ${(ruleId ?? '').replace('isolation-audit/', '')}: ${message}`);

function linted(root: string, path: string, { text, index = true }: Asked = {}): readonly Linter.LintMessage[] {
  const config: Linter.Config[] = [...plugin.configs.recommended, { settings: { 'isolation-audit': { index } } }];
  return new Linter({ cwd: root, configType: 'flat' }).verify(text ?? readFileSync(join(root, path), 'utf8'), config, { filename: join(root, path) });
}
const rulesOf = (all: readonly string[]): readonly string[] => all.map((each) => each.slice(0, each.indexOf(': ')));

describe('what the index adds', () => {
  test('a file that claims is told of the file that decides, and of nothing without the index', async () => {
    const root = await indexed(SHOP);
    expect(messages(root, 'test/orders.test.js', { index: false })).toEqual([]);
    expect(messages(root, 'test/orders.test.js')).toEqual([
      '6:22 hardcoded-database-name: PostgreSQL database `shop_test` is used by 2 test files. See `test/support/database.js:2`: the name is decided here. Give each worker a database of its own: put the worker id into the name.',
    ]);
    expect(rulesOf(messages(root, 'test/support/database.js'))).toEqual(['2:48 hardcoded-database-name']);
  });

  test('the open text replaces what the index has of the file', async () => {
    const root = await indexed(SHOP);
    const own = WRITES.replace('pool = open()', "pool = open()\nprocess.env.TZ = 'UTC'");
    expect(rulesOf(messages(root, 'test/orders.test.js', { text: `\n${own}` }))).toContain('8:22 hardcoded-database-name');
    expect(messages(root, 'test/orders.test.js', { text: "import { test } from 'vitest';\ntest('adds', () => {});\n" })).toEqual([]);
  });

  test('what shows only beside other files is repaired too, and tried out beside them', async () => {
    const only = `describe('zones', () => {
  it('is Rome', () => {
    process.env.TZ = 'Rome';
  });
});
`;
    const root = await indexed({
      'package.json': { name: 'acme-shop', scripts: { test: 'mocha' }, devDependencies: { mocha: '^11.0.0' } },
      'test/rome.js': only,
      'test/oslo.js': "it('is Oslo', () => {});\n",
    });
    expect(messages(root, 'test/rome.js', { index: false })).toEqual([]);
    for (const text of [only, `${only}// typed just now\n`]) {
      const [finding] = linted(root, 'test/rome.js', { text });
      expect(finding).toMatchObject({ ruleId: 'isolation-audit/leaked-env', line: 3 });
      const { range, text: by } = finding!.suggestions![0]!.fix;
      const after = text.slice(0, range[0]) + by + text.slice(range[1]);
      expect(after).toContain('  afterEach(() => {');
      expect(linted(root, 'test/rome.js', { text: after })).toEqual([]);
    }
  });

  test('what a setup file hands to a helper is known when a file is read anew', async () => {
    const root = await indexed({
      ...SHOP,
      'vitest.config.js': "export default { test: { setupFiles: ['./test/setup.js'] } };",
      'test/setup.js': "import { Pool } from 'pg';\nimport { use } from './support/database.js';\nuse(() => new Pool({ database: 'shop_test' }));\n",
      'test/support/database.js': 'let make;\nexport function use(each) {\n  make = each;\n}\nexport const open = () => make();\n',
    });
    const at = messages(root, 'test/orders.test.js');
    expect(rulesOf(at)).toEqual(['6:22 hardcoded-database-name']);
    expect(messages(root, 'test/orders.test.js', { text: `${WRITES}// more\n` })).toEqual(at);
  });

  test('a helper that is being changed is left alone', async () => {
    const root = await indexed(SHOP);
    expect(messages(root, 'test/support/database.js', { text: DATABASE.replace('shop_test', 'shop_spec') })).toEqual([]);
  });
});

describe('an index that grows old', () => {
  test('the story of a file that has changed counts no more', async () => {
    const root = await indexed(SHOP);
    writeFileSync(join(root, 'test/bills.test.js'), "import { test } from 'vitest';\ntest('adds', () => {});\n");
    // One claimant is left, and the scan knows all files: only possible.
    expect(messages(root, 'test/orders.test.js')).toEqual([]);
    expect(messages(root, 'test/orders.test.js', { text: `${WRITES}// more\n` })).toEqual([]);
  });

  test('a helper that has changed is followed as it is now', async () => {
    const root = await indexed(SHOP);
    writeFileSync(join(root, 'test/support/database.js'), DATABASE.replace("'shop_test'", '`shop_${process.env.VITEST_POOL_ID}`'));
    expect(messages(root, 'test/orders.test.js')).toEqual([]);
  });

  test('a new time on an old content is no change', async () => {
    const root = await indexed(SHOP);
    utimesSync(join(root, 'test/bills.test.js'), 1, 1);
    expect(messages(root, 'test/orders.test.js')).toHaveLength(1);
  });

  test('a new test file is looked at alone', async () => {
    const root = await indexed(SHOP);
    const text = WRITES.replace('./support/database.js', './other.js').replace('open();', "open();\nprocess.env.A_ZONE = 'UTC';");
    expect(messages(root, 'test/carts.test.js', { text })).toEqual([]);
    const fixed =
      "import { Pool } from 'pg';\nimport { test } from 'vitest';\nconst pool = new Pool({ database: 'shop_test' });\ntest('w', () => pool.query('INSERT INTO a VALUES (1)'));\n";
    expect(rulesOf(messages(root, 'test/carts.test.js', { text: fixed }))).toContain('3:35 hardcoded-database-name');
  });

  test('where the suites have changed, each file is looked at alone', async () => {
    const root = await indexed(SHOP);
    writeFileSync(join(root, 'package.json'), JSON.stringify({ ...PACKAGE, version: '1.0.0' }));
    expect(messages(root, 'test/orders.test.js')).toEqual([]);
  });

  test('a new index counts at once', async () => {
    const root = await indexed({ ...SHOP, 'test/bills.test.js': '' });
    expect(messages(root, 'test/orders.test.js')).toEqual([]);
    writeFileSync(join(root, 'test/bills.test.js'), WRITES);
    await scan({ root, cache: false, index: true });
    expect(messages(root, 'test/orders.test.js')).toHaveLength(1);
  });

  test('a project that has moved takes its index along', async () => {
    const root = await indexed(SHOP);
    const moved = tree({});
    mkdirSync(join(moved, 'here'));
    renameSync(root, join(moved, 'here/shop'));
    expect(messages(join(moved, 'here/shop'), 'test/orders.test.js')).toHaveLength(1);
    mkdirSync(root);
  });
});

describe('an index that says nothing', () => {
  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['cut off', '{"kind":"isolation-audit index","version":'],
    ['foreign', '{"kind":"another index"}'],
    ['of another version', '{"kind":"isolation-audit index","version":"0.0.0","root":"."}'],
    ['a list', '[]'],
  ])('%s', (_, content) => {
    const root = tree({ ...SHOP, ...(content === undefined ? {} : { 'own.json': content }) });
    expect(messages(root, 'test/orders.test.js', { index: 'own.json' })).toEqual([]);
    const fixed = WRITES.replace("import { open } from './support/database.js';", "import { Pool } from 'pg';").replace(
      'open()',
      "new Pool({ database: 'shop_test' })",
    );
    expect(rulesOf(messages(root, 'test/orders.test.js', { index: 'own.json', text: fixed }))).toEqual(['4:35 hardcoded-database-name']);
  });
});

test('what is saved is plain data', async () => {
  const root = await indexed(SHOP);
  const file = join(root, 'node_modules/.cache/isolation-audit/index.json');
  const saved = JSON.parse(readFileSync(file, 'utf8')) as { root: string };
  expect(saved.root).toBe('../../..');
  expect(readFileSync(file, 'utf8')).not.toContain(root);
});

test('a part of a scan makes no index', async () => {
  await expect(scan({ root: tree(SHOP), cache: false, index: true, rules: ['fixed-port'] })).rejects.toThrow('`--index` records a whole scan');
});
