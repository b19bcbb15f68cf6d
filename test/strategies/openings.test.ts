/** Databases whose name is changed where a client is opened. */
import { describe, expect, test } from 'vitest';
import { manifest, planned, reasons, VITEST, type Files } from './planned.js';

const checks = (file: string): Files =>
  Object.fromEntries(
    ['orders', 'bills'].map((name) => [
      `test/${name}.test.js`,
      `import { beforeEach, expect, test } from 'vitest';\nimport { pool } from '${file}';\n\nbeforeEach(() => pool.query('DELETE FROM orders'));\ntest('is empty', async () => {\n  expect((await pool.query('SELECT * FROM orders')).rows).toEqual([]);\n});\n`,
    ]),
  );

describe('Sequelize that is given name, user and password one after another', () => {
  const tests = (open: string, before = ''): Files => ({
    'package.json': manifest('mocha', 'mocha --parallel'),
    'test/connection.ts': `import { Sequelize } from 'sequelize'\n\n${before}export const sequelize = new Sequelize(${open})\n`,
    ...Object.fromEntries(
      ['orders', 'bills'].map((name) => [
        `test/${name}.test.ts`,
        "import { sequelize } from './connection'\n\nbeforeEach(() => sequelize.query('DELETE FROM orders'))\nit('is empty', () => sequelize.query('SELECT 1'))\n",
      ]),
    ),
  });
  const opened = async (open: string, before?: string): Promise<string | undefined> => (await planned(tests(open, before))).after['test/connection.ts'];

  test('gets one object of options, an entry to a line where they stand so', async () => {
    expect(
      await opened(
        "\n  process.env.SHOP ?? 'shop_test',\n  process.env.SHOP_USER ?? 'postgres',\n  'secret',\n  {\n    host: 'localhost',\n    dialect: 'postgres',\n  },\n",
      ),
    ).toBe(
      "import { Sequelize } from 'sequelize'\nimport { workerConnection } from 'isolation-audit/worker'\n\nexport const sequelize = new Sequelize(\n  workerConnection('postgres', {\n    database: process.env.SHOP ?? 'shop_test',\n    username: process.env.SHOP_USER ?? 'postgres',\n    password: 'secret',\n    host: 'localhost',\n    dialect: 'postgres',\n  }),\n)\n",
    );
  });

  test('in one line where they stand in one', async () => {
    expect(await opened("'shop_test', 'root', null, { dialect: 'mysql' }")).toContain(
      "new Sequelize(workerConnection('mysql', { database: 'shop_test', username: 'root', dialect: 'mysql' }))",
    );
  });

  test('with options that have a name', async () => {
    expect(await opened("'shop_test', 'root', '', options", "const options = { dialect: 'mysql' } as const\n")).toContain(
      "new Sequelize(workerConnection('mysql', { database: 'shop_test', username: 'root', password: '', ...options }))",
    );
  });

  test('not where the tests say the name once more', async () => {
    const fixed = await planned(
      tests("NAME, 'root', '', { dialect: 'mysql' }", "export const NAME = 'shop_test'\nexport const drop = () => `DROP TABLE ${NAME}.x`\n"),
    );
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContain('`test/connection.ts` uses `NAME` once more, where it would stay as it is');
  });
});

test.each([
  ['named there', 'new pg.Pool({ host: process.env.SHOP_HOST, database: process.env.SHOP_NAME })', ''],
  ['that have a name', 'new pg.Pool(options)', 'const options = { host: process.env.SHOP_HOST, database: process.env.SHOP_NAME };\n'],
])('a name from a variable of the project, in options %s', async (_, open, before) => {
  const { after } = await planned({
    ...VITEST,
    '.env.test': 'SHOP_HOST=localhost\nSHOP_NAME=shop_test\n',
    'test/db.js': `import 'dotenv/config';\nimport pg from 'pg';\n${before}export const pool = ${open};\n`,
    ...checks('./db.js'),
  });
  expect(after['test/db.js']).toContain("workerConnection('postgres', { host: process.env.SHOP_HOST, database: process.env.SHOP_NAME })");
});

describe('a database of Redis that the product names', () => {
  const files = (db: string): Files => ({
    ...VITEST,
    'src/db.js': `import Redis from 'ioredis';\nexport const redis = new Redis({ host: 'localhost'${db} });\n`,
    ...Object.fromEntries(
      ['orders', 'bills'].map((name) => [
        `test/${name}.test.js`,
        "import { afterAll, beforeEach, expect, test } from 'vitest';\nimport { redis } from '../src/db.js';\n\nbeforeEach(() => redis.flushdb());\nafterAll(() => redis.quit());\ntest('counts', async () => expect(await redis.incr('orders')).toBe(1));\n",
      ]),
    ),
  });

  test('stays, with the variable that it could read', async () => {
    const fixed = await planned(files(''));
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toContain(
      '`src/db.js` names it for the product too, and no variable decides it: let it read one that the set-up knows, such as `REDIS_DB`, and repair again',
    );
  });

  test('is pointed once it reads it', async () => {
    const { after } = await planned(files(', db: Number(process.env.REDIS_DB ?? 0)'));
    expect(Object.keys(after)).toEqual(['test/isolation.setup.mjs', 'vitest.config.mjs']);
    expect(after['test/isolation.setup.mjs']).toContain("process.env.REDIS_DB ??= '0';");
  });
});
