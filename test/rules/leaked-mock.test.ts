import { cases } from './cases.js';

cases('leaked-mock', {
  valid: [
    `import fs from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.restoreAllMocks());

test('finds the file', () => {
  vi.spyOn(fs, 'existsSync').mockReturnValue(true);
  expect(fs.existsSync('/none')).toBe(true);
});
test('finds no file', () => expect(fs.existsSync('/none')).toBe(false));
`,
  ],
  invalid: {
    [`import fs from 'node:fs';
import { expect, test, vi } from 'vitest';

test('finds the file', () => {
  vi.spyOn(fs, 'existsSync').mockReturnValue(true);
  expect(fs.existsSync('/none')).toBe(true);
});
test('finds no file', () => expect(fs.existsSync('/none')).toBe(false));
`]: [
      [
        5,
        /^`fs\.existsSync` is replaced and not restored\./,
        {
          says: 'Call `vi.restoreAllMocks()` in an after-hook.',
          text: `import fs from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.restoreAllMocks();
});

test('finds the file', () => {
  vi.spyOn(fs, 'existsSync').mockReturnValue(true);
  expect(fs.existsSync('/none')).toBe(true);
});
test('finds no file', () => expect(fs.existsSync('/none')).toBe(false));
`,
        },
      ],
    ],
  },
});
