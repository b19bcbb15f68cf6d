import { expect, test } from 'vitest';
import { repaired } from './repair.js';

const beside = { 'test/helpers/box.js': 'export const createRepo = async (name) => fetch(`http://localhost:3000/${name}`, { method: "POST" });\n' };
const one = (title: string, body: string): string => `test('${title}', async (t) => {\n  ${body}\n  t.pass();\n});\n`;
const file = (...bodies: readonly string[]): string =>
  `import test from 'ava';\nimport { createRepo } from './test/helpers/box.js';\n\n${['alpha', 'beta', 'gamma', 'delta'].map((name) => one(name, `await createRepo('${name}-repo');`)).join('')}${bodies.map((body, at) => one(`case ${at}`, body)).join('')}`;
const given = { runner: 'ava', beside };
const rule = 'hardcoded-resource-name';

test('the first keeps the name, the others count', () => {
  const text = file("await createRepo('log-secret');", "await createRepo('log-secret');\n  t.log('/git/log-secret.git', `${1} log-secret`);");
  const [head, tail] = [text.slice(0, text.lastIndexOf("test('case 1'")), text.slice(text.lastIndexOf("test('case 1'"))];
  expect(repaired(rule, text, given)).toBe(head + tail.replaceAll('log-secret', 'log-secret-2'));
});

test('underscores stay underscores', () => {
  expect(
    repaired(rule, file("const name = 'log_secret';\n  await createRepo(name);", "const name = 'log_secret';\n  await createRepo(name);"), given),
  ).toContain("const name = 'log_secret_2';");
});

test.each([
  ["await createRepo('orders');", "await createRepo('orders');\n  const orders = 1;", '`orders` is more than a name in these tests'],
  ["await createRepo('log-secret');", "await createRepo('log-secret');\n  t.log('log-secret-2');", 'the numbered names are taken'],
  [
    "await createRepo('checkout');",
    "await createRepo('checkout');\n  t.log(['checkout', 'main']);",
    '`checkout` is a word that may mean something else in these tests',
  ],
])('%s and %s', (first, second, why) => {
  expect(repaired(rule, file(first, second), given)).toBe(`refused: ${why}`);
});

test('what a hook says stays', () => {
  const text = `${file("await createRepo('log-secret');", "await createRepo('log-secret');")}test.after(() => fetch('http://localhost/log-secret', { method: 'DELETE' }));\n`;
  expect(repaired(rule, text, given)).toBe('refused: `log-secret` stands outside of these tests too');
});

test('a helper of the file itself that makes a folder anew for each call is no finding', () => {
  const calls = ['alpha', 'beta', 'gamma', 'delta', 'echo', 'echo'].map((name, at) => one(String(at), `await createRepo('${name}-repo');`)).join('');
  const own = (body: string): string =>
    `import test from 'ava';\nimport { mkdtemp } from 'node:fs/promises';\n\nasync function createRepo(name) {\n  ${body}\n}\n${calls}`;
  const posts = "await fetch(`http://localhost:3000/${name}`, { method: 'POST' });";
  expect(repaired(rule, own(posts), { runner: 'ava' })).toContain("createRepo('echo-repo-2')");
  expect(() => repaired(rule, own(`await mkdtemp('/tmp/x');\n  ${posts}`), { runner: 'ava' })).toThrow('finds nothing');
});

test('a plain word bears a number without a sign, and titles stay', () => {
  const text = file("await createRepo('orders');", "await createRepo('orders');").replace("'case 1'", "'orders again'");
  expect(repaired(rule, text, given)).toBe(text.replace(/createRepo\('orders'\)(?![\s\S]*createRepo\('orders'\))/, "createRepo('orders2')"));
});
