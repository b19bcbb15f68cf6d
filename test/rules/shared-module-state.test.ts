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
  },
});
