/** One suite in the words of each runner: five files, run by four workers. */
import type { Files } from './project.js';

export interface Suite {
  readonly runner: string;
  readonly packages: readonly string[];
  readonly files: (body: string) => Files;
  readonly command: string;
  /** One line more: the files or the command with the set-up of the runner. */
  readonly setUp: { readonly command?: string; readonly files?: Files };
}

const FILES = ['carts', 'invoices', 'orders', 'parcels', 'refunds'] as const;
const each = (name: (file: string) => string, text: (file: string) => string): Files => Object.fromEntries(FILES.map((file) => [name(file), text(file)]));
const required = `const worker = require('isolation-audit/worker');\nconst { keep, tell, meet } = require('../tell.cjs');\n`;
const imported = `import * as worker from 'isolation-audit/worker';\nimport told from '../tell.cjs';\nconst { keep, tell, meet } = told;\n`;

export const suites: readonly Suite[] = [
  {
    runner: 'jest',
    packages: ['jest'],
    // Jest runs few short files in band; with a memory limit it takes workers.
    command: 'jest --maxWorkers=4 --workerIdleMemoryLimit=100GB',
    setUp: { files: { 'package.json': '{ "name": "shop", "jest": { "testEnvironment": "node", "setupFiles": ["isolation-audit/setup/jest"] } }' } },
    files: (body) => ({
      'package.json': '{ "name": "shop", "jest": { "testEnvironment": "node" } }',
      ...each(
        (file) => `test/${file}.test.js`,
        (file) => `${required}test('${file}', async () => {\n${body}\n}, 30000);\n`,
      ),
    }),
  },
  {
    runner: 'vitest',
    packages: ['vitest'],
    command: 'vitest run --maxWorkers=4',
    setUp: { files: { 'vitest.config.js': `export default { test: { setupFiles: ['isolation-audit/setup/vitest'] } };\n` } },
    files: (body) => ({
      'package.json': '{ "name": "shop", "type": "module" }',
      ...each(
        (file) => `test/${file}.test.js`,
        (file) => `import { test } from 'vitest';\n${imported}test('${file}', { timeout: 30000 }, async () => {\n${body}\n});\n`,
      ),
    }),
  },
  {
    runner: 'vitest threads',
    packages: ['vitest'],
    command: 'vitest run --maxWorkers=4 --pool=threads',
    setUp: { files: { 'vitest.config.js': `export default { test: { setupFiles: ['isolation-audit/setup/vitest'] } };\n` } },
    files: (body) => suites.find(({ runner }) => runner === 'vitest')!.files(body),
  },
  {
    runner: 'mocha',
    packages: ['mocha'],
    command: 'node node_modules/mocha/bin/mocha.js --parallel --jobs 4 --timeout 30000 test/*.test.js',
    setUp: { command: 'node node_modules/mocha/bin/mocha.js --require isolation-audit/setup/mocha --parallel --jobs 4 --timeout 30000 test/*.test.js' },
    files: (body) => ({
      'package.json': '{ "name": "shop" }',
      ...each(
        (file) => `test/${file}.test.js`,
        (file) => `${required}it('${file}', async () => {\n${body}\n});\n`,
      ),
    }),
  },
  {
    runner: 'node:test',
    packages: [],
    command: 'node --test --test-concurrency=4 test/*.test.js',
    setUp: { command: 'node --import isolation-audit/setup/node-test --test --test-concurrency=4 test/*.test.js' },
    files: (body) => ({
      'package.json': '{ "name": "shop" }',
      ...each(
        (file) => `test/${file}.test.js`,
        (file) => `const { test } = require('node:test');\n${required}test('${file}', async () => {\n${body}\n});\n`,
      ),
    }),
  },
  {
    runner: 'playwright',
    packages: ['@playwright/test'],
    command: 'playwright test --workers=4',
    setUp: {
      files: {
        'playwright.config.js': `require('isolation-audit/setup/playwright');\nmodule.exports = { testDir: './test', timeout: 30000, reporter: 'line' };\n`,
      },
    },
    files: (body) => ({
      'package.json': '{ "name": "shop" }',
      'playwright.config.js': `module.exports = { testDir: './test', timeout: 30000, reporter: 'line' };\n`,
      ...each(
        (file) => `test/${file}.spec.js`,
        (file) => `const { test } = require('@playwright/test');\n${required}test('${file}', async () => {\n${body}\n});\n`,
      ),
    }),
  },
];
