import { cases } from './cases.js';

cases('hardcoded-database-name', {
  valid: [
    `import { Pool } from 'pg';
import { afterAll, test } from 'vitest';

const pool = new Pool({ database: \`shop_test_\${process.env.VITEST_POOL_ID}\` });
afterAll(() => pool.end());
test('writes an order', () => pool.query('INSERT INTO orders VALUES (1)'));
`,
  ],
  invalid: {
    [`import { Pool } from 'pg';
import { afterAll, test } from 'vitest';

const pool = new Pool({ database: 'shop_test' });
afterAll(() => pool.end());
test('writes an order', () => pool.query('INSERT INTO orders VALUES (1)'));
`]: [
      [
        4,
        'PostgreSQL database `shop_test` is used by 1 test file. See line 6: written here. Give each worker a database of its own: put the worker id into the name.',
      ],
    ],
  },
});
