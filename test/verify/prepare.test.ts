import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { suitesOf } from '../../src/project/suspects.js';
import { openBench, type Bench } from '../../src/verify/bench.js';
import { buildPrograms } from './programs.js';
import { suiteFolder } from './suite-folder.js';

let programs: string;
beforeAll(async () => {
  programs = await buildPrograms();
}, 60_000);

const PIER = "{ connectionString: 'postgres://ada:ada@localhost:5432/pier' }";
const CLIENT = `const { Client } = require('pg');\nconst db = new Client(${PIER});\n`;
/** Passes where somebody has made the table, and no run before has left a berth in it; the database can be cloned before anybody has asked for it. */
const BERTHS = `${CLIENT}const assert = require('node:assert');
const { test } = require('node:test');
const server = new Client({ connectionString: 'postgres://ada:ada@localhost:5432/postgres' });
test('a berth is written', async (t) => {
  t.after(() => Promise.all([server.end(), db.end()]));
  await server.connect();
  await server.query('CREATE DATABASE pier_1 TEMPLATE pier');
  await db.connect();
  await db.query('INSERT INTO berths VALUES (1)');
  const { rows } = await db.query('SELECT count(*) FROM berths');
  assert.equal(rows[0].count, '1');
});
`;
const MIGRATION = `${CLIENT}db.connect().then(() => db.query('CREATE TABLE berths (id int)')).then(() => db.end());\n`;

interface Prepared {
  readonly bench: Bench;
  readonly why: string | undefined;
  readonly run: () => Promise<readonly string[]>;
}

async function prepared(prepare: string | undefined, file = BERTHS, packages: Readonly<Record<string, string>> = { pg: '8' }): Promise<Prepared> {
  const root = suiteFolder({ berths: file }, { packages });
  writeFileSync(join(root, 'migrate.cjs'), MIGRATION);
  const [suite] = (await suitesOf({ root })).suites;
  const bench = openBench({ root, programs, prepare });
  onTestFinished(() => bench.close());
  const why = await bench.prepare({ suite: suite!, resources: suite!.resources });
  const run = async (): Promise<readonly string[]> => {
    const { outcome } = await bench.wholeSuite(suite!, { files: suite!.testFiles, workers: 1, limit: 60_000 });
    return outcome.tests.map(({ state }) => state);
  };
  return { bench, why, run };
}

test('each run begins with what the command has made', async () => {
  const { why, run } = await prepared('node migrate.cjs');
  expect(why).toBeUndefined();
  expect(await run()).toEqual(['passed']);
  expect(await run()).toEqual(['passed']);
}, 60_000);

test('without the command nothing is there', async () => {
  const { why, run } = await prepared(undefined);
  expect(why).toBeUndefined();
  expect(await run()).toEqual(['failed']);
}, 60_000);

test('a command that fails is told with the last that it said', async () => {
  const { why } = await prepared('echo no migration is here; exit 3');
  expect(why).toBe('`echo no migration is here; exit 3` fails: no migration is here');
}, 60_000);

test('what is kept on PostgreSQL alone is not promised for another server', async () => {
  const redis =
    "const Redis = require('ioredis');\nconst { test } = require('node:test');\ntest('sets', async () => { await new Redis().set('berth', '1'); });\n";
  const { why } = await prepared('true', redis, { ioredis: '5' });
  expect(why).toBe('what `true` makes can be kept from run to run on PostgreSQL alone, and the tests use redis too');
}, 60_000);
