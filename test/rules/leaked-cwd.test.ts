import { cases } from './cases.js';

cases('leaked-cwd', {
  valid: [
    `import { afterEach, expect, test } from 'vitest';

const home = process.cwd();
afterEach(() => process.chdir(home));

test('works in a folder', () => {
  process.chdir('/tmp');
  expect(process.cwd()).toBe('/tmp');
});
test('works at home', () => expect(process.cwd()).not.toBe('/tmp'));
`,
  ],
  invalid: {
    [`import { expect, test } from 'vitest';

test('works in a folder', () => {
  process.chdir('/tmp');
  expect(process.cwd()).toBe('/tmp');
});
test('works at home', () => expect(process.cwd()).not.toBe('/tmp'));
`]: [
      [
        4,
        /^The working directory is changed and not put back\. See line 7: this test runs later/,
        {
          says: 'Save `process.cwd()` and change back in an after-hook.',
          text: `import { afterEach, expect, test } from 'vitest';

const savedCwd = process.cwd();

afterEach(() => {
  process.chdir(savedCwd);
});

test('works in a folder', () => {
  process.chdir('/tmp');
  expect(process.cwd()).toBe('/tmp');
});
test('works at home', () => expect(process.cwd()).not.toBe('/tmp'));
`,
        },
      ],
    ],
  },
});
