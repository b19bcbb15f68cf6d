/** A test that fails before its end does not hurt the next one, once `fix` has moved the release: run under the real runner before and after. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fix } from '../../src/project/fix.js';
import { tree } from '../project/tree.js';

const HEAD = `const assert = require('node:assert');
const { mkdtempSync, readdirSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
`;
const FIRST = `    const folder = mkdtempSync(join(tmpdir(), 'kiosk-'));
    writeFileSync(join(folder, 'price'), '3');
    assert.fail('sold out');
`;
const SECOND = '    assert.deepEqual(readdirSync(process.env.TMPDIR), []);\n';
const SUITE = `describe('kiosk', () => {
  it('has a price', () => {
${FIRST}  });
  it('starts with nothing', () => {
${SECOND}  });
});
`;
const HELPER = `const folders = () => {
  const folder = join(tmpdir(), \`kiosk-\${Math.random()}\`);
  writeFileSync(folder, '3');
  return folder;
};

`;

test.each([
  ['mocha', 'mocha test/kiosk.test.js', `${HEAD}\n${SUITE}`, 'cleanups.push('],
  [
    'mocha',
    'mocha test/kiosk.test.js',
    `${HEAD}\n${SUITE.replace(FIRST, "    folders();\n    assert.fail('sold out');\n").replace('=> {\n', `=> {\n${HELPER.replace(/^(?=.)/gm, '  ')}`)}`,
    'cleanups.push(',
  ],
  ['node', 'node --test test/kiosk.test.js', `${HEAD}const { describe, it } = require('node:test');\n\n${SUITE}`, 't.after('],
])('%s: %s', { timeout: 60_000 }, async (runner, script, text, moved) => {
  const files = {
    'package.json': { name: 'acme-kiosk', private: true, scripts: { test: script }, devDependencies: runner === 'mocha' ? { mocha: '*' } : {} },
    'test/kiosk.test.js': text,
  };
  expect(failures(tree(files), script)).toBe(2);
  const root = tree(files);
  const fixed = await fix({ root });
  expect(fixed.left).toEqual([]);
  for (const { path, after } of fixed.files) writeFileSync(join(root, path), after);
  expect(fixed.files.map(({ after }) => after).join('')).toContain(moved);
  expect(failures(root, script)).toBe(1);
  expect((await fix({ root })).files).toEqual([]);
});

/** How many tests fail, with a folder for temporary files of their own. */
function failures(root: string, script: string): number {
  const temporary = join(root, 'tmp');
  mkdirSync(temporary);
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  onTestFinished(() => rmSync(temporary, { recursive: true, force: true }));
  const [command, ...args] = script.split(' ');
  const binary = command === 'node' ? process.execPath : resolve('node_modules/.bin', command!);
  const { stdout } = spawnSync(binary, args, { cwd: root, env: { ...process.env, TMPDIR: temporary, NODE_TEST_CONTEXT: undefined }, encoding: 'utf8' });
  return Number(/(\d+) failing|^\S* ?fail (\d+)/m.exec(stdout)?.slice(1).find(Boolean));
}
