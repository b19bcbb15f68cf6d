import { cases } from './cases.js';

cases('hardcoded-resource-name', {
  valid: [
    `import { Queue } from 'bullmq';
import { afterAll, test } from 'vitest';

const mails = new Queue(\`mails-\${process.env.VITEST_POOL_ID}\`, { connection: { host: 'localhost', port: 6379 } });
afterAll(() => mails.close());
test('sends a mail', () => mails.add('mail', { to: 'a' }));
`,
  ],
  invalid: {
    [`import { Queue } from 'bullmq';
import { afterAll, test } from 'vitest';

const mails = new Queue('mails', { connection: { host: 'localhost', port: 6379 } });
afterAll(() => mails.close());
test('sends a mail', () => mails.add('mail', { to: 'a' }));
`]: [[4, /`mails` is used by 1 test file\. See line 6: written here\./]],
  },
});
