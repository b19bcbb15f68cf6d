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
    ['value.isKept', 'if (!value.isKept) return;\nwriteFileSync("orders.log", "");'],
    ['value.isKept', 'if (value.isKept) writeFileSync("orders.log", "");'],
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
];

describe('what lies many calls away', () => {
  test.each(cases)('$rule: $what', ({ rule, files, finds = [] }) => {
    expect(places(rule, files)).toEqual(finds);
  });

  test('nobody is certain of it', () => {
    const { findings } = audit(cases[0]!.files);
    expect(findings.map(({ rule, confidence }) => [rule, confidence])).toEqual([['hardcoded-database-name', 'likely']]);
  });
});
