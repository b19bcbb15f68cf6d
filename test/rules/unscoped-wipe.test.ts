import { cases } from './cases.js';

cases('unscoped-wipe', {
  valid: [
    `import { Pool } from 'pg';
import { afterAll, beforeEach, test } from 'vitest';

const pool = new Pool({ database: \`shop_test_\${process.env.VITEST_POOL_ID}\` });
beforeEach(() => pool.query('TRUNCATE orders'));
afterAll(() => pool.end());
test('writes an order', () => pool.query('INSERT INTO orders VALUES (1)'));
`,
  ],
  invalid: {
    [`import { Pool } from 'pg';
import { afterAll, beforeEach, test } from 'vitest';

const pool = new Pool({ database: 'shop_test' });
beforeEach(() => pool.query('TRUNCATE orders'));
afterAll(() => pool.end());
test('writes an order', () => pool.query('INSERT INTO orders VALUES (1)'));
`]: [[5, /^Every row of `orders` in PostgreSQL database `shop_test` is removed/]],
  },
});
