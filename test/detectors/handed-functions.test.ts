import { expect, test } from 'vitest';
import { places, type Case, type Files } from './audit.js';

/** A helper that is handed functions by two test files: what they do, and what they give back, is followed. */
const handing = (helper: string, call: string, imports = ''): Files => ({
  'helper.ts': `import { Pool } from 'pg';\n${helper}`,
  ...Object.fromEntries(
    ['a.test.ts', 'b.test.ts'].map((path) => [
      path,
      `import { test } from 'vitest'; import { use } from './helper.js';\n${imports}\ntest('uses it', async () => {\n  ${call}\n});\n`,
    ]),
  ),
});

const cases: readonly Case[] = [
  {
    what: 'a function that gives back the name of a database',
    rule: 'hardcoded-database-name',
    files: handing(
      `export async function use(name) { const pool = new Pool({ database: name() }); await pool.query('INSERT INTO orders VALUES (1)'); await pool.query('SELECT * FROM orders'); await pool.end(); }`,
      `await use(() => 'orders_spec');`,
    ),
    finds: ['a.test.ts:4'],
  },
  {
    what: 'a function that gives back a client',
    rule: 'unscoped-wipe',
    files: handing(
      `export async function use(open) { await open().query('TRUNCATE orders'); }`,
      `await use(() => pool);`,
      `import { Pool } from 'pg'; const pool = new Pool({ database: 'orders_spec' });`,
    ),
    finds: ['helper.ts:2'],
  },
  {
    what: 'a function that is given a client',
    rule: 'unscoped-wipe',
    files: handing(
      `export async function use(body) { const pool = new Pool({ database: 'orders_spec' }); await body(pool); await pool.end(); }`,
      `await use((pool) => pool.query('TRUNCATE orders'));`,
    ),
    finds: ['a.test.ts:4', 'b.test.ts:4'],
  },
  {
    what: 'a client beside a function that only looks',
    rule: 'unscoped-wipe',
    files: handing(
      `export async function use(isOurs) { const pool = new Pool({ database: 'orders_spec' }); if (isOurs(1)) await pool.query('TRUNCATE orders'); await pool.end(); }`,
      `await use((id) => id === 1);`,
    ),
    finds: ['helper.ts:2'],
  },
  {
    what: 'functions in a list, of which a package runs one after another',
    rule: 'unscoped-wipe',
    files: handing(
      `import { series } from 'async';\nexport const use = (body, done) => series([(next) => next(), async () => { const pool = new Pool({ database: 'orders_spec' }); await pool.query('TRUNCATE orders'); await pool.end(); }, body], done);`,
      `await use(async () => {}, () => {});`,
    ),
    finds: ['helper.ts:3'],
  },
  {
    what: 'functions under names, with what each of them waits for',
    rule: 'unscoped-wipe',
    files: handing(
      `import { auto } from 'async';\nexport const use = (done) => auto({ body: (next) => next(), tables: ['body', async () => { const pool = new Pool({ database: 'orders_spec' }); await pool.query('TRUNCATE orders'); await pool.end(); }] }, done);`,
      `await use(() => {});`,
    ),
    finds: ['helper.ts:3'],
  },
];

test.each(cases)('$what', ({ rule, files, finds }) => {
  expect(places(rule, files)).toEqual(finds);
});
