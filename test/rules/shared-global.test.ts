import { cases } from './cases.js';

cases('shared-global', {
  valid: [
    `import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

test('asks the shop', async () => {
  vi.stubGlobal('fetch', async () => ({ ok: true }));
  expect((await fetch('http://shop')).ok).toBe(true);
});
test('asks nobody', () => expect(fetch.name).toBe('fetch'));
`,
  ],
  invalid: {
    [`import { expect, test } from 'vitest';

test('asks the shop', async () => {
  globalThis.fetch = async () => ({ ok: true });
  expect((await fetch('http://shop')).ok).toBe(true);
});
test('asks nobody', () => expect(fetch.name).toBe('fetch'));
`]: [[4, /^`fetch` is changed and not put back\./]],
  },
});
