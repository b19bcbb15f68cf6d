import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mintRun } from '../../../src/worker/run.js';
import { project, runsIn, type Told } from './project.js';
import { suites } from './suites.js';

const LIMIT = { timeout: 90_000 };

/** The first four files meet, so four workers hold these at one time; the fifth takes what one of them has given back. */
const BODY = `
  const directory = worker.workerDirectory();
  keep(directory);
  tell({
    slot: worker.workerSlot(),
    run: worker.runId(),
    name: worker.workerName('orders', { kind: 'postgres' }),
    port: await worker.freePort(),
    directory,
  });
  await meet('workers', 4);
`;

const distinct = (told: readonly Told[], key: string): number => new Set(told.map((each) => each[key])).size;

describe.each(suites)('$runner', ({ files, packages, command }) => {
  test('each worker has a slot, a name, a port and a directory of its own, in two runs at once', LIMIT, async () => {
    const { run, temporary } = project(files(BODY), packages);
    const runs = await Promise.all([run(command), run(command)]);
    for (const { code, output, told } of runs) {
      expect(code, output).toBe(0);
      expect(told).toHaveLength(5);
      expect(distinct(told, 'run')).toBe(1);
      // Mocha alone counts on where a worker is replaced, and it replaces none here.
      expect([...new Set(told.map(({ slot }) => slot))].sort()).toEqual([1, 2, 3, 4]);
      expect(distinct(told, 'name')).toBe(4);
      expect(distinct(told, 'directory')).toBe(4);
    }
    const all = runs.flatMap(({ told }) => told);
    expect(distinct(all, 'run')).toBe(2);
    expect(distinct(all, 'name')).toBe(8);
    expect(distinct(all, 'port')).toBe(10);
    await expect.poll(() => runsIn(temporary), { timeout: 10_000 }).toEqual([]);
    expect(all.filter(({ directory }) => existsSync(String(directory)))).toEqual([]);
  });
});

test('what a killed run has left is removed by the one that waits for it', LIMIT, async () => {
  const { files, packages, command } = suites.find(({ runner }) => runner === 'jest')!;
  const { start, temporary } = project(files(`tell({ directory: worker.workerDirectory() }); await meet('never', 6);`), packages);
  const run = start(command);
  const [first] = await run.told(4);
  expect(existsSync(String(first!['directory']))).toBe(true);
  run.kill();
  await expect.poll(() => runsIn(temporary), { timeout: 10_000 }).toEqual([]);
});

test('the next run cleans up after dead ones, and leaves those of other machines alone for a day', LIMIT, async () => {
  const { run, temporary } = project({ 'package.json': '{ "name": "shop" }', 'program.js': program('tell({ directory: worker.workerDirectory() });') }, []);
  const now = Math.floor(Date.now() / 1000);
  const folder = join(temporary, `isolation-audit-${process.getuid?.() ?? 'user'}`);
  const runs = {
    dead: mintRun(process.pid, undefined, now - 3600),
    living: mintRun(process.pid),
    near: mintRun(7, 'other', now - 3600),
    far: mintRun(7, 'other', now - 90_000),
  };
  mkdirSync(folder, { mode: 0o700 });
  Object.values(runs).forEach((id, at) => {
    mkdirSync(join(folder, `${process.pid}-${at}`));
    writeFileSync(join(folder, `${process.pid}-${at}`, 'id'), id);
  });
  const { code, output } = await run('node program.js', { ISOLATION_AUDIT_SLOT: 'lease' });
  expect(code, output).toBe(0);
  await expect.poll(() => [...runsIn(temporary)].sort(), { timeout: 10_000 }).toEqual([`${process.pid}-1`, `${process.pid}-2`]);
  rmSync(folder, { recursive: true });
});

const program = (body: string): string =>
  `const worker = require('isolation-audit/worker');\nconst { tell, meet } = require('./tell.cjs');\n(async () => {${body}})();\n`;

test('an unknown slot is an error that says what to set', LIMIT, async () => {
  const { run } = project(
    {
      'package.json': '{ "name": "shop", "jest": { "globalSetup": "./global.js" } }',
      'global.js': `module.exports = async () => { require('isolation-audit/worker').workerSlot(); };`,
      'carts.test.js': `test('carts', () => {});`,
      'program.js': program('worker.workerSlot();'),
    },
    ['jest'],
  );
  const [plain, global] = await Promise.all([run('node program.js'), run('jest')]);
  expect(plain.code).toBe(1);
  expect(plain.output).toContain('Set ISOLATION_AUDIT_SLOT to a number that no other worker of the run has, or to `lease`');
  expect(global.code).toBe(1);
  expect(global.output).toContain('The slot of this worker is unknown');
});

test('programs of one parent are told apart by the slots they are given or take', LIMIT, async () => {
  const { run } = project(
    {
      'package.json': '{ "name": "shop" }',
      'worker.js': program(`tell({ slot: worker.workerSlot(), run: worker.runId() }); await meet('all', Number(process.env.ALL));`),
      'equal.js': `const { spawnSync, spawn } = require('node:child_process');
        const env = { ...process.env, ISOLATION_AUDIT_SLOT: '7', ALL: '1' };
        const first = spawn(process.execPath, ['-e', "require('./worker.js'); process.stdin.resume(); process.stdin.on('end', () => process.exit()); console.log('there')"], { env });
        first.stdout.once('data', () => {
          spawnSync(process.execPath, ['worker.js'], { stdio: 'inherit', env });
          first.stdin.end();
        });`,
      'main.js': `const { spawn } = require('node:child_process');
        for (const slot of process.argv.slice(2)) spawn(process.execPath, ['worker.js'], { stdio: 'inherit', env: { ...process.env, ISOLATION_AUDIT_SLOT: slot } });`,
    },
    [],
  );
  const leased = await run('node main.js lease lease lease', { ALL: '3' });
  expect([leased.told.map(({ slot }) => slot).sort(), distinct(leased.told, 'run')]).toEqual([[1, 2, 3], 1]);
  const given = await run('node main.js 7 9', { ALL: '2' });
  expect(given.told.map(({ slot }) => slot).sort()).toEqual([7, 9]);
  const equal = await run('node equal.js');
  expect(equal.output).toMatch(/ISOLATION_AUDIT_SLOT is 7 here and in process \d+ of the same run/);
  expect(equal.told).toHaveLength(1);
});

test('a program that a test starts is the same worker; a run that a test starts has workers of its own', LIMIT, async () => {
  const { run } = project(
    {
      'package.json': '{ "name": "shop", "jest": { "testEnvironment": "node" } }',
      'app.js': program(`tell({ who: 'app', slot: worker.workerSlot(), run: worker.runId(), name: worker.workerName('orders', { kind: 'mysql' }) });`),
      'inner/orders.test.js': `const worker = require('isolation-audit/worker'); const { tell } = require('../tell.cjs');
        test('orders', () => tell({ who: 'inner', slot: worker.workerSlot(), run: worker.runId(), name: worker.workerName('orders', { kind: 'mysql' }) }));`,
      'outer/orders.test.js': `const worker = require('isolation-audit/worker'); const { tell } = require('../tell.cjs');
        const { execFileSync, execSync } = require('node:child_process');
        test('orders', () => {
          tell({ who: 'outer', slot: worker.workerSlot(), run: worker.runId(), name: worker.workerName('orders', { kind: 'mysql' }) });
          execSync('node app.js && true', { env: process.env });
          execSync('jest --rootDir inner', { env: process.env, stdio: 'ignore' });
        }, 30000);`,
    },
    ['jest'],
  );
  const { code, output, told } = await run('jest outer');
  expect(code, output).toBe(0);
  const who = (name: string): Told => told.find((each) => each['who'] === name)!;
  expect(who('app')['name']).toBe(who('outer')['name']);
  expect(who('inner')['slot']).toBe(who('outer')['slot']);
  expect(who('inner')['run']).not.toBe(who('outer')['run']);
});
