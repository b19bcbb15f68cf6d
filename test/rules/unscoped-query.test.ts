import { cases } from './cases.js';

// Alone a file says nothing of who else writes the rows.
cases('unscoped-query', {
  valid: [
    `import { Pool } from 'pg';
import { afterAll, expect, test } from 'vitest';

const pool = new Pool({ database: 'shop_test' });
afterAll(() => pool.end());
test('counts one order', async () => {
  await pool.query('INSERT INTO orders VALUES (1)');
  const { rows } = await pool.query('SELECT count(*) FROM orders');
  expect(rows[0].count).toBe('1');
});
`,
  ],
  invalid: {},
});
