import { cases } from './cases.js';

cases('leaked-env', {
  valid: [
    `import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllEnvs());

test('knows the zone', () => {
  vi.stubEnv('TZ', 'UTC');
  expect(process.env.TZ).toBe('UTC');
});
test('has a zone', () => expect(process.env.TZ).toBeUndefined());
`,
  ],
  invalid: {
    [`import { expect, test } from 'vitest';

test('knows the zone', () => {
  process.env.TZ = 'UTC';
  expect(process.env.TZ).toBe('UTC');
});
test('has a zone', () => expect(process.env.TZ).toBeUndefined());
`]: [
      [
        4,
        /^`process\.env\.TZ` is changed and not put back\. See line 7: this test runs later/,
        {
          says: 'Save `process.env.TZ` and put it back in an after-hook.',
          text: `import { afterEach, expect, test } from 'vitest';

const savedTz = process.env.TZ;

afterEach(() => {
  if (savedTz === undefined) delete process.env.TZ;
  else process.env.TZ = savedTz;
});

test('knows the zone', () => {
  process.env.TZ = 'UTC';
  expect(process.env.TZ).toBe('UTC');
});
test('has a zone', () => expect(process.env.TZ).toBeUndefined());
`,
        },
      ],
    ],
    [`import { afterEach, expect, test } from 'vitest';

const saved = process.env.TZ;
afterEach(() => {
  process.env.TZ = saved;
});
test('knows the zone', () => {
  process.env.TZ = 'UTC';
  expect(process.env.TZ).toBe('UTC');
});
test('has a zone', () => expect(process.env.TZ).toBeUndefined());
`]: [
      [
        8,
        /^`process\.env\.TZ` is put back from a value that can be undefined/,
        {
          text: `import { afterEach, expect, test } from 'vitest';

const saved = process.env.TZ;
afterEach(() => {
  if (saved === undefined) delete process.env.TZ;
  else process.env.TZ = saved;
});
test('knows the zone', () => {
  process.env.TZ = 'UTC';
  expect(process.env.TZ).toBe('UTC');
});
test('has a zone', () => expect(process.env.TZ).toBeUndefined());
`,
        },
      ],
    ],
  },
});
