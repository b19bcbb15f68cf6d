import { describe, expect, test } from 'vitest';
import { findPackages, joinPath } from '../../src/project/packages.js';
import { walk } from '../../src/project/walk.js';
import { lowest, versionOf } from '../../src/project/versions.js';
import { tree } from './tree.js';

const names = (root: string): Record<string, string> => Object.fromEntries([...findPackages(walk(root)).byName].map(([name, { dir }]) => [name, dir]));
const members = (root: string): string[] =>
  findPackages(walk(root))
    .all.filter((each) => each.member)
    .map((each) => each.dir);

describe('workspaces', () => {
  test('of npm and yarn, with both forms and negations', () => {
    const packages = { 'libs/db/package.json': { name: '@shop/db' }, 'libs/old/package.json': { name: '@shop/old' }, 'apps/web/package.json': { name: 'web' } };
    expect(members(tree({ 'package.json': { workspaces: ['libs/*', '!libs/old'] }, ...packages }))).toEqual(['', 'libs/db']);
    expect(members(tree({ 'package.json': { workspaces: { packages: ['./libs/*/', 'apps/web'] } }, ...packages }))).toEqual([
      '',
      'apps/web',
      'libs/db',
      'libs/old',
    ]);
  });

  test('of pnpm, with catalogs, and of lerna', () => {
    const root = tree({
      'package.json': {},
      'pnpm-workspace.yaml': "packages:\n  - 'packages/**'\n  - '!**/fixtures/**'\ncatalog:\n  vitest: ^3.2.0\n",
      'packages/a/package.json': { name: 'a', devDependencies: { vitest: 'catalog:' } },
      'packages/a/fixtures/x/package.json': { name: 'x' },
    });
    expect(members(root)).toEqual(['', 'packages/a']);
    const files = walk(root);
    expect(versionOf(['vitest'], 'packages/a', files, findPackages(files))).toBe('3.2.0');
    expect(members(tree({ 'package.json': {}, 'lerna.json': { packages: ['modules/*'] }, 'modules/m/package.json': {} }))).toEqual(['', 'modules/m']);
  });

  test('below the root count with patterns relative to their own folder', () => {
    expect(
      members(tree({ 'next/package.json': { workspaces: ['pkg/*'] }, 'next/pkg/a/package.json': { name: 'a' }, 'pkg/b/package.json': { name: 'b' } })),
    ).toEqual(['next/pkg/a']);
  });
});

test('test data is no package of the project unless a workspace names it', () => {
  const root = tree({
    'package.json': { name: 'tool' },
    'fixtures/plain/package.json': { name: 'plain' },
    'test/cases/one/package.json': { name: 'one' },
    'test/package.json': { name: 'suite', scripts: { test: 'mocha' } },
    'server/package.json': { name: 'server' },
  });
  expect(names(root)).toEqual({ tool: '', suite: 'test', server: 'server' });
  expect(findPackages(walk(root)).owner('fixtures/plain/a.ts')?.dir).toBe('');
});

test('a broken package.json is a gap, and none inside test data', () => {
  const root = tree({ 'package.json': '{ "name": ', 'fixtures/broken/package.json': '{' });
  const found = findPackages(walk(root));
  expect(found.gaps).toHaveLength(1);
  expect(found.gaps[0]).toMatchObject({ path: 'package.json', why: expect.stringContaining('not valid JSON') });
});

test.each([
  ['^29.7.0 || ^30', '29.7.0'],
  ['~3.2', '3.2.0'],
  ['>=20.19 <21', '20.19.0'],
  ['18.x || 20.x', '18.0.0'],
  ['npm:@scope/mocha@^10.1.0', '10.1.0'],
  ['v20.11.1', '20.11.1'],
  ['*', undefined],
  ['latest', undefined],
  ['<4', undefined],
  ['lts/*', undefined],
])('the lowest version of %s', (range, version) => {
  expect(lowest(range)).toBe(version);
});

test('an installed version wins over the range, the nearest first', () => {
  const root = tree({
    'package.json': { workspaces: ['a'], devDependencies: { jest: '^29.0.0' } },
    'a/package.json': { name: 'a' },
    'node_modules/jest/package.json': { version: '29.6.4' },
  });
  const files = walk(root);
  expect(versionOf(['jest'], 'a', files, findPackages(files))).toBe('29.6.4');
});

test('paths never leave the root', () => {
  expect(joinPath('a/b', '../../c')).toBe('c');
  expect(joinPath('a', '..')).toBe('');
  expect(joinPath('a', '../..')).toBeUndefined();
  expect(joinPath('', '/etc')).toBeUndefined();
});
