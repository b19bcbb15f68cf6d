import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { project, runsIn } from './project.js';
import { suites } from './suites.js';

const LIMIT = { timeout: 120_000 };
const vitest = suites.find(({ runner }) => runner === 'vitest')!;

/** A database of one page: `CREATE TABLE orders (number int)`. */
const DATABASE = gunzipSync(
  Buffer.from(
    'H4sIAAAAAAACAwsO9MksSVVIyy/KTSxRMGZgYmBkZHBQUGBgADIhGAYYgZgFjU8IMDHoJTPyghQzHmcAolFAG2DOyCYuKcnoXZKYlJOaX5SSWlQMIZmcg1wdQ1wVQhydfFwVIGIaeaW5SalFCpl5JZqQuPnNAESjYGQBZkYmRnYA57IPLwAEAAA=',
    'base64',
  ),
);
const TABLES = 'CREATE TABLE orders(number int)';

test('each worker has its own copy of the file, in every variable that names it', LIMIT, async () => {
  const { path, run, temporary } = project(
    {
      ...vitest.files(`
        const [url, file] = [process.env.DATABASE_URL, process.env.SQLITE_PATH];
        const path = url.replace(/^file:|\\?.*$/g, '');
        const before = fs.readFileSync(path, 'latin1').includes('${TABLES}');
        fs.writeFileSync(path, 'written by ' + worker.workerSlot());
        await meet('written', 4);
        tell({ before, after: fs.readFileSync(path, 'utf8'), slot: worker.workerSlot(), url, file, memory: process.env.TEST_DATABASE_URL });`),
      ...vitest.setUp.files,
    },
    ['vitest'],
  );
  for (const name of ['carts', 'invoices', 'orders', 'parcels', 'refunds']) {
    const file = join(path, `test/${name}.test.js`);
    writeFileSync(file, `import fs from 'node:fs';\n${readFileSync(file, 'utf8')}`);
  }
  mkdirSync(join(path, 'prisma'));
  writeFileSync(join(path, 'prisma/dev.db'), DATABASE);
  writeFileSync(join(path, 'ledger.sqlite'), DATABASE);
  const env = { DATABASE_URL: 'file:./dev.db?connection_limit=1', SQLITE_PATH: 'ledger.sqlite', TEST_DATABASE_URL: 'file::memory:?cache=shared' };
  const { code, output, told } = await run(vitest.command, env);
  expect(code, output).toBe(0);
  expect(new Set(told.map(({ url }) => url)).size).toBe(4);
  expect(new Set(told.map(({ file }) => file)).size).toBe(4);
  expect(told.filter(({ before }) => before)).toHaveLength(4);
  for (const { after, slot, url, file, memory } of told) {
    expect(after).toBe(`written by ${slot}`);
    expect(url).toMatch(/^file:\/.*\/dev\.db\?connection_limit=1$/);
    expect(file).toMatch(/^\/.*\/ledger\.sqlite$/);
    expect(memory).toBe(env.TEST_DATABASE_URL);
  }
  expect([readFileSync(join(path, 'prisma/dev.db')), readFileSync(join(path, 'ledger.sqlite'))]).toEqual([DATABASE, DATABASE]);
  await expect.poll(() => runsIn(temporary), { timeout: 10_000 }).toEqual([]);
  expect(told.filter(({ file }) => existsSync(String(file)))).toEqual([]);
});

test('a migration fills the file of each worker, and without a file there is an empty place for one', LIMIT, async () => {
  const { run } = project(
    {
      'package.json': '{ "name": "shop" }',
      'program.js': `const worker = require('isolation-audit/worker'); const { tell } = require('./tell.cjs'); const fs = require('node:fs');
        const url = worker.workerDatabase('sqlite:new.db', { migrate: 'node migrate.js' });
        const later = worker.workerDatabase('sqlite:later.db');
        fs.writeFileSync(later.slice(7), 'made by the tests');
        tell({ made: fs.readFileSync(url.slice(7), 'utf8'), again: worker.workerDatabase('sqlite:new.db') === url, own: worker.workerDatabase(url) === url, later });`,
      'migrate.js': `require('node:fs').writeFileSync(process.env.DATABASE_URL.slice(7), 'migrated');`,
    },
    [],
  );
  const { code, output, told } = await run('node program.js', { ISOLATION_AUDIT_SLOT: 'lease' });
  expect(code, output).toBe(0);
  expect(told[0]).toMatchObject({ made: 'migrated', again: true, own: true });
});

test('a file that somebody writes at the moment is not copied without SQLite', LIMIT, async () => {
  // Node 22.13 and later bring SQLite along, and copy what its readers see.
  const script = `const worker = require('isolation-audit/worker'); require('./tell.cjs').tell({ url: worker.workerDatabase('file:dev.db') });`;
  const { path, run } = project({ 'package.json': '{ "name": "shop" }', 'program.js': script }, []);
  writeFileSync(join(path, 'dev.db'), DATABASE);
  writeFileSync(join(path, 'dev.db-wal'), '');
  const { code, output } = await run('node program.js', { ISOLATION_AUDIT_SLOT: 'lease' });
  const hasSqlite = process.getBuiltinModule('node:sqlite') !== undefined;
  expect([code, output.includes('cannot be copied while')]).toEqual(hasSqlite ? [0, false] : [1, true]);
});
