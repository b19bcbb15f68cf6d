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
`]: [
      [
        4,
        /^`fetch` is changed and not put back\./,
        {
          says: 'Save `globalThis.fetch` and put it back in an after-hook.',
          text: `import { afterEach, expect, test } from 'vitest';

const savedFetch = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = savedFetch;
});

test('asks the shop', async () => {
  globalThis.fetch = async () => ({ ok: true });
  expect((await fetch('http://shop')).ok).toBe(true);
});
test('asks nobody', () => expect(fetch.name).toBe('fetch'));
`,
        },
      ],
    ],
  },
});
