import { expect, test } from 'vitest';
import { isGiven } from '../../src/resolve/environment.js';
import type { Resolver } from '../../src/resolve/resolver.js';

test.each([
  ['script test', true],
  ['workflow ci.yml job test', true],
  ['.env', true],
  ['packages/api/.env.test', true],
  ['service api of compose.yaml', false],
  ['.env.example', false],
  ['config/.env.test.sample', false],
])('whoever runs the tests has what `%s` gives: %s', (from, expected) => {
  const sources = { environment: () => [{ value: 'x', at: { path: 'a', span: [0, 0] }, from }] };
  expect(isGiven({ sources } as unknown as Resolver, 'X')).toBe(expected);
});
