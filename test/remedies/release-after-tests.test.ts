import { describe, expect, test } from 'vitest';
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
  expect(repaired('missing-cleanup', file(`${http}import { test } from 'tap';`, '{ equal }'), { runner: 'tap' })).toContain(
    'async ({ equal, teardown }) => {\n  const server = createServer();\n  server.listen(0); // any port\n  teardown(() => server.close());\n',
  );
  expect(repaired('missing-cleanup', file(`${http}import { test } from 'node:test';`, '{ after }'), { runner: 'node-test' })).toContain('cleanups.push(');
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
  expect(repaired('missing-cleanup', file("await client.get('seat');"), vitest)).toBe('refused: nothing shows that it is connected');
});

test('opened where the runner registers nothing: a list, and a hook that empties it', () => {
  const file = `const Redis = require('ioredis')
const { mkdtempSync, rmSync } = require('fs')

describe('orders', function () {
  // Empty, to begin with.
  beforeEach(function () {
    var client = new Redis()
    return client.flushdb()
  })

  it('are exported', function () {
    const folder = mkdtempSync('orders')
  })
})
`;
  const emptied = repaired('missing-cleanup', file.replace(/\n  it\([^]*\n  \}\)/, "\n  it('are none', () => {})"), { runner: 'mocha' });
  expect(emptied).toContain(`describe('orders', function () {
  const cleanups = []

  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  })

  // Empty, to begin with.
  beforeEach(function () {
    var client = new Redis()
    cleanups.push(() => client.quit())
    return client.flushdb()
  })
`);
  const removed = repaired('missing-cleanup', file.replace(/  \/\/ Empty[^]*?\n  \}\)\n/, ''), { runner: 'jest' });
  expect(removed).toContain(`  afterEach(() => {
    for (const cleanup of cleanups.splice(0).reverse()) cleanup()
  })
`);
  expect(removed).toContain('    cleanups.push(() => rmSync(folder, { recursive: true, force: true }))\n');
  const typed = repaired('missing-cleanup', file.replace(/  \/\/ Empty[^]*?\n  \}\)\n/, ''), { runner: 'jest', path: 'orders.test.ts' });
  expect(typed).toContain('  const cleanups: (() => unknown)[] = []\n');
  const shared = file.replace(/  \/\/ Empty[^]*?\n  \}\)\n/, '').replace('it(', 'test.concurrent(');
  expect(repaired('missing-cleanup', shared, { runner: 'jest' })).toBe(
    'refused: its tests run at the same time, so a hook would undo what another test still needs',
  );
});

test('what other code may close too, or a variable that changes', () => {
  const file = (rest: string): string => `const Redis = require('ioredis');
const { serve } = require('./serve');
it('counts', async () => {
  let client = new Redis();
  ${rest}
});
`;
  const beside = { 'serve.js': "exports.serve = ({ client }) => client.incr('orders');\n" };
  const after = (rest: string): string => repaired('missing-cleanup', file(rest), { runner: 'jest', beside });
  expect(after("expect(client).toBeDefined(); await client.incr('orders');")).toContain('cleanups.push(() => client.quit());');
  expect(after('await serve({ client });')).toBe('refused: it is handed to other code, which may close it too');
  expect(after('client = undefined;')).toBe('refused: its variable is given several values');
});

describe('temporary paths with names of their own', () => {
  const file = (imports: string, body: string): string => `import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
${imports}

${body}`;

  test('a file, and a directory with something inside', () => {
    const text = file(
      "import { mkdirSync, writeFileSync } from 'node:fs';\nimport { test } from 'vitest';",
      `test('is exported', () => {
  const path = join(tmpdir(), randomUUID());
  writeFileSync(path, 'orders');
});
test('is exported with bills', () => {
  const folder = join(tmpdir(), \`orders-\${randomUUID()}\`);
  mkdirSync(folder);
  const bills = join(folder, 'bills');
  writeFileSync(bills, 'bills');
});
`,
    );
    const after = repaired('missing-cleanup', text, vitest);
    expect(after).toContain("import { mkdirSync, rmSync, writeFileSync } from 'node:fs';\nimport { onTestFinished, test } from 'vitest';");
    expect(after).toContain('  onTestFinished(() => rmSync(path, { force: true }));\n  writeFileSync(path,');
    expect(after).toContain('  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));\n  mkdirSync(folder);');
    expect(after.match(/rmSync\(/g)).toHaveLength(2);
  });

  test('made by code that is not seen: it may be a directory, and may be gone with the one around it', () => {
    const text = (folder: string): string =>
      file(
        "import { statSync } from 'node:fs';\nimport { afterEach, expect, test } from 'vitest';\nimport { make, removeAll } from 'acme-files';",
        `const FOLDER = join(tmpdir(), 'orders');
afterEach(() => removeAll(FOLDER));
test('is made', () => {
  const path = join(${folder}, randomUUID());
  make(path);
  expect(statSync(path).mode).toBe(0o755);
});
`,
      );
    expect(repaired('missing-cleanup', text('tmpdir()'), vitest)).toContain('onTestFinished(() => rmSync(path, { recursive: true, force: true }));');
    expect(repaired('missing-cleanup', text('FOLDER'), vitest)).toBe('refused: an after-hook gets the directory around it, and may remove it');
  });

  test('made by a helper: the list stands in front of it', () => {
    const text = file(
      "import fs from 'node:fs/promises';",
      `// For exports.
async function folderFor(name) {
  const folder = join(tmpdir(), name + randomUUID());
  await fs.mkdir(folder);
  return folder;
}

describe('exports', () => {
  it('are there', async () => {
    await folderFor('orders');
  });
  it('are there again', async () => {
    await folderFor('bills');
  });
});
`,
    );
    expect(repaired('missing-cleanup', text, { runner: 'jest' })).toContain(`
const cleanups = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

// For exports.
async function folderFor(name) {
  const folder = join(tmpdir(), name + randomUUID());
  cleanups.push(() => fs.rm(folder, { recursive: true, force: true }));
  await fs.mkdir(folder);
`);
    expect(repaired('missing-cleanup', text, { runner: 'mocha' })).toBe('refused: a hook outside all suites runs after the tests of every file');
  });

  test('by an object of the project, beside a path of its own', () => {
    const shelf = `import { mkdtempSync, rmSync } from 'node:fs';
export class Shelf { constructor() { this.home = mkdtempSync('/tmp/shelf-'); } path(name) { return this.home + name; } remove() { rmSync(this.home, { recursive: true }); } }
`;
    const kept =
      "import { Shelf } from './shelf.js';\ntest('is kept', () => {\n  const shelf = new Shelf();\n  writeFileSync(shelf.path('a'), 'orders');\n});\n";
    const text = file("import { rm, writeFileSync } from 'node:fs';", kept);
    expect(repaired('missing-cleanup', text, { runner: 'jest', beside: { 'shelf.js': shelf } })).toBe('refused: it is made in another function or file');
  });

  test('without a variable, or without a word that removes', () => {
    const made = "test('is exported', () => {\n  writeFileSync(join(tmpdir(), randomUUID()), 'orders');\n});\n";
    expect(repaired('missing-cleanup', file("import { writeFileSync } from 'node:fs';", made), { runner: 'jest' })).toBe(
      'refused: no variable of the file holds the path',
    );
    const held = "test('is exported', () => {\n  const path = join(tmpdir(), randomUUID());\n  writeFileSync(path, 'orders');\n});\n";
    expect(repaired('missing-cleanup', file("import { writeFileSync } from 'fs-extra';", held), { runner: 'jest' })).toBe('refused: `rm` is not imported');
  });
});

describe('opened before the `try` that releases it', () => {
  const file = (between: string, opened = 'const pool = new Pool(); // one'): string => `const { Pool } = require('pg');

it('reads', async () => {
  // Of the shop.
  ${opened}

  ${between}

  try {
    await pool.query(sql);
  } finally {
    await pool.end();
  }
});
`;
  const jest = { runner: 'jest' } as const;

  test('moves down to it, with its comments', () => {
    expect(repaired('missing-cleanup', file('const sql = await makeSql({\n    of: 1,\n  });'), jest)).toBe(`const { Pool } = require('pg');

it('reads', async () => {
  const sql = await makeSql({
    of: 1,
  });

  // Of the shop.
  const pool = new Pool(); // one
  try {
    await pool.query(sql);
  } finally {
    await pool.end();
  }
});
`);
  });

  test('with what was made for it alone', () => {
    const after = repaired('missing-cleanup', file('const request = makeRequest();\n  request.sql = 1;\n  const sql = await request.text();'), jest);
    expect(after).toContain('  const sql = await request.text();\n\n  // Of the shop.\n  const pool = new Pool(); // one\n  try {');
  });

  test.each([
    ["const sql = await pool.query('SELECT 1');", 'it is used before the `try` that releases it'],
    ["process.env.PGHOST = 'localhost';\n  const sql = await makeSql();", 'what stands before the `try` may change what is opened'],
    ["jest.spyOn(console, 'log');\n  const sql = await makeSql();", 'what stands before the `try` may change what is opened'],
    ['if (isLate) {\n    await makeSql();\n  }', 'what stands before the `try` may change what is opened'],
  ])('stays before %s', (between, why) => {
    expect(repaired('missing-cleanup', file(between), jest)).toBe(`refused: ${why}`);
  });

  test('stays where other code shares its line', () => {
    const two = file('const sql = await makeSql();', 'const pool = new Pool(), most = 3;');
    expect(repaired('missing-cleanup', two, jest)).toBe('refused: the call that opens it does not stand on lines of its own');
  });
});
