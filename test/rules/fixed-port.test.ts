import { cases } from './cases.js';

cases('fixed-port', {
  valid: [
    `import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';

const server = createServer();
beforeAll(() => new Promise((done) => server.listen(0, done)));
afterAll(() => new Promise((done) => server.close(done)));
test('is served', () => expect(server.listening).toBe(true));
`,
  ],
  invalid: {
    [`import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';

const server = createServer();
beforeAll(() => new Promise((done) => server.listen(4310, done)));
afterAll(() => new Promise((done) => server.close(done)));
test('is served', () => expect(server.listening).toBe(true));
`]: [[5, 'Port `4310` is bound by 1 test file. Bind port 0 and read the port back from the server.']],
    [`import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';

const server = createServer();
beforeAll(() => new Promise((done) => server.listen(4310, done)));
afterAll(() => new Promise((done) => server.close(done)));
test('is served', async () => expect((await fetch(\`http://localhost:\${server.address().port}/\`)).ok).toBe(true));
`]: [
      [
        5,
        /^Port `4310` is bound by 1 test file\./,
        {
          says: 'Bind port 0: the file reads the port back from the server.',
          text: `import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';

const server = createServer();
beforeAll(() => new Promise((done) => server.listen(0, done)));
afterAll(() => new Promise((done) => server.close(done)));
test('is served', async () => expect((await fetch(\`http://localhost:\${server.address().port}/\`)).ok).toBe(true));
`,
        },
      ],
    ],
  },
});
