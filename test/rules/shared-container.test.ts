import { cases } from './cases.js';

cases('shared-container', {
  valid: [
    `import { GenericContainer } from 'testcontainers';
import { afterAll, beforeAll, expect, test } from 'vitest';

let redis;
beforeAll(async () => {
  redis = await new GenericContainer('redis:7').withExposedPorts(6379).start();
});
afterAll(() => redis.stop());
test('is there', () => expect(redis.getHost()).toBe('localhost'));
`,
  ],
  invalid: {
    [`import { GenericContainer } from 'testcontainers';
import { afterAll, beforeAll, expect, test } from 'vitest';

let redis;
beforeAll(async () => {
  redis = await new GenericContainer('redis:7').withExposedPorts({ container: 6379, host: 6380 }).start();
});
afterAll(() => redis.stop());
test('is there', () => expect(redis.getHost()).toBe('localhost'));
`]: [[6, /^Container `6380` is started by 1 test file\./]],
  },
});
