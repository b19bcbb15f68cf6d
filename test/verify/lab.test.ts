import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLab, type Lab } from '../../src/verify/lab.js';
import { processesHere } from './processes.js';
import { buildPrograms } from './programs.js';
import { POSTGRES, REDIS, roles } from './roles.js';

const { folder, script, start, alone } = roles();
let lab: Lab;

beforeAll(async () => {
  lab = await openLab({ needs: [{ kind: 'redis' }, { kind: 'postgres', ports: [5432, 6543] }], programs: await buildPrograms() });
}, 60_000);
afterAll(async () => lab.close());

test('the servers say what they are', () => {
  expect(lab.services).toMatchObject([
    { kind: 'redis', how: 'process', version: expect.stringMatching(/^\d+\.\d+/) },
    { kind: 'postgres', how: 'process', version: expect.stringMatching(/^\d+/) },
  ]);
});

test('each command is told with its test, its database and what it touches', async () => {
  const { code, said, recording } = await alone(
    lab,
    script(
      'told',
      REDIS,
      POSTGRES,
      "mark('one'); await redis.set('a', '1'); await db.query('CREATE TABLE users (email text)');",
      "mark('two'); await redis.select(2); await redis.get('a'); await db.query('BEGIN'); await db.query('SELECT broken FROM users').catch(() => {}); await db.query('ROLLBACK');",
      'mark(); await redis.quit(); await db.end();',
    ),
  );
  expect({ code, said }).toEqual({ code: 0, said: '' });
  const told = recording.commands
    .filter(({ operation }) => !/^(HELLO|INFO|CLIENT )/.test(operation))
    .map((each) => [each.test, each.service, each.database, each.text, each.reply, each.inTransaction]);
  expect(told).toEqual([
    ['one', 'redis', '0', 'set a 1', 'ok', false],
    ['one', 'postgres', 'shop_test', 'CREATE TABLE users (email text)', 'ok', false],
    ['two', 'redis', '0', 'select 2', 'ok', false],
    ['two', 'redis', '2', 'get a', 'ok', false],
    ['two', 'postgres', 'shop_test', 'BEGIN', 'ok', true],
    ['two', 'postgres', 'shop_test', 'SELECT broken FROM users', 'error', true],
    ['two', 'postgres', 'shop_test', 'ROLLBACK', 'ok', true],
    [undefined, 'redis', '2', 'quit', 'ok', false],
  ]);
  expect(new Set(recording.commands.map(({ role }) => role))).toEqual(new Set(['A']));
  expect(recording.commands.map(({ seq }) => seq)).toEqual(recording.commands.map((_, index) => index));
  expect(recording.unread).toEqual([]);
}, 60_000);

test('a thousand commands from pools, pipelines and threads belong to the tests that sent them', async () => {
  const body = [
    "const { Worker, isMainThread } = require('node:worker_threads');",
    'if (isMainThread) await Promise.all([1, 2].map(() => new Promise((done) => new Worker(__filename, { env: {} }).on("exit", done))));',
    "const { threadId } = require('node:worker_threads');",
    REDIS,
    "const pool = new (require('pg').Pool)({ host: 'db.internal', user: 'shop', database: 'shop_test', max: 3 });",
    'for (let at = 0; at < 25; at++) {',
    '  const name = `${threadId}-${at}`; mark(name);',
    '  const pipeline = redis.pipeline(); for (let one = 0; one < 8; one++) pipeline.set(`${name}-${one}`, name); await pipeline.exec();',
    '  await Promise.all([1, 2, 3, 4, 5, 6].map((one) => pool.query(`SELECT 1 AS "${name}-${one}"`)));',
    '}',
    'mark(); await pool.end(); await redis.quit();',
  ];
  const { code, said, recording } = await alone(lab, script('thousand', ...body));
  expect({ code, said }).toEqual({ code: 0, said: '' });
  const named = recording.commands.filter(({ operation }) => operation === 'SET' || operation === 'SELECT');
  expect(named).toHaveLength(3 * 25 * 14);
  expect(named.filter(({ test, text }) => test === undefined || !new RegExp(`(^set |")${test}-\\d`).test(text))).toEqual([]);
  expect(new Set(named.map(({ process: { thread } }) => thread)).size).toBe(3);
}, 60_000);

test('each run begins with empty databases, and with those that the suite names', async () => {
  const fill = script(
    'fill',
    REDIS,
    POSTGRES,
    "await redis.set('left', '1'); await db.query('CREATE TABLE left_over (id int)'); await db.query('CREATE DATABASE more');",
    'redis.quit(); await db.end();',
  );
  expect(await alone(lab, fill)).toMatchObject({ code: 0 });
  const look = script(
    'look',
    REDIS,
    POSTGRES,
    'assert.equal(await redis.dbsize(), 0); assert.equal((await db.query("SELECT to_regclass(\'left_over\') AS it")).rows[0].it, null);',
    "assert.deepEqual((await db.query(\"SELECT datname FROM pg_database WHERE datname IN ('more', 'shop_test')\")).rows, [{ datname: 'shop_test' }]);",
    'redis.quit(); await db.end();',
  );
  expect(await alone(lab, look)).toMatchObject({ code: 0, said: '' });
}, 60_000);

test('servers that tests start themselves are reached', async () => {
  const own = script(
    'own',
    "const server = require('node:net').createServer((socket) => socket.end('hello')).listen(0);",
    "await new Promise((done) => require('node:net').connect(server.address().port, 'localhost').on('data', (data) => { assert.equal(String(data), 'hello'); done(); }));",
    'server.close();',
  );
  expect(await alone(lab, own)).toMatchObject({ code: 0, said: '' });
}, 60_000);

test('children with another environment are led to the hub too', async () => {
  const child = script('child', REDIS, "await redis.set('by', 'child');", 'redis.quit();');
  const parent = script(
    'parent',
    `await new Promise((done) => require('node:child_process').spawn(${JSON.stringify(child[0])}, [${JSON.stringify(child[1])}], { env: {} }).on('exit', done));`,
  );
  const { recording } = await alone(lab, parent);
  expect(recording.commands.filter(({ operation }) => operation === 'SET')).toMatchObject([{ role: 'A', touches: [{ name: 'by' }] }]);
}, 60_000);

test('calls for paths that are watched are told, and ports that are chosen', async () => {
  const real = realpathSync(folder);
  const uses = script(
    'uses',
    "const fs = require('node:fs'); const { writeFile } = await import('node:fs/promises');",
    "fs.writeFileSync('elsewhere.txt', ''); fs.mkdirSync('house/box/deep', { recursive: true }); mark('one');",
    "fs.writeFileSync('house/box/one.txt', ''); fs.appendFileSync('house/box/one.txt', ''); fs.closeSync(fs.openSync('house/box/one.txt', 'r'));",
    "fs.readdirSync('house/box'); assert.equal(await require('node:util').promisify(fs.exists)('house/box/one.txt'), true); fs.rmSync('elsewhere.txt');",
    "mark('two'); await writeFile(require('node:url').pathToFileURL('house/box/two.txt'), ''); fs.rmSync('house/box/two.txt'); fs.renameSync('house/box/one.txt', 'house/box/three.txt');",
    "await new Promise((done) => fs.readFile('house/box/none.txt', done)); await new Promise((done) => fs.createReadStream('house/box/three.txt').on('close', done).resume());",
    "const listen = (port) => new Promise((done) => { const server = require('node:http').createServer().listen({ port, host: '127.0.0.1' }, () => { const own = server.address().port; server.close(() => done(own)); }); });",
    'console.log(await listen(await listen(0)));',
    "fs.rmSync('house', { recursive: true });",
  );
  const run = await lab.run({ watch: { paths: [join(real, 'house/box')], bases: [{ folder: real, as: '' }] } });
  const { code, said } = await start(run, 'A', uses);
  const recording = await run.finish();
  expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(/^\d+\n$/) });
  expect(recording.uses.map(({ test, text, touches, reply }) => [test, text, touches.map(({ access }) => access).join(), reply])).toEqual([
    [undefined, 'mkdir house/box/deep', 'write', 'ok'],
    ['one', 'writeFile house/box/one.txt', 'write', 'ok'],
    ['one', 'appendFile house/box/one.txt', 'write', 'ok'],
    ['one', 'open house/box/one.txt', 'read', 'ok'],
    ['one', 'readdir house/box', 'read', 'ok'],
    ['one', 'exists house/box/one.txt', 'read', 'ok'],
    ['two', 'writeFile house/box/two.txt', 'write', 'ok'],
    ['two', 'rm house/box/two.txt', 'clear', 'ok'],
    ['two', 'rename house/box/one.txt house/box/three.txt', 'clear,write', 'ok'],
    ['two', 'readFile house/box/none.txt', 'read', 'error'],
    ['two', 'open house/box/three.txt', 'read', 'ok'],
    ['two', `listen ${said.trim()}`, 'write', 'ok'],
    ['two', 'rm house', 'clear', 'ok'],
  ]);
}, 60_000);

test('clients that are no Node code are led to the hub, with their role', async () => {
  // Elsewhere only Node code is.
  if (lab.sandbox !== 'namespace') return;
  const native = script(
    'native',
    "const { spawn } = require('node:child_process');",
    "await new Promise((done) => spawn('bash', ['-c', 'exec 3<>/dev/tcp/203.0.113.7/6379; printf \"SET by bash\\\\r\\\\n\" >&3; read -r line <&3; [ \"$line\" = $\\'+OK\\\\r\\' ]']).on('exit', done)).then((code) => assert.equal(code, 0));",
  );
  const { recording, said, code } = await alone(lab, native);
  expect({ code, said }).toEqual({ code: 0, said: '' });
  expect(recording.commands).toMatchObject([{ role: 'A', operation: 'SET', text: 'SET by bash', reply: 'ok' }]);
}, 60_000);

test('encryption is answered as the protocol allows, and said where it cannot be read', async () => {
  const { recording } = await alone(
    lab,
    script(
      'tls',
      "await new (require('pg').Client)({ connectionString: 'postgres://shop@localhost/shop_test', ssl: { rejectUnauthorized: false } }).connect().catch((error) => assert.match(error.message, /does not support SSL/));",
      "await new Promise((done) => require('node:tls').connect(6379, 'localhost').on('error', done));",
    ),
  );
  expect(recording.unread).toMatchObject([{ service: 'redis', why: 'TLS' }]);
}, 60_000);

test('a run that is over leaves no process behind', async () => {
  const run = await lab.run({});
  const sleeper = script('sleeper', "require('node:child_process').spawn('sleep', ['4321']);", "console.log('started'); setInterval(() => {}, 1000);");
  const ended = start(run, 'A', sleeper);
  await expect.poll(() => processes('sleep 4321')).toBe(1);
  await run.finish();
  expect(await ended).toMatchObject({ code: null });
  await expect.poll(() => processes('sleep 4321')).toBe(0);
}, 60_000);

test('a server that was given must be on this machine and empty', async () => {
  await expect(openLab({ needs: [{ kind: 'redis' }], urls: { redis: 'redis://192.0.2.4:6379' } })).rejects.toThrow('is not on this machine');
  const full = createServer((socket) => socket.end('$20\r\n# Keyspace\r\ndb0:keys=1\r\n'));
  await new Promise<void>((resolve) => full.listen(0, '127.0.0.1', resolve));
  const { port } = full.address() as { port: number };
  await expect(openLab({ needs: [{ kind: 'redis' }], urls: { redis: `redis://127.0.0.1:${port}` } })).rejects.toThrow('holds keys');
  full.close();
});

const processes = (words: string): number => processesHere().filter((each) => each.words.join(' ') === words).length;
