import { expect, test } from 'vitest';
import { audit, type Case, type Files } from './audit.js';

/** A helper that is handed options by several test files is followed once for those that differ in nothing it asks for, and for each of the others. */
const using = (helper: string, options: Readonly<Record<string, string>>): Files => ({
  'helper.ts': `import { Pool } from 'pg';\nimport { Redis } from 'ioredis';\n${helper}`,
  ...Object.fromEntries(
    Object.entries(options).map(([path, given]) => [
      path,
      `import { test } from 'vitest'; import { start } from './helper.js';\ntest('starts', async () => {\n  await start(${given});\n});\n`,
    ]),
  ),
});

const CACHE = `const cache = new Redis({ port: 6379 }); await cache.set('cart', '1'); await cache.get('cart'); await cache.quit();`;

const cases: readonly Case[] = [
  {
    what: 'the cache only of those that ask for it, whatever they call themselves',
    rule: 'shared-redis-keyspace',
    files: using(`export async function start(options) {\n  if (options.cache) {\n    ${CACHE}\n  }\n}`, {
      'a.test.ts': `{ title: 'north', cache: 'yes' }`,
      'b.test.ts': `{ title: 'south', cache: 'of course' }`,
      'c.test.ts': `{ title: 'east' }`,
      'd.test.ts': `{ title: 'west', cache: '' }`,
    }),
    finds: ['a.test.ts', 'b.test.ts'],
  },
  {
    what: 'nothing where only one of them is given a text',
    rule: 'shared-redis-keyspace',
    files: using(`export async function start(options) {\n  if (typeof options.cache === 'string') {\n    ${CACHE}\n  }\n}`, {
      'a.test.ts': `{ cache: 'yes' }`,
      'b.test.ts': `{ cache: true }`,
      'c.test.ts': `{ cache: 1 }`,
    }),
    finds: [],
  },
  {
    what: 'the database that each of them names, behind a property that both have',
    rule: 'hardcoded-database-name',
    files: using(
      `export async function start(options) {\n  if (!options.title) return;\n  const pool = new Pool({ database: options.database });\n  await pool.query('INSERT INTO orders VALUES (1)'); await pool.query('SELECT * FROM orders'); await pool.end();\n}`,
      {
        'a.test.ts': `{ title: 'north', database: 'orders_spec' }`,
        'b.test.ts': `{ title: 'south', database: 'orders_spec' }`,
        'c.test.ts': `{ title: 'east', database: 'carts_spec' }`,
      },
    ),
    finds: ['a.test.ts', 'b.test.ts'],
  },
  {
    what: 'the cache of those that are given another host than the usual one',
    rule: 'shared-redis-keyspace',
    files: using(`const USUAL = 'memory';\nexport async function start({ host }) {\n  if (USUAL !== host) {\n    ${CACHE}\n  }\n}`, {
      'a.test.ts': `{ host: 'north' }`,
      'b.test.ts': `{ host: 'south' }`,
      'c.test.ts': `{ host: 'memory' }`,
      'd.test.ts': `{ host: process.env.CACHE_HOST ?? 'memory' }`,
    }),
    finds: ['a.test.ts', 'b.test.ts'],
  },
  {
    what: 'the cache of those whose text begins so',
    rule: 'shared-redis-keyspace',
    files: using(`export async function start(options) {\n  const isRemote = options.cache.startsWith('https://');\n  if (isRemote) return;\n  ${CACHE}\n}`, {
      'a.test.ts': `{ cache: 'north' }`,
      'b.test.ts': `{ cache: 'south' }`,
    }),
    finds: ['a.test.ts', 'b.test.ts'],
  },
  {
    what: 'the database that a computed property of a table holds',
    rule: 'hardcoded-database-name',
    files: using(
      `const names = { north: 'orders_spec', south: 'carts_spec' };\nexport async function start({ shop }) {\n  const pool = new Pool({ database: names[shop] });\n  await pool.query('INSERT INTO orders VALUES (1)'); await pool.query('SELECT * FROM orders'); await pool.end();\n}`,
      { 'a.test.ts': `{ shop: 'north' }`, 'b.test.ts': `{ shop: 'north' }`, 'c.test.ts': `{ shop: 'south' }` },
    ),
    finds: ['a.test.ts', 'b.test.ts'],
  },
];

test.each(cases)('$what', ({ rule, files, finds }) => {
  const found = audit(files).findings.filter((each) => each.rule === rule && each.confidence !== 'possible');
  expect(found.flatMap((each) => each.files)).toEqual(finds);
});
