import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { remedies, runners } from '../../src/core.js';
import { ruleIds } from '../../src/model/rule-ids.js';
import { rules } from '../../rules/index.js';
import plugin from '../../rules/plugin.js';
import { tree } from '../project/tree.js';
import manifest from '../../package.json' with { type: 'json' };

const PACKAGE = { name: 'acme-shop', private: true, scripts: { test: 'vitest run' }, devDependencies: { vitest: '^4.1.0' } };
const LEAK = `import { expect, test } from 'vitest';

test('knows the zone', () => {
  process.env.TZ = 'UTC';
  expect(process.env.TZ).toBe('UTC');
});
test('has a zone', () => expect(process.env.TZ).toBeUndefined());
`;

/** What ESLint says of a text, as `line:column rule`. */
function said(root: string, path: string, text: string, config: readonly Linter.Config[] = plugin.configs.recommended): readonly string[] {
  return new Linter({ cwd: root, configType: 'flat' })
    .verify(text, [...config], { filename: path === '<input>' ? path : join(root, path) })
    .map(({ line, column, ruleId, message }) => (ruleId === null ? message : `${line}:${column} ${ruleId.replace('isolation-audit/', '')}`));
}

describe('the plugin', () => {
  test('says who it is', () => {
    expect(plugin.meta).toEqual({ name: 'isolation-audit', version: manifest.version, namespace: 'isolation-audit' });
  });

  test('has a rule for every detector but the advice about the suite as a whole', () => {
    expect(Object.keys(rules)).toEqual(ruleIds.filter((id) => id !== 'serial-suite'));
  });

  test('has a configuration for each runner, for the files that it loads by default', () => {
    expect(Object.keys(plugin.configs).sort()).toEqual(['recommended', 'strict', ...runners.map((runner) => runner.id)].sort());
    const files = (name: keyof typeof plugin.configs): unknown => plugin.configs[name][0]?.files;
    expect(files('recommended')).toBeUndefined();
    expect(files('vitest')).toEqual(['**/*.{test,spec}.?(c|m)[jt]s?(x)']);
    expect(files('mocha')).toEqual(['**/test.{js,cjs,mjs}', '**/test/*.{js,cjs,mjs}']);
  });

  test.each(Object.keys(rules))('%s describes itself', (id) => {
    const { meta } = rules[id]!;
    expect(meta?.docs?.url).toBe(`https://github.com/isolation-audit/isolation-audit/blob/main/docs/rules/${id}.md`);
    expect(meta?.docs?.description).toMatch(/^[A-Z].*\.$/);
    expect(meta?.type).toBe('problem');
    expect(meta).toHaveProperty('languages', ['js/js']);
    expect(meta?.defaultOptions).toEqual([{ confidence: 'likely' }]);
    const own = remedies.filter((each) => each.rules.includes(id));
    expect(meta?.hasSuggestions).toBe(own.length > 0);
    expect(meta?.fixable).toBe(own.some((each) => each.isPlain) ? 'code' : undefined);
  });

  test('speaks of what is only possible where it is asked to', () => {
    const root = tree({ 'package.json': PACKAGE });
    const text = `import { createServer } from 'node:http';
import { expect, test } from 'vitest';

test('is served', async () => {
  const server = createServer();
  await new Promise((done) => server.listen(0, done));
  expect(server.listening).toBe(true);
});
`;
    expect(said(root, 'orders.test.js', text)).toEqual([]);
    expect(said(root, 'orders.test.js', text, plugin.configs.strict)).toEqual(['6:31 missing-cleanup']);
    const chosen: Linter.Config = { plugins: { own: plugin }, rules: { 'own/missing-cleanup': ['error', { confidence: 'possible' }] } };
    expect(said(root, 'orders.test.js', text, [chosen])).toEqual(['6:31 own/missing-cleanup']);
  });

  test('refuses an option that does not exist', () => {
    const config: Linter.Config = { plugins: { own: plugin }, rules: { 'own/fixed-port': ['error', { confidence: 'sure' }] } };
    expect(() => said(tree({ 'package.json': PACKAGE }), 'a.test.js', '', [config])).toThrow(/allowed values/);
  });
});

describe('what the folders above a file say', () => {
  test('the same text is a test, or none', () => {
    const root = tree({ 'package.json': PACKAGE });
    expect(said(root, 'orders.test.js', LEAK)).toEqual(['4:3 leaked-env']);
    expect(said(root, 'orders.js', LEAK)).toEqual([]);
    expect(said(root, 'node_modules/shop/orders.test.js', LEAK, [{ ignores: ['!**/node_modules/'] }, ...plugin.configs.recommended])).toEqual([]);
    expect(said(root, '<input>', LEAK, [{ files: ['**'] }, ...plugin.configs.recommended])).toEqual([]);
  });

  test('no project, no word', () => {
    expect(said(tree({ 'readme.txt': '' }), 'orders.test.js', LEAK)).toEqual([]);
    expect(said(tree({ 'package.json': { name: 'acme-shop' } }), 'orders.test.js', LEAK)).toEqual([]);
    expect(said(tree({ 'package.json': '{ broken' }), 'orders.test.js', LEAK)).toEqual([]);
  });

  test('the project is found above the folder that ESLint runs in', () => {
    const root = tree({ 'package.json': { ...PACKAGE, workspaces: ['parts/*'] }, 'parts/cart/package.json': { name: 'cart' }, 'parts/cart/test/a.txt': '' });
    expect(said(join(root, 'parts/cart/test'), 'orders.test.js', LEAK)).toEqual(['4:3 leaked-env']);
  });

  test('a configuration that changes is read again, as in an editor that runs for days', () => {
    const root = tree({ 'package.json': PACKAGE, 'vitest.config.js': "export default { test: { include: ['checks/*.js'] } };" });
    mkdirSync(join(root, 'checks'));
    expect(said(root, 'checks/orders.js', LEAK)).toEqual(['4:3 leaked-env']);
    writeFileSync(join(root, 'vitest.config.js'), "export default { test: { include: ['checks/*.js'], unstubEnvs: true, env: {} } }; // longer");
    expect(said(root, 'checks/orders.js', LEAK)).toEqual(['4:3 leaked-env']);
    writeFileSync(join(root, 'vitest.config.js'), "export default { test: { include: ['specs/*.js'] } };");
    expect(said(root, 'checks/orders.js', LEAK)).toEqual([]);
    expect(said(root, 'specs/orders.js', LEAK)).toEqual(['4:3 leaked-env']);
  });

  test('a hook of the setup file counts', () => {
    const setup = "import { afterEach } from 'vitest';\nconst saved = { ...process.env };\nafterEach(() => { process.env = { ...saved }; });\n";
    const files = { 'package.json': PACKAGE, 'vitest.config.js': "export default { test: { setupFiles: ['./setup.js'] } };" };
    expect(said(tree({ ...files, 'setup.js': '' }), 'orders.test.js', LEAK)).toEqual(['4:3 leaked-env']);
    expect(said(tree({ ...files, 'setup.js': setup }), 'orders.test.js', LEAK)).toEqual([]);
    expect(said(tree({ ...files, 'setup.js': "import './hooks.js';" }), 'orders.test.js', LEAK)).toEqual([]);
  });

  test.each([
    ['a helper that is called outside the tests', "import { putBack } from './helpers.js';\nputBack();\n"],
    ['one that is called in a suite', "import { describe } from 'vitest';\nimport { putBack } from './helpers.js';\ndescribe('cart', () => { putBack(); });\n"],
    ['a module that is only loaded', "import './hooks.js';\n"],
    ['one that is required', "require('./hooks');\n"],
    ['one that is required and called', "const { putBack } = require('./hooks');\nputBack();\n"],
  ])('%s may put things back', (_, head) => {
    expect(said(tree({ 'package.json': PACKAGE }), 'orders.test.js', head + LEAK)).toEqual([]);
  });

  test('a helper that tests call does not', () => {
    const text = LEAK.replace("'vitest';", "'vitest';\nimport { zone } from './zone.js';").replace("toBe('UTC')", 'toBe(zone())');
    expect(said(tree({ 'package.json': PACKAGE }), 'orders.test.js', text)).toEqual(['5:3 leaked-env']);
  });
});

describe('any text', () => {
  const TYPES = LEAK.replace('test(', 'class Zone { constructor(private readonly name: string) {} }\nenum Place { Here }\ntest(').replace('4:3', '');
  test.each([
    ['tabs', LEAK.replaceAll('  ', '\t'), '4:2'],
    ['CRLF', LEAK.replaceAll('\n', '\r\n'), '4:3'],
    ['a byte order mark', `\uFEFF${LEAK}`, '4:3'],
    ['a hashbang', `#!/usr/bin/env node\n${LEAK}`, '5:3'],
    ['a character beyond the basic plane', LEAK.replace('process.env', "'\u{1F600}'; process.env"), '4:9'],
  ])('%s', (_, text, at) => {
    expect(said(tree({ 'package.json': PACKAGE }), 'orders.test.js', text)).toEqual([`${at} leaked-env`]);
  });

  test.each(['orders.test.ts', 'orders.test.tsx', 'orders.test.mts', 'orders.test.js', 'orders.test.mjs'])(
    '%s with the parser of typescript-eslint',
    (path) => {
      const config = [...plugin.configs.recommended, { files: ['**'], languageOptions: { parser } } as unknown as Linter.Config];
      expect(said(tree({ 'package.json': PACKAGE }), path, TYPES, config)).toEqual(['6:3 leaked-env']);
    },
  );

  test('JSX and decorators', () => {
    const root = tree({ 'package.json': PACKAGE });
    const jsx: Linter.Config = { files: ['**/*.jsx'], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } };
    expect(said(root, 'orders.test.jsx', LEAK.replace("toBe('UTC')", 'toBe(<p title="x">{1}</p>)'), [jsx, ...plugin.configs.recommended])).toEqual([
      '4:3 leaked-env',
    ]);
    const config = [...plugin.configs.recommended, { files: ['**'], languageOptions: { parser } } as unknown as Linter.Config];
    expect(said(root, 'orders.test.ts', `@injectable() class Cart { @inject() pears = 1; }\n${LEAK}`, config)).toEqual(['5:3 leaked-env']);
  });

  test('an ignore comment is heeded', () => {
    const text = LEAK.replace('  process.env.TZ =', '  // isolation-audit-ignore-next-line leaked-env -- the zone is the same everywhere\n  process.env.TZ =');
    expect(said(tree({ 'package.json': PACKAGE }), 'orders.test.js', text)).toEqual([]);
  });

  test('a block of a document is no test file', () => {
    const root = tree({ 'package.json': PACKAGE });
    const processor: Linter.Processor = { preprocess: (text) => [{ text, filename: 'orders.test.js' }], postprocess: (lists) => lists.flat() };
    const config: Linter.Config[] = [{ files: ['**/*.md'], processor }, ...plugin.configs.recommended];
    const messages = new Linter({ cwd: root, configType: 'flat' }).verify(LEAK, config, { filename: join(root, 'orders.md'), filterCodeBlock: () => true });
    expect(messages).toEqual([]);
  });
});
