import { cases } from './cases.js';

cases('missing-cleanup', {
  valid: [
    `import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';

test('is served', () => {
  const server = createServer().listen(0);
  onTestFinished(() => server.close());
  expect(server.listening).toBe(true);
});
`,
  ],
  invalid: {
    [`import { createServer } from 'node:http';
import { expect, test } from 'vitest';

test('is served', () => {
  const server = createServer().listen(0);
  expect(server.listening).toBe(true);
});
`]: [
      [
        5,
        'A `Server` of `http` is opened and never released. Call `server.close()` in an after-hook or `finally`.',
        {
          says: 'Call `server.close()` when the test is over.',
          text: `import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';

test('is served', () => {
  const server = createServer().listen(0);
  onTestFinished(() => server.close());
  expect(server.listening).toBe(true);
});
`,
        },
      ],
    ],
  },
});
