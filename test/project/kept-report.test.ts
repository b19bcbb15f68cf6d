import { chmodSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scan } from '../../src/index.js';
import { cacheFolder } from '../../src/project/cache-folder.js';
import { tree } from './tree.js';

const SUITE = {
  'package.json': JSON.stringify({ name: 'shop', scripts: { test: 'jest' }, devDependencies: { jest: '^30.0.0' } }),
  'node_modules/.package-lock.json': '{}',
  'a.test.js': "const http = require('node:http');\ntest('a', (done) => { http.createServer().listen(4801, done); });\n",
};

/** A project that was scanned once, with a mark in the report that was kept. */
async function scanned(): Promise<string> {
  const root = tree(SUITE);
  await scan({ root });
  const file = join(cacheFolder(root), 'report.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"project":"shop"', '"project":"kept"'));
  return root;
}

test('a report is given again while nothing has changed', async () => {
  const root = await scanned();
  const again = await scan({ root });
  expect(again.project).toBe('kept');
  expect({ ...again, project: 'shop' }).toEqual(await scan({ root, cache: false }));
});

test.each<[string, (root: string) => void]>([
  ['a file is changed', (root) => writeFileSync(join(root, 'a.test.js'), "test('b', () => {});\n")],
  ['a file is written anew', (root) => utimesSync(join(root, 'a.test.js'), 1, 1)],
  ['a file comes', (root) => writeFileSync(join(root, 'b.test.js'), '')],
  ['a file goes', (root) => rmSync(join(root, 'a.test.js'))],
  ['a file may be read by others', (root) => chmodSync(join(root, 'a.test.js'), 0o640)],
  ['packages are installed', (root) => writeFileSync(join(root, 'node_modules/.package-lock.json'), '{ "packages": {} }')],
  ['settings come', (root) => writeFileSync(join(root, 'isolation-audit.config.json'), '{ "rules": { "fixed-port": "off" } }')],
  ['what was kept is damaged', (root) => writeFileSync(join(cacheFolder(root), 'report.json'), '{ "kind": "isolation-audit report"')],
])('but not when %s', async (_, change) => {
  const root = await scanned();
  change(root);
  expect((await scan({ root })).project).toBe('shop');
});

test('nor for other rules or without the cache', async () => {
  const root = await scanned();
  expect((await scan({ root, rules: ['fixed-port'] })).project).toBe('shop');
  expect((await scan({ root, cache: false })).project).toBe('shop');
});

test('the report that a scan writes is no change', async () => {
  const root = await scanned();
  writeFileSync(join(root, 'test-isolation-audit.md'), '# Report\n');
  expect((await scan({ root })).project).toBe('kept');
  expect(statSync(join(root, 'test-isolation-audit.md')).size).toBe(9);
});
