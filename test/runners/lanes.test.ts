import { expect, test } from 'vitest';
import type { Runner } from '../../src/model/runner.js';
import jest from '../../src/runners/jest.js';
import mocha from '../../src/runners/mocha.js';
import nodeTest from '../../src/runners/node-test.js';
import playwright from '../../src/runners/playwright.js';
import tap from '../../src/runners/tap.js';
import vitest from '../../src/runners/vitest.js';
import { useOf, type Given } from './use.js';

const FILES = ['test/a.test.js', "test/[id]/b c's.test.js"];
const BOTH = String.raw`test/a.test.js 'test/[id]/b c'\''s.test.js'`;
const lane = (runner: Runner, given: Given = {}): unknown => runner.lane?.(useOf(runner, given), FILES);

test('files alone, and all others without them', () => {
  expect(lane(vitest)).toEqual({
    alone: `vitest run --no-file-parallelism ${BOTH}`,
    others: String.raw`vitest run --exclude test/a.test.js --exclude 'test/[id]/b c'\''s.test.js'`,
  });
  expect(lane(mocha)).toEqual({
    alone: `mocha ${BOTH}`,
    others: String.raw`mocha --parallel --ignore test/a.test.js --ignore 'test/?id?/b c'\''s.test.js'`,
  });
  expect(lane(nodeTest)).toEqual({ alone: `node --test --test-concurrency=1 ${BOTH}` });
  expect(lane(playwright)).toEqual({ alone: String.raw`playwright test --workers=1 test/a.test.js 'test/.id./b c'\''s.test.js'` });
  expect(lane(tap)).toBeUndefined();
});

test('Jest keeps what its configuration leaves out, and leaves no file out that is named alike in another folder', () => {
  const others = (given: Given): unknown => (lane(jest, given) as { readonly others?: string }).others;
  expect(lane(jest)).toMatchObject({ alone: `jest --runInBand --runTestsByPath ${BOTH}` });
  expect(others({})).toBe(String.raw`jest --testPathIgnorePatterns /node_modules/ '<rootDir>/test/a.test.js$' '<rootDir>/test/.id./b c'\''s.test.js$'`);
  expect(others({ options: { testPathIgnorePatterns: ['<rootDir>/dist/'] } })).toContain(
    "--testPathIgnorePatterns '<rootDir>/dist/' '<rootDir>/test/a.test.js$'",
  );
  expect(others({ options: { rootDir: 'src' } })).toBeUndefined();
  expect(others({ configPath: 'config/jest.config.js' })).toBeUndefined();
  expect(others({ computed: [{ key: 'testPathIgnorePatterns', why: 'it is computed' }] })).toBeUndefined();
});

test('Mocha runs whatever its configuration names besides', () => {
  expect(lane(mocha, { options: { spec: 'test/*.test.js' } })).toBeUndefined();
});
