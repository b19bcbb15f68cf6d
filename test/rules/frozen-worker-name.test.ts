import { cases } from './cases.js';

cases('frozen-worker-name', {
  valid: [
    `import { Pool } from 'pg';
import { afterAll, test } from 'vitest';

const pool = new Pool({ database: \`shop_\${process.env.VITEST_POOL_ID}\` });
afterAll(() => pool.end());
test('writes an order', () => pool.query('INSERT INTO orders VALUES (1)'));
`,
  ],
  invalid: {
    [`import { Pool } from 'pg';
import { afterAll, test } from 'vitest';

const pool = new Pool({ database: \`shop_\${process.env.JEST_WORKER_ID}\` });
afterAll(() => pool.end());
test('writes an order', () => pool.query('INSERT INTO orders VALUES (1)'));
`]: [[4, /^This name takes `JEST_WORKER_ID`, which vitest does not set/]],
  },
});
