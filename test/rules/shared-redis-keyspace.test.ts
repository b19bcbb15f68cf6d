import { cases } from './cases.js';

cases('shared-redis-keyspace', {
  valid: [
    `import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';

const redis = new Redis(\`redis://localhost:6379/\${process.env.VITEST_POOL_ID}\`);
afterAll(() => redis.quit());
test('keeps a cart', async () => {
  await redis.set('cart', 'pear');
  expect(await redis.get('cart')).toBe('pear');
});
`,
  ],
  invalid: {
    [`import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';

const redis = new Redis('redis://localhost:6379/0');
afterAll(() => redis.quit());
test('keeps a cart', async () => {
  await redis.set('cart', 'pear');
  expect(await redis.get('cart')).toBe('pear');
});
`]: [[4, 'Redis database `0` is used by 1 test file. See line 7: written here. Give each worker its own database index, key prefix or server.']],
  },
});
