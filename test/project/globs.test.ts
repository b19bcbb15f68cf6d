import { expect, test } from 'vitest';
import { globTest } from '../../src/project/globs.js';

test('matches by any of several globs, names with a dot too, and serves as a filter', () => {
  expect(['a/x.test.ts', '.b/y.spec.ts', 'c.ts'].filter(globTest(['./**/*.test.ts', '**/*.spec.ts']) ?? (() => false))).toEqual([
    'a/x.test.ts',
    '.b/y.spec.ts',
  ]);
  expect(['a', 'b', 'c'].filter(globTest(['b']) ?? (() => false))).toEqual(['b']);
  expect(globTest([])).toBeUndefined();
});
