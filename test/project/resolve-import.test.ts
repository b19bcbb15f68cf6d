import { symlinkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findPackages, packageName } from '../../src/project/packages.js';
import { createResolver, ofSuite, withAliases, type ResolveImport } from '../../src/project/resolve-import.js';
import { walk } from '../../src/project/walk.js';
import { tree } from './tree.js';

function resolver(root: string): ResolveImport {
  const files = walk(root);
  return createResolver(files, findPackages(files));
}

describe('createResolver', () => {
  test('finds sources by relative paths, extensions, folders and TypeScript spelling', () => {
    const resolve = resolver(tree({ 'src/a.ts': '', 'src/b.tsx': '', 'src/c.mts': '', 'src/data.json': '{}', 'src/lib/index.ts': '', 'test/x.test.ts': '' }));
    const from = (specifier: string): unknown => resolve('test/x.test.ts', specifier);
    expect(from('../src/a')).toEqual({ file: 'src/a.ts' });
    expect(from('../src/a.js')).toEqual({ file: 'src/a.ts' });
    expect(from('../src/b.jsx')).toEqual({ file: 'src/b.tsx' });
    expect(from('../src/c.mjs')).toEqual({ file: 'src/c.mts' });
    expect(from('../src/lib')).toEqual({ file: 'src/lib/index.ts' });
    expect(from('../src/data.json')).toEqual({ file: 'src/data.json' });
    expect(from('../src/a?raw')).toEqual({ file: 'src/a.ts' });
    expect(from('../src/gone')).toEqual({ missing: true });
  });

  test('takes the source where what is built is not there yet', () => {
    const resolve = resolver(
      tree({
        'package.json': { name: 'shop', main: 'build/index.js' },
        'src/index.js': '',
        'src/orders.js': '',
        'test/a.test.js': '',
        'packages/jobs/package.json': { name: 'jobs', main: './dist/main.js' },
        'packages/jobs/src/main.ts': '',
        'packages/jobs/test/b.test.ts': '',
      }),
    );
    expect(resolve('test/a.test.js', '../build/orders')).toEqual({ file: 'src/orders.js' });
    expect(resolve('test/a.test.js', '../build')).toEqual({ file: 'src/index.js' });
    expect(resolve('test/a.test.js', '..')).toEqual({ file: 'src/index.js' });
    expect(resolve('packages/jobs/test/b.test.ts', '../')).toEqual({ file: 'packages/jobs/src/main.ts' });
    expect(resolve('test/a.test.js', '../packages')).toEqual({ missing: true });
  });

  test('gives modules of Node one name', () => {
    const resolve = resolver(tree({ 'a.ts': '' }));
    expect(resolve('a.ts', 'fs')).toEqual({ package: 'node:fs', subpath: '' });
    expect(resolve('a.ts', 'node:fs/promises')).toEqual({ package: 'node:fs/promises', subpath: '' });
    expect(resolve('a.ts', 'node:test')).toEqual({ package: 'node:test', subpath: '' });
  });

  test('names packages, installed or not, and reads none', () => {
    const resolve = resolver(
      tree({ 'a.ts': '', 'package.json': '{}', 'node_modules/pg/package.json': { name: 'pg', main: 'lib/index.js' }, 'node_modules/pg/lib/index.js': '' }),
    );
    expect(resolve('a.ts', 'pg')).toEqual({ package: 'pg', subpath: '' });
    expect(resolve('a.ts', 'pg/lib/client')).toEqual({ package: 'pg', subpath: 'lib/client' });
    expect(resolve('a.ts', '@scope/db/deep/x.js')).toEqual({ package: '@scope/db', subpath: 'deep/x.js' });
    expect(resolve('a.ts', '@/gone')).toEqual({ missing: true });
    expect(resolve('a.ts', '#gone')).toEqual({ missing: true });
  });

  test('follows paths of tsconfig through extends', () => {
    const resolve = resolver(
      tree({
        'tsconfig.base.json': { compilerOptions: { baseUrl: '.', paths: { '@app/*': ['src/*'] } } },
        'packages/a/tsconfig.json': { extends: '../../tsconfig.base.json' },
        'packages/a/test/x.test.ts': '',
        'src/db.ts': '',
      }),
    );
    expect(resolve('packages/a/test/x.test.ts', '@app/db')).toEqual({ file: 'src/db.ts' });
  });

  test('survives a tsconfig that extends what is not installed', () => {
    const resolve = resolver(
      tree({
        'tsconfig.json': { extends: '@tsconfig/node20/tsconfig.json' },
        'package.json': { dependencies: { pg: '*' } },
        'src/db.ts': '',
        'test/x.test.ts': '',
      }),
    );
    expect(resolve('test/x.test.ts', '../src/db.js')).toEqual({ file: 'src/db.ts' });
    expect(resolve('test/x.test.ts', 'pg')).toEqual({ package: 'pg', subpath: '' });
    expect(resolve('test/x.test.ts', 'src/db')).toEqual({ file: 'src/db.ts' });
  });

  test('follows the paths of a tsconfig that extends what is not installed', () => {
    const resolve = resolver(
      tree({
        'tsconfig.json': {
          extends: '@acme/tsconfig/node.json',
          compilerOptions: { paths: { '@/*': ['./src/*'], '@/testing/*': ['./test/support/*'], '#db': ['./src/db'] } },
        },
        'packages/jobs/tsconfig.json': { extends: ['@tsconfig/node20/tsconfig.json', '../../shared/tsconfig.json'], compilerOptions: { strict: true } },
        'shared/tsconfig.json': { compilerOptions: { baseUrl: '../packages', paths: { 'queue/*': ['jobs/src/*', 'jobs/generated/*'] } } },
        'web/tsconfig.json': { files: [], references: [{ path: './tsconfig.app.json' }] },
        'web/tsconfig.app.json': { extends: '@vue/tsconfig/tsconfig.dom.json', compilerOptions: { paths: { '~/*': ['./app/*'] } } },
        'src/db.ts': '',
        'src/db/index.ts': '',
        'test/support/clock.ts': '',
        'test/x.test.ts': '',
        'packages/jobs/generated/names.ts': '',
        'packages/jobs/jobs.test.ts': '',
        'web/app/store.ts': '',
        'web/store.test.ts': '',
      }),
    );
    expect(resolve('test/x.test.ts', '@/db')).toEqual({ file: 'src/db.ts' });
    expect(resolve('test/x.test.ts', '#db')).toEqual({ file: 'src/db.ts' });
    expect(resolve('test/x.test.ts', '@/testing/clock')).toEqual({ file: 'test/support/clock.ts' });
    expect(resolve('test/x.test.ts', '@/gone')).toEqual({ missing: true });
    expect(resolve('packages/jobs/jobs.test.ts', 'queue/names')).toEqual({ file: 'packages/jobs/generated/names.ts' });
    expect(resolve('web/store.test.ts', '~/store')).toEqual({ file: 'web/app/store.ts' });
  });

  test('follows the paths of a package of the workspace that a tsconfig extends', () => {
    const resolve = resolver(
      tree({
        'package.json': { workspaces: ['packages/*'] },
        'packages/config/package.json': { name: '@acme/config' },
        'packages/config/base.json': { compilerOptions: { paths: { '@orders/*': ['../orders/src/*'] } } },
        'packages/orders/package.json': { name: '@acme/orders' },
        'packages/orders/tsconfig.json': { extends: '@acme/config/base' },
        'packages/orders/src/db.ts': '',
        'packages/orders/x.test.ts': '',
      }),
    );
    expect(resolve('packages/orders/x.test.ts', '@orders/db')).toEqual({ file: 'packages/orders/src/db.ts' });
  });

  test('knows internal imports and self reference', () => {
    const resolve = resolver(
      tree({
        'package.json': { name: 'me', imports: { '#db': './src/db.js', '#lib/*': './src/lib/*.js' }, exports: { '.': './dist/index.js' } },
        'src/db.ts': '',
        'src/lib/a.ts': '',
        'src/index.ts': '',
        'x.test.ts': '',
      }),
    );
    expect(resolve('x.test.ts', '#db')).toEqual({ file: 'src/db.ts' });
    expect(resolve('x.test.ts', '#lib/a')).toEqual({ file: 'src/lib/a.ts' });
    expect(resolve('x.test.ts', 'me')).toEqual({ file: 'src/index.ts' });
  });
});

describe('packages of the workspace', () => {
  const files = {
    'package.json': { workspaces: ['packages/*'] },
    'packages/app/package.json': { name: 'app' },
    'packages/app/test/x.test.ts': '',
    'packages/built/package.json': { name: '@x/built', main: './dist/index.js', types: './dist/index.d.ts' },
    'packages/built/src/index.ts': '',
    'packages/built/src/deep/y.ts': '',
    'packages/mapped/package.json': {
      name: 'mapped',
      exports: {
        '.': { types: './dist/main.d.ts', import: './dist/main.mjs', require: './dist/main.cjs' },
        './testing': './dist/testing/index.js',
        './features/*': { default: './lib/features/*.js' },
      },
    },
    'packages/mapped/src/main.ts': '',
    'packages/mapped/src/testing/index.ts': '',
    'packages/mapped/lib/features/one.ts': '',
    'packages/sourced/package.json': { name: 'sourced', exports: { '.': { development: './source/entry.ts', default: './dist/entry.js' } } },
    'packages/sourced/source/entry.ts': '',
    'packages/bare/package.json': { name: 'bare' },
    'packages/bare/index.js': '',
  };
  const cases = [
    ['@x/built', 'packages/built/src/index.ts'],
    ['@x/built/src/deep/y', 'packages/built/src/deep/y.ts'],
    ['@x/built/dist/deep/y.js', 'packages/built/src/deep/y.ts'],
    ['mapped', 'packages/mapped/src/main.ts'],
    ['mapped/testing', 'packages/mapped/src/testing/index.ts'],
    ['mapped/features/one', 'packages/mapped/lib/features/one.ts'],
    ['sourced', 'packages/sourced/source/entry.ts'],
    ['bare', 'packages/bare/index.js'],
  ] as const;

  test.each(cases)('%s is found without node_modules', (specifier, file) => {
    expect(resolver(tree(files))('packages/app/test/x.test.ts', specifier)).toEqual({ file });
  });

  test.each(cases)('%s is found through links of an installation, also when it is built', (specifier, file) => {
    const root = tree({
      ...files,
      '.gitignore': 'dist/\nnode_modules/\n',
      'packages/built/dist/index.js': '',
      'packages/mapped/dist/main.mjs': '',
      'packages/mapped/dist/main.d.ts': '',
    });
    mkdirSync(join(root, 'node_modules', '@x'), { recursive: true });
    for (const [name, dir] of [
      ['@x/built', 'built'],
      ['mapped', 'mapped'],
      ['sourced', 'sourced'],
      ['bare', 'bare'],
    ] as const)
      symlinkSync(join(root, 'packages', dir), join(root, 'node_modules', name));
    expect(resolver(root)('packages/app/test/x.test.ts', specifier)).toEqual({ file });
  });
});

test('aliases of a runner come first and fall through when they lead nowhere', () => {
  const root = tree({ 'package.json': '{}', 'app/package.json': '{}', 'app/src/db.ts': '', 'app/x.test.ts': '', 'app/src/real.ts': '' });
  const layout = {
    dir: 'app',
    include: [],
    exclude: [],
    setupFiles: [],
    globalSetup: [],
    aliases: [
      { find: '^@/(.*)$', replacement: '<rootDir>/src/$1' },
      { find: '^(\\.{1,2}/.*)\\.js$', replacement: '$1' },
      { find: '(', replacement: 'x' },
    ],
  };
  const resolve = withAliases(resolver(root), layout);
  expect(resolve('app/x.test.ts', '@/db')).toEqual({ file: 'app/src/db.ts' });
  expect(resolve('app/x.test.ts', './src/real.js')).toEqual({ file: 'app/src/real.ts' });
});

test('a file that stands for a package in every test file', () => {
  const root = tree({
    'package.json': { name: 'shop' },
    'app/__mocks__/ioredis.js': 'module.exports = class {};',
    'app/__mocks__/@acme/mail.ts': 'export const send = () => {};',
    'app/__mocks__/fs.js': '',
    'app/src/db.ts': '',
  });
  const layout = { dir: 'app', include: [], exclude: [], setupFiles: [], globalSetup: [] };
  const resolve = ofSuite(resolver(root), { ...layout, mocks: ['__mocks__'] }, walk(root));
  expect(resolve('app/src/db.ts', 'ioredis')).toEqual({ file: 'app/__mocks__/ioredis.js' });
  expect(resolve('app/src/db.ts', '@acme/mail')).toEqual({ file: 'app/__mocks__/@acme/mail.ts' });
  expect(resolve('app/src/db.ts', 'pg')).toEqual({ package: 'pg', subpath: '' });
  expect(resolve('app/src/db.ts', 'fs')).toEqual({ package: 'node:fs', subpath: '' });
  expect(resolve('app/__mocks__/ioredis.js', 'ioredis')).toEqual({ package: 'ioredis', subpath: '' });
  expect(resolve('app/__mocks__/@acme/mail.ts', '@acme/mail')).toEqual({ package: '@acme/mail', subpath: '' });
  expect(ofSuite(resolver(root), layout, walk(root))('app/src/db.ts', 'ioredis')).toEqual({ package: 'ioredis', subpath: '' });
});

test.each([
  ['@a/b/c', '@a/b'],
  ['lodash.get/x', 'lodash.get'],
  ['./x', undefined],
  ['#x', undefined],
  ['https://x', undefined],
])('packageName of %s', (specifier, name) => {
  expect(packageName(specifier)).toBe(name);
});
