import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSettings, suggest } from '../../src/project/settings-check.js';
import { readSettings } from '../../src/project/settings.js';
import { UserError } from '../../src/project/user-error.js';
import { tree } from './tree.js';

const RULES = ['fixed-port', 'shared-path'];

describe('readSettings', () => {
  test('finds the file, else the key of package.json, else nothing', async () => {
    expect(await readSettings(tree({ 'package.json': {} }), RULES)).toEqual({ settings: {} });
    expect(await readSettings(tree({ 'package.json': { 'isolation-audit': { failOn: 'likely' } } }), RULES)).toEqual({
      settings: { failOn: 'likely' },
      path: 'package.json',
    });
    expect(await readSettings(tree({ 'isolation-audit.config.json': '{ // why\n "rules": { "fixed-port": "off" }, }' }), RULES)).toEqual({
      settings: { rules: { 'fixed-port': 'off' } },
      path: 'isolation-audit.config.json',
    });
  });

  test('runs a module, and TypeScript with its imports', async () => {
    const js = tree({
      'package.json': { type: 'module' },
      'isolation-audit.config.js': "import { names } from './names.js';\nexport default { safeNames: names };",
      'names.js': "export const names = ['tmp_*'];",
    });
    expect((await readSettings(js, RULES)).settings).toEqual({ safeNames: ['tmp_*'] });
    const ts = tree({
      'package.json': { type: 'module' },
      'isolation-audit.config.ts': "import { names } from './names.js';\ntype A = string;\nexport default { safeNames: names as A[] };",
      'names.js': "export const names = ['tmp_*'];",
    });
    expect((await readSettings(ts, RULES)).settings).toEqual({ safeNames: ['tmp_*'] });
    const cjs = tree({ 'isolation-audit.config.cjs': 'module.exports = { roots: ["api"] };' });
    expect((await readSettings(cjs, RULES)).settings).toEqual({ roots: ['api'] });
  });

  test('reads the file that is named', async () => {
    const root = tree({ 'other.json': { include: ['api/**'] }, 'isolation-audit.config.json': {} });
    expect(await readSettings(root, RULES, join(root, 'other.json'))).toEqual({ settings: { include: ['api/**'] }, path: 'other.json' });
    await expect(readSettings(root, RULES, join(root, 'gone.json'))).rejects.toThrow(/gone\.json named by --config does not exist/);
  });

  test('refuses two files, a file that throws, one without a default export and broken JSON, by name', async () => {
    await expect(readSettings(tree({ 'isolation-audit.config.json': {}, 'isolation-audit.config.mjs': 'export default {}' }), RULES)).rejects.toThrow(
      /two configuration files/,
    );
    await expect(readSettings(tree({ 'isolation-audit.config.mjs': 'throw new Error("no database url")' }), RULES)).rejects.toThrow(
      /isolation-audit\.config\.mjs: no database url/,
    );
    await expect(readSettings(tree({ 'isolation-audit.config.mjs': 'export const a = 1' }), RULES)).rejects.toThrow(/no default export/);
    await expect(readSettings(tree({ 'isolation-audit.config.json': '{ "a": ' }), RULES)).rejects.toThrow(UserError);
  });
});

describe('checkSettings', () => {
  test.each([
    [{ rule: {} }, '`rule` is no option; did you mean `rules`'],
    [{ rules: { 'fixd-port': 'off' } }, '`rules.fixd-port` names no rule; did you mean `fixed-port`'],
    [{ rules: { 'fixed-port': 'warn' } }, '`rules.fixed-port` is `warn`, and one of `off`, `possible`, `likely`, `certain` is expected'],
    [{ roots: 'api' }, '`roots` is a text, and a list of texts is expected'],
    [{ include: ['a', 1] }, '`include[1]` is a number'],
    [{ failOn: true }, '`failOn` is `true`'],
    [{ catalogue: [{ packages: ['x'], tokens: ['x'], calls: [{}] }] }, '`catalogue[0].calls[0].call` must say'],
    [{ catalogue: [{ packages: [], tokens: ['x'], calls: [] }] }, '`catalogue[0].packages` must be a list'],
    [[], 'the configuration is a list'],
  ])('%j', (value, message) => {
    expect(() => checkSettings(value, 'isolation-audit.config.ts', RULES)).toThrow(`isolation-audit.config.ts: ${message}`);
  });

  test('lists the choices where nothing is near', () => {
    expect(suggest('zzzzzzzz', RULES)).toBe('; there are `fixed-port`, `shared-path`');
  });
});
