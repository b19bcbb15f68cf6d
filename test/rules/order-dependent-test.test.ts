import { cases } from './cases.js';

cases('order-dependent-test', {
  valid: [
    `import { beforeEach, expect, test } from 'vitest';

let order;
beforeEach(() => {
  order = { id: 1 };
});
test('creates an order', () => {
  expect(order.id).toBe(1);
});
test('reads the order', () => expect(order.id).toBe(1));
`,
  ],
  invalid: {
    [`import { expect, test } from 'vitest';

let order;
test('creates an order', () => {
  order = { id: 1 };
  expect(order.id).toBe(1);
});
test('reads the order', () => expect(order.id).toBe(1));
`]: [[8, /^This test reads `order`, which only an earlier test writes\. See line 5: written here, by an earlier test\./]],
  },
});
