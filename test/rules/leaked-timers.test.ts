import { cases } from './cases.js';

cases('leaked-timers', {
  valid: [
    `import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.useRealTimers());

test('knows the year', () => {
  vi.useFakeTimers({ now: new Date('2020-01-01') });
  expect(new Date().getFullYear()).toBe(2020);
});
test('lives today', () => expect(new Date().getFullYear()).not.toBe(2020));
`,
  ],
  invalid: {
    [`import { expect, test, vi } from 'vitest';

test('knows the year', () => {
  vi.useFakeTimers({ now: new Date('2020-01-01') });
  expect(new Date().getFullYear()).toBe(2020);
});
test('lives today', () => expect(new Date().getFullYear()).not.toBe(2020));
`]: [
      [
        4,
        'Fake timers are switched on and not switched off. See line 7: this test runs later in the same process. Switch real timers on again in an after-hook.',
        {
          says: 'Call `vi.useRealTimers()` in an after-hook.',
          text: `import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.useRealTimers();
});

test('knows the year', () => {
  vi.useFakeTimers({ now: new Date('2020-01-01') });
  expect(new Date().getFullYear()).toBe(2020);
});
test('lives today', () => expect(new Date().getFullYear()).not.toBe(2020));
`,
        },
      ],
    ],
  },
});
