/** Servers that cannot be had here: what the project's client is asked to do. The clients are stand-ins that note it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mintRun } from '../../../src/worker/run.js';
import { project, runsIn, type Files, type Told } from './project.js';

const LIMIT = { timeout: 60_000 };
const lease = { ISOLATION_AUDIT_SLOT: 'lease' };
const hour = Math.floor(Date.now() / 1000) - 3600;
const dead = mintRun(process.pid, undefined, hour);
const living = mintRun(process.pid);

const NOTE = `const { appendFileSync } = require('node:fs');
const note = (...words) => appendFileSync(process.env.NOTES, JSON.stringify(words) + '\\n');\n`;

const mongodb = (names: readonly string[]): string => `${NOTE}
exports.MongoClient = class {
  constructor(url) { note('url', url); }
  async connect() {}
  async close() { note('close'); }
  db(name) {
    return {
      command: async (what) => note('command', what),
      dropDatabase: async () => note('drop', name),
      admin: () => ({ listDatabases: async () => ({ databases: ${JSON.stringify(names.map((name) => ({ name })))} }) }),
    };
  }
};`;

const neo4j = (edition: string, names: readonly string[]): string => `${NOTE}
const rows = (query) => (/components/.test(query) ? [{ edition: '${edition}' }] : /SHOW/.test(query) ? ${JSON.stringify(names.map((name) => ({ name })))} : []);
exports.auth = { basic: (user, password) => user + ' ' + password };
exports.driver = (url, auth) => (note('url', url, auth), {
  executeQuery: async (query, { name }, { database }) => (note(database, query, name), { records: rows(query).map((row) => ({ get: (key) => row[key] })) }),
  close: async () => note('close'),
});`;

const program: Files = {
  'package.json': '{ "name": "shop" }',
  'program.js': `const worker = require('isolation-audit/worker'); require('./tell.cjs').tell(worker.pointEnvironment());`,
};

async function run(
  files: Files,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly output: string; readonly told: Told; readonly notes: readonly (readonly unknown[])[] }> {
  const { path, temporary, run: start } = project({ ...program, ...files, notes: '' }, []);
  const { output, told } = await start('node program.js', { ...lease, NOTES: `${path}/notes`, ...env });
  await expect.poll(() => runsIn(temporary), { timeout: 10_000 }).toEqual([]);
  const notes = readFileSync(`${path}/notes`, 'utf8').split('\n').filter(Boolean);
  return { output, told: told[0] ?? {}, notes: notes.map((line) => JSON.parse(line) as readonly unknown[]) };
}

describe('MongoDB', () => {
  const module = { 'node_modules/mongodb/index.js': mongodb(['shop', `shop_${dead}_2`, `shop_${living}_2`, `shop_${dead}_2_copy`]) };

  test('the database is in the path, the user is known where it was, and only what is ours is dropped', LIMIT, async () => {
    const { output, told, notes } = await run(module, { MONGODB_URI: 'mongodb://clerk:secret@db/shop?retryWrites=true' });
    const name = /db\/(shop_[a-z0-9]+_1)\?retryWrites=true&authSource=shop$/.exec(String(told['MONGODB_URI']))?.[1];
    expect(name, output).toBeDefined();
    expect(notes.filter(([what]) => what === 'drop').map(([, dropped]) => dropped)).toEqual([`shop_${dead}_2`, name]);
    expect(new Set(notes.filter(([what]) => what === 'url').map(([, url]) => url))).toEqual(
      new Set(['mongodb://clerk:secret@db/admin?retryWrites=true&authSource=shop']),
    );
    expect(notes.filter(([what]) => what === 'close').length).toBe(notes.filter(([what]) => what === 'url').length);
  });

  test('a name beside a string without one is changed, and the string is not', LIMIT, async () => {
    const { told } = await run(module, { MONGO_URL: 'mongodb://db:27018', MONGO_DB_NAME: 'shop' });
    expect(told).toEqual({ pid: expect.any(Number) as number, MONGO_DB_NAME: expect.stringMatching(/^shop_[a-z0-9]{19}_1$/) as string });
  });

  test('without any name it is the one that clients take', LIMIT, async () => {
    const { told } = await run(module, { MONGO_URL: 'mongodb://db:27018' });
    expect(told['MONGO_URL']).toMatch(/^mongodb:\/\/db:27018\/test_[a-z0-9]{19}_1$/);
  });
});

describe('Neo4j', () => {
  const env = { NEO4J_URI: 'neo4j://graph:7687', NEO4J_USERNAME: 'clerk', NEO4J_PASSWORD: 's/e@cret', NEO4J_DATABASE: 'shop_graph' };

  test('Enterprise: the worker has a database, made and dropped in `system`', LIMIT, async () => {
    const module = { 'node_modules/neo4j-driver/index.js': neo4j('enterprise', ['neo4j', 'system', `shop-${dead}-4`, `shop-${living}-4`]) };
    const { output, told, notes } = await run(module, env);
    const name = String(told['NEO4J_DATABASE']);
    expect(name, output).toMatch(/^shop-graph-[a-z0-9]{19}-1x[a-z0-9]{8}$/);
    expect(notes[0]).toEqual(['url', 'neo4j://graph:7687', 'clerk s/e@cret']);
    expect(notes.filter(([, query]) => /^(CREATE|DROP)/.test(String(query)))).toEqual([
      ['system', 'CREATE DATABASE $name IF NOT EXISTS WAIT', name],
      ['system', 'DROP DATABASE $name IF EXISTS', `shop-${dead}-4`],
      ['system', 'DROP DATABASE $name IF EXISTS', name],
    ]);
  });

  test('Community: refused with what to do instead, and nothing is made', LIMIT, async () => {
    const { output, notes } = await run({ 'node_modules/neo4j-driver/index.js': neo4j('community', []) }, env);
    expect(output).toContain('Neo4j Community has one database for users, so workers cannot have one each. Give each worker a server of its own');
    expect(output).not.toContain('s/e@cret');
    expect(notes.filter(([, query]) => String(query).startsWith('CREATE'))).toEqual([]);
  });

  test('a name without a server is an error that says what to set', LIMIT, async () => {
    const { output } = await run({}, { NEO4J_DATABASE: 'graph' });
    expect(output).toContain('NEO4J_DATABASE is set, and its server is not: set NEO4J_URI or NEO4J_URL.');
  });
});
