import { expect, test } from 'vitest';
import { places } from './audit.js';

const mocha = { runner: 'mocha' } as const;

test('a restore that only a passing test reaches is the place of the finding', () => {
  const file = (body: string): string => `
import { it } from 'mocha';
it('rounds', () => {
  const parse = JSON.parse;
  JSON.parse = () => 1;
  ${body}
});
it('parses', () => {});
`;
  expect(places('shared-global', { 'a.test.ts': file('check();\n  JSON.parse = parse;') }, mocha)).toEqual(['a.test.ts:7']);
  expect(places('shared-global', { 'a.test.ts': file('try { check(); } finally { JSON.parse = parse; }') }, mocha)).toEqual([]);
});

test('a callback that asserts before it puts back', () => {
  const file = (body: string): string => `
import { it } from 'mocha';
import { expect } from 'chai';
it('hides errors', (done) => {
  const mode = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  get('/orders').end((error) => {
    ${body}
    done();
  });
});
it('shows errors', () => {});
`;
  expect(places('leaked-env', { 'a.test.ts': file('expect(error).to.equal(null);\n    process.env.NODE_ENV = mode;') }, mocha)).toEqual(['a.test.ts:9']);
  expect(places('leaked-env', { 'a.test.ts': file('process.env.NODE_ENV = mode;\n    expect(error).to.equal(null);') }, mocha)).toEqual([]);
});

test('a mock that comes too late for modules that stay loaded', () => {
  const file = (hook: string): string => `
import { beforeEach, describe, test, vi } from 'vitest';
vi.mock('./rates', () => ({ rate: () => 2 }));
describe('prices', () => {
  beforeEach(async () => { ${hook} });
  test('doubles', () => {});
});
`;
  const shared = { use: { options: { test: { isolate: false } } } };
  const others = { 'rates.ts': 'export const rate = () => 1;', 'b.test.ts': `import { test } from 'vitest';\ntest('b', () => {});\n` };
  expect(places('order-dependent-test', { ...others, 'a.test.ts': file('') }, shared)).toEqual(['a.test.ts:3']);
  expect(places('order-dependent-test', { ...others, 'a.test.ts': file('vi.resetModules();') }, shared)).toEqual([]);
});
