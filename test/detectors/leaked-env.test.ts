import { expect, test } from 'vitest';
import { places } from './audit.js';

test('set in a test and never put back', () => {
  expect(
    places('leaked-env', {
      'a.test.ts': `
import { test } from 'vitest';
test('a', () => { process.env.TZ = 'UTC'; });
test('b', () => {});
`,
    }),
  ).toEqual(['a.test.ts:3']);
});
