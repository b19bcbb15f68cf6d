import { expect, test } from 'vitest';
import { POINTED } from '../../src/model/pointed.js';
import { KNOWN } from '../../src/worker/environment.js';
import { audit, type Files } from '../detectors/audit.js';

/** Rules that find something shared. */
const ids = (files: Files, given: Parameters<typeof audit>[1] = {}): string[] =>
  [...new Set(audit(files, given).findings.map(({ rule }) => rule))].filter((rule) => rule !== 'missing-cleanup').sort();

const tests = (open: string, more = ''): Files => {
  const text = `import { Pool } from 'pg';\nimport Redis from 'ioredis';\nimport { writeFileSync } from 'node:fs';\nimport { createServer } from 'node:http';\nimport { workerConnection, workerDatabase, workerDirectory, workerName, workerPort } from 'isolation-audit/worker';\n${more}\nconst open = ${open};\ntest('x', async () => { await open.query?.('DELETE FROM orders'); await open.flushdb?.(); });\n`;
  return { 'a.test.js': text, 'b.test.js': text };
};

test('the scan knows the variables that the library points', () => {
  const sorted = (all: Readonly<Record<string, readonly string[]>>): string[][] => Object.entries(all).map(([key, names]) => [key, ...[...names].sort()]);
  expect(sorted(POINTED)).toEqual(sorted(KNOWN));
});

test('what the library gives is the own of a worker', () => {
  for (const [shared, own] of [
    ["new Pool({ connectionString: 'postgres://localhost/shop' })", "new Pool({ connectionString: workerDatabase('postgres://localhost/shop') })"],
    ["new Pool({ database: 'shop' })", "new Pool(workerConnection('postgres', { database: 'shop' }))"],
    ["new Pool({ database: process.env.SHOP || 'shop' })", "new Pool(workerConnection('postgres', { database: process.env.SHOP || 'shop' }))"],
    ["new Pool({ database: 'shop' })", "new Pool({ database: workerName('shop', { kind: 'postgres' }) })"],
    ['new Redis()', "new Redis(workerDatabase('redis://localhost:6379'))"],
    ["new Redis({ host: 'localhost' })", "new Redis(workerConnection('redis', { host: 'localhost' }))"],
    ['createServer().listen(4310)', 'createServer().listen(workerPort(4310))'],
    ["writeFileSync('out/a.csv', '')", "writeFileSync(`${workerDirectory()}/a.csv`, '')"],
  ] as const) {
    expect(ids(tests(shared)), shared).not.toEqual([]);
    expect(ids(tests(own)), own).toEqual([]);
  }
});

test('a wipe of the server reaches the databases of the other workers', () => {
  const files = tests("new Redis(workerDatabase('redis://localhost:6379'))");
  expect(ids(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace('flushdb', 'flushall')])))).toEqual(['unscoped-wipe']);
});

test('variables are pointed by the line, and by a call that may name more', () => {
  const files = tests('new Pool({ connectionString: process.env.DATABASE_URL })');
  const environment = { DATABASE_URL: 'postgres://localhost/shop', LEDGER_URL: 'postgres://localhost/ledger' };
  expect(ids(files, { environment })).not.toEqual([]);
  const line = { environment, setupFiles: ['setup.js'] };
  expect(ids({ ...files, 'setup.js': "import 'isolation-audit/setup/vitest';" }, line)).toEqual([]);
  const ledger = tests('new Pool({ connectionString: process.env.LEDGER_URL })');
  const call = (options: string): Files => ({
    ...ledger,
    'setup.js': `import { pointEnvironment } from 'isolation-audit/worker';\npointEnvironment(${options});`,
  });
  expect(ids(call(''), line)).not.toEqual([]);
  expect(ids(call("{ variables: ['LEDGER_URL'] }"), line)).toEqual([]);
  // What nobody sets, but the product falls back to, is not pointed.
  const product = tests("new Pool({ connectionString: process.env.PG_URL ?? 'postgres://localhost/shop' })");
  expect(ids({ ...product, 'setup.js': "import 'isolation-audit/setup/vitest';" }, line)).not.toEqual([]);
});
