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
`]: [[4, /^`process\.env\.TZ` is changed and not put back\. See line 7: this test runs later/]],
  },
});
