import { expect, test } from 'vitest';
import { repaired } from './repair.js';

const vitest = { use: { version: '4.1.0' } } as const;

test('opened by a hook, released by the hook that answers it', () => {
  const file = `const { Pool } = require('pg');
describe('orders', () => {
  let pool;
  beforeEach(() => {
    pool = new Pool();
  });
  it('are few', () => pool.query('SELECT 1'));
});
`;
  const after = repaired('missing-cleanup', file, { runner: 'jest' });
  expect(after).toContain('  });\n\n  afterEach(async () => {\n    await pool.end();\n  });\n  it(');
});

test('opened with the file', () => {
  const file = `import { expect, test } from 'vitest';
import Redis from 'ioredis';

const redis = new Redis();

test('counts', async () => {
  await redis.incr('orders');
});
`;
  expect(repaired('missing-cleanup', file)).toBe(`import { afterAll, expect, test } from 'vitest';
import Redis from 'ioredis';

const redis = new Redis();

afterAll(async () => {
  await redis.quit();
});

test('counts', async () => {
  await redis.incr('orders');
});
`);
});

test('opened with the file, where hooks of the file run for every file', () => {
  const file = (more = ''): string => `const Redis = require('ioredis');
const redis = new Redis();
describe('orders', () => {
  it('counts', () => redis.incr('orders'));
});
${more}`;
  expect(repaired('missing-cleanup', file(), { runner: 'mocha' })).toContain(
    "describe('orders', () => {\n  after(async () => {\n    await redis.quit();\n  });\n\n  it(",
  );
  expect(repaired('missing-cleanup', file("describe('bills', () => {});\n"), { runner: 'mocha' })).toBe(
    'refused: a hook outside all suites runs after the tests of every file',
  );
});

test('opened in a test that can say what happens at its end', () => {
  const file = (head: string, args = ''): string => `${head}
test('is served', async (${args}) => {
  const server = createServer();
  server.listen(0); // any port
  await ask(server.address());
});
`;
  const http = "import { createServer } from 'node:http';\n";
  expect(repaired('missing-cleanup', file(`${http}import { test } from 'vitest';`), vitest)).toContain(
    '  server.listen(0); // any port\n  onTestFinished(() => server.close());\n  await',
  );
  expect(repaired('missing-cleanup', file(`${http}import { test } from 'node:test';`), { runner: 'node-test' })).toContain(
    'async (t) => {\n  const server = createServer();\n  server.listen(0); // any port\n  t.after(() => server.close());\n',
  );
  expect(repaired('missing-cleanup', file(`${http}import test from 'ava';`, 'check'), { runner: 'ava' })).toContain(
    '  check.teardown(() => server.close());\n',
  );
  expect(repaired('missing-cleanup', file(http), { runner: 'jest' })).toBe('refused: the variable is not known outside the test');
  expect(repaired('missing-cleanup', file(`${http}import { test } from 'vitest';`), { use: { version: '1.0.0' } })).toBe(
    'refused: the variable is not known outside the test',
  );
});

test('a temporary folder', () => {
  const file = (head: string, make: string): string => `import { tmpdir } from 'node:os';
import { beforeEach, describe, test } from 'vitest';
${head}
describe('exports', () => {
  let folder;
  beforeEach(async () => {
    folder = ${make};
  });
  test('are there', () => {});
});
`;
  const named = repaired('missing-cleanup', file("import { mkdtempSync } from 'node:fs';", 'mkdtempSync(tmpdir())'));
  expect(named).toContain("import { mkdtempSync, rmSync } from 'node:fs';");
  expect(named).toContain('  afterEach(() => {\n    rmSync(folder, { recursive: true, force: true });\n  });\n');
  expect(repaired('missing-cleanup', file("import fs from 'node:fs/promises';", 'await fs.mkdtemp(tmpdir())'))).toContain(
    '  afterEach(async () => {\n    await fs.rm(folder, { recursive: true, force: true });\n  });\n',
  );
});

test('several of one kind', () => {
  const file = `import Redis from 'ioredis';
import { test } from 'vitest';
const redis = new Redis();
const other = new Redis();
test('counts', () => {
  const own = new Redis();
});
`;
  expect(repaired('missing-cleanup', file, vitest)).toBe(`import Redis from 'ioredis';
import { afterAll, onTestFinished, test } from 'vitest';
const redis = new Redis();
const other = new Redis();
afterAll(async () => {
  await redis.quit();
  await other.quit();
});

test('counts', () => {
  const own = new Redis();
  onTestFinished(() => own.quit());
});
`);
  const node = `const Redis = require('ioredis');
const { test } = require('node:test');
test('counts', () => {
  const one = new Redis();
  const two = new Redis();
});
`;
  expect(repaired('missing-cleanup', node, { runner: 'node-test' })).toContain(
    "test('counts', (t) => {\n  const one = new Redis();\n  t.after(() => one.quit());\n  const two = new Redis();\n  t.after(() => two.quit());\n});",
  );
});

test('one that only some tests open, or a variable for several', () => {
  const some = `import Redis from 'ioredis';
import { test } from 'vitest';
let redis;
test('opens', () => { redis = new Redis(); });
test('counts', () => {});
`;
  expect(repaired('missing-cleanup', some)).toBe('refused: other tests of the suite do not open it');
  const twice = `import Redis from 'ioredis';
import { beforeAll, test } from 'vitest';
let redis;
beforeAll(() => {
  redis = new Redis();
  redis = new Redis(6380);
});
test('counts', () => {});
`;
  expect(repaired('missing-cleanup', twice)).toBe('refused: one variable holds what several calls open');
});

test('a client that was never connected refuses to be closed', () => {
  const file = (line: string): string => `import { createClient } from 'redis';
import { test } from 'vitest';
test('counts', async () => {
  const client = createClient();
  ${line}
});
`;
  expect(repaired('missing-cleanup', file('await client.connect();'), vitest)).toContain('  onTestFinished(() => client.');
  expect(repaired('missing-cleanup', file("client.on('error', () => {});"), vitest)).toBe('refused: nothing shows that it is connected');
});
