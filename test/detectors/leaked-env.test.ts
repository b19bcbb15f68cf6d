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

test('where an installation stands, which the machine says, is taken away and not put back', () => {
  const removes = (name: string): string => `
import { test } from 'vitest';
test('a', () => { delete process.env.${name}; });
test('b', () => {});
`;
  expect(places('leaked-env', { 'a.test.ts': removes('JAVA_HOME'), 'b.test.ts': removes('LD_LIBRARY_PATH'), 'c.test.ts': removes('DRAWINGS_HOME') })).toEqual([
    'a.test.ts:3',
    'b.test.ts:3',
  ]);
});
