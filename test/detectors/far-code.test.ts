import { describe, expect, test } from 'vitest';
import { audit, places, type Case, type Files } from './audit.js';

/** Calls of a test that lead through many functions of the product before they reach a server. */
const LAYERS = 8;

/** `layer-1.ts` calls `layer-2.ts` and so on; the last one does the work. Each hands on what it is given. */
function layers(work: string, given = ''): Files {
  const files: Record<string, string> = { [`layer-${LAYERS}.ts`]: work };
  for (let n = 1; n < LAYERS; n++)
    files[`layer-${n}.ts`] =
      `import { layer${n + 1} } from './layer-${n + 1}';\nexport async function layer${n}(value) {\n  return await layer${n + 1}(value);\n}\n`;
  for (const name of ['north', 'south'])
    files[`${name}.test.ts`] =
      `import { test } from 'vitest';\nimport { layer1 } from './layer-1';\ntest('${name}', async () => { await layer1(${given}); });\n`;
  return files;
}

const last = (body: string, imports = `import { Pool } from 'pg';`): string => `${imports}\nexport async function layer${LAYERS}(value) {\n${body}\n}\n`;

/** Routes of an application, more than is kept of what one function does. */
const ROUTES = Array.from({ length: 400 }, (_, n) => `  app.get('/r${n}', (req, res) => answer(req, res, ${n}));`).join('\n');

const cases: readonly Case[] = [
  {
    what: 'a database that is opened many calls away',
    rule: 'hardcoded-database-name',
    files: layers(last(`const pool = new Pool({ database: 'orders_spec' });\nawait pool.query('INSERT INTO orders VALUES (1)');`)),
    finds: [`layer-${LAYERS}.ts:3`],
  },
  {
    what: 'a database whose name the test hands over many calls away, one for each worker',
    rule: 'hardcoded-database-name',
    files: layers(
      last(`const pool = new Pool({ database: value });\nawait pool.query('INSERT INTO orders VALUES (1)');`),
      '`orders_${process.env.VITEST_POOL_ID}`',
    ),
  },
  {
    what: 'a client that a library hands on from a function that is written inside another one',
    rule: 'hardcoded-database-name',
    files: layers(
      last(
        `return await retry(open, { retries: 3 });\nasync function open() {\n  const client = new Client({ database: 'orders_spec' });\n  await client.connect();\n  return client;\n}`,
        `import { Client } from 'pg'; import retry from 'async-retry';`,
      ),
    ),
    finds: [`layer-${LAYERS}.ts:5`],
  },
  {
    what: 'a client in a field of an object that was made before the tests',
    rule: 'hardcoded-database-name',
    files: layers(
      last(
        `return await orders.add(value);`,
        `import { Pool } from 'pg';\nclass Table { pool = new Pool({ database: 'orders_spec' }); insert() { return this.pool.query('INSERT INTO orders VALUES (1)'); } }\nclass Orders { constructor(private table) {} add() { return this.table.insert(); } }\nconst orders = new Orders(new Table());`,
      ),
    ),
    finds: [`layer-${LAYERS}.ts:2`],
  },
  {
    what: 'a port that is bound many calls away',
    rule: 'fixed-port',
    files: layers(last(`createServer().listen(4310);`, `import { createServer } from 'node:http';`)),
    finds: [`layer-${LAYERS}.ts:3`],
  },
  {
    what: 'a port that the test hands over many calls away',
    rule: 'fixed-port',
    files: layers(last(`createServer().listen(value);`, `import { createServer } from 'node:http';`), '0'),
  },
  ...[
    ['it returns', 'if (!value.isKept) return;\nwriteFileSync("orders.log", "");'],
    ['it returns within a loop', 'for (const each of [1]) { if (!value.isKept) return; }\nwriteFileSync("orders.log", "");'],
    ['a branch', 'if (value.isKept) writeFileSync("orders.log", "");'],
    ['an option with a default', 'const { isKept = false } = value;\nif (isKept) writeFileSync("orders.log", "");'],
    ['a field that the constructor sets', 'new Log(value).write();'],
  ].map(([what, work]): Case => ({
    what: `a file that is written many calls away for some callers only: ${what}`,
    rule: 'shared-path',
    files: layers(
      last(
        work!,
        `import { writeFileSync } from 'node:fs';\nclass Log { constructor(options) { this.isKept = options.isKept ?? false; } write() { if (!this.isKept) return; writeFileSync('orders.log', ''); } }`,
      ),
      '{}',
    ),
  })),
  {
    what: 'a file that is written many calls away, behind a check that what is given is right',
    rule: 'shared-path',
    files: layers(last(`if (!value) throw new Error('nothing to write');\nwriteFileSync('orders.log', '');`, `import { writeFileSync } from 'node:fs';`), '{}'),
    finds: [`layer-${LAYERS}.ts:4`],
  },
  {
    what: 'a variable that the product sets many calls away',
    rule: 'leaked-env',
    files: layers(last(`process.env.ORDERS = 'on';`)),
  },
  {
    what: 'functions that call each other',
    rule: 'hardcoded-database-name',
    files: layers(
      last(
        `if (value > 0) return await layer1(value - 1);\nconst pool = new Pool({ database: 'orders_spec' });\nawait pool.query('SELECT 1');\nawait pool.query('INSERT INTO orders VALUES (1)');`,
        `import { Pool } from 'pg'; import { layer1 } from './layer-1';`,
      ),
    ),
    finds: [`layer-${LAYERS}.ts:4`],
  },
  {
    what: 'a database that only a function uses which is handed over behind as much',
    rule: 'hardcoded-database-name',
    files: {
      'app.ts': `import express from 'express';\nimport { Pool } from 'pg';\nimport { answer } from './answer';\nexport function start() {\n  const app = express();\n${ROUTES}\n  app.get('/orders', () => new Pool({ database: 'orders_spec' }).query('INSERT INTO orders VALUES (1)'));\n}\n`,
      'answer.ts': 'export const answer = (req, res, n) => res.json(remember(n));\n',
      ...Object.fromEntries(
        ['north', 'south'].map((name) => [
          `${name}.test.ts`,
          `import { test } from 'vitest';\nimport { start } from './app';\ntest('${name}', () => { start(); });\n`,
        ]),
      ),
    },
  },
  {
    what: 'a port that an application listens at behind all its routes',
    rule: 'fixed-port',
    files: {
      'app.ts': `import express from 'express';\nimport { answer } from './answer';\nexport function start() {\n  const app = express();\n${ROUTES}\n  return new Promise((done) => app.listen(4310, done));\n}\n`,
      'answer.ts': 'export const answer = (req, res, n) => res.json(remember(n));\n',
      ...Object.fromEntries(
        ['north', 'south'].map((name) => [
          `${name}.test.ts`,
          `import { test } from 'vitest';\nimport { start } from './app';\ntest('${name}', () => { start(); });\n`,
        ]),
      ),
    },
    finds: ['app.ts:405'],
  },
];

describe('what lies many calls away', () => {
  test.each(cases)('$rule: $what', ({ rule, files, finds = [] }) => {
    expect(places(rule, files)).toEqual(finds);
  });

  test.each([
    ['one.test.ts', 'two.test.ts'],
    ['two.test.ts', 'one.test.ts'],
  ])('functions that call each other are whole whoever comes first: %s, %s', (...names) => {
    // `left` is met through `right` by one file, and `right` through `left` by the other.
    const product: Files = {
      ...layers(last('return value ? await left(value) : await right(value);', `import { left } from './left'; import { right } from './right';`)),
      'left.ts': `import { Pool } from 'pg';\nimport { right } from './right';\nexport async function left(value) { await new Pool({ database: 'left_spec' }).query('INSERT INTO t VALUES (1)'); await right(value); }`,
      'right.ts': `import { Pool } from 'pg';\nimport { left } from './left';\nexport async function right(value) { await new Pool({ database: 'right_spec' }).query('INSERT INTO t VALUES (1)'); await left(value); }`,
    };
    const { 'north.test.ts': _, 'south.test.ts': __, ...files } = product;
    const entry = { 'one.test.ts': 'left', 'two.test.ts': 'right' } as const;
    for (const name of names) {
      const to = entry[name as keyof typeof entry];
      const far = Array.from({ length: 5 }, (_, n) => [
        `${to}-${n}.ts`,
        n < 4
          ? `import { go${n + 1} } from './${to}-${n + 1}';\nexport const go${n} = async (value) => go${n + 1}(value);`
          : `import { ${to} } from './${to}';\nexport const go4 = async (value) => ${to}(value);`,
      ]);
      Object.assign(files, Object.fromEntries(far), {
        [name]: `import { test } from 'vitest';\nimport { go0 } from './${to}-0';\ntest('${to}', async () => { await go0(1); });`,
      });
    }
    const { findings } = audit(files);
    expect(findings.map(({ rule, files: of }) => [rule, of.length])).toEqual([
      ['hardcoded-database-name', 2],
      ['hardcoded-database-name', 2],
    ]);
  });

  test('nobody is certain of it', () => {
    const { findings } = audit(cases[0]!.files);
    expect(findings.map(({ rule, confidence }) => [rule, confidence])).toEqual([['hardcoded-database-name', 'likely']]);
  });
});
