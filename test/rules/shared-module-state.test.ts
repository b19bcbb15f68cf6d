import { cases } from './cases.js';

cases('shared-module-state', {
  valid: [
    `import { expect, test } from 'vitest';

import { cartOf } from './carts.js';
test.concurrent('adds a pear', () => {
  const cart = cartOf();
  cart.push('pear');
  expect(cart).toEqual(['pear']);
});
test.concurrent('adds an apple', () => {
  const cart = cartOf();
  cart.push('apple');
  expect(cart).toEqual(['apple']);
});
`,
  ],
  invalid: {
    [`import { expect, test } from 'vitest';

const cart = [];
test.concurrent('adds a pear', () => {
  cart.push('pear');
  expect(cart).toEqual(['pear']);
});
test.concurrent('adds an apple', () => {
  cart.push('apple');
  expect(cart).toEqual(['apple']);
});
`]: [[5, /^`cart` is changed and not put back/]],
    [`import { beforeAll, describe, expect, test } from 'vitest';

const prices = { tax: 20 };
describe('reduced', () => {
  beforeAll(() => {
    prices.tax = 10;
  });
  test('adds a tenth', () => expect(prices.tax).toBe(10));
});
test('adds a fifth', () => expect(prices.tax).toBe(20));
`]: [
      [
        6,
        /^`prices\.tax` is changed and not put back/,
        {
          says: 'Save `prices.tax` and put it back in an after-hook.',
          text: `import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const prices = { tax: 20 };
describe('reduced', () => {
  const savedTax = prices.tax;

  beforeAll(() => {
    prices.tax = 10;
  });

  afterAll(() => {
    prices.tax = savedTax;
  });
  test('adds a tenth', () => expect(prices.tax).toBe(10));
});
test('adds a fifth', () => expect(prices.tax).toBe(20));
`,
        },
      ],
    ],
  },
});
