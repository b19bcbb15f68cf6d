import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { openLab } from '../../src/verify/lab.js';
import { isAlive } from '../../src/processes.js';
import { processesHere } from './processes.js';
import { buildPrograms } from './programs.js';
import { POSTGRES, REDIS, roles } from './roles.js';

const { folder, script, start, alone } = roles();
let programs: string;

beforeAll(async () => {
  programs = await buildPrograms();
}, 60_000);

const placeOf = (pid: number): string | undefined =>
  readdirSync(tmpdir())
    .filter((name) => name.startsWith('isolation-lab-'))
    .map((name) => join(tmpdir(), name))
    .find((path) => existsSync(join(path, 'state.json')) && stateOf(path).owner.pid === pid);

interface State {
  readonly owner: { readonly pid: number };
  readonly processes: readonly { readonly pid: number }[];
}
const stateOf = (path: string): State => JSON.parse(readFileSync(join(path, 'state.json'), 'utf8')) as State;

/** A process with a laboratory in which a command runs. */
async function laboratory() {
  const sleeps = script('sleeps', REDIS, "redis.on('error', () => {});", 'await redis.ping();', "console.log('runs'); setInterval(() => {}, 1000);");
  const code = [
    `const { openLab } = await import(${JSON.stringify(pathToFileURL(join(programs, 'lab.js')).href)});`,
    `const lab = await openLab({ needs: [{ kind: 'redis' }, { kind: 'postgres' }], programs: ${JSON.stringify(programs)} });`,
    `const run = await lab.run({});`,
    `const child = run.start('A', ${JSON.stringify(sleeps)}, { cwd: ${JSON.stringify(folder)} });`,
    `child.stdout.once('data', () => console.log(child.pid));`,
  ];
  const owner = spawn(process.execPath, ['--input-type=module', '-e', code.join('\n')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(owner.stdout, 'data')) as [Buffer];
  const place = placeOf(owner.pid!)!;
  return { owner, place, processes: [Number(String(said)), ...stateOf(place).processes.map(({ pid }) => pid)] };
}

test.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
  '%s of the laboratory leaves nothing behind',
  async (signal) => {
    const { owner, place, processes } = await laboratory();
    expect(processes.map(isAlive)).toEqual([true, true, true]);
    owner.kill(signal);
    await expect.poll(() => processes.some(isAlive), { timeout: 10_000 }).toBe(false);
    await expect.poll(() => existsSync(place), { timeout: 10_000 }).toBe(false);
  },
  60_000,
);

test('what a laboratory and its hub have left is swept by the next', async () => {
  const { owner, place, processes } = await laboratory();
  for (const pid of hubsOf(owner.pid!)) process.kill(pid, 'SIGKILL');
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  expect(existsSync(place)).toBe(true);
  await (await openLab({ needs: [], programs })).close();
  expect(existsSync(place)).toBe(false);
  const [command, ...servers] = processes;
  await expect.poll(() => servers.some(isAlive)).toBe(false);
  process.kill(-command!, 'SIGKILL');
}, 60_000);

test('a service that ends midway proves nothing', async () => {
  const lab = await openLab({ needs: [{ kind: 'redis' }], programs });
  try {
    const run = await lab.run({});
    const [server] = stateOf(placeOf(process.pid)!).processes;
    process.kill(server!.pid, 'SIGKILL');
    await start(run, 'A', script('after', REDIS, "redis.on('error', () => process.exit(1));"));
    await expect(run.finish()).rejects.toThrow('redis-server has ended');
  } finally {
    await lab.close();
  }
}, 60_000);

test('a hub that ends midway is said, and the laboratory can still be closed', async () => {
  const lab = await openLab({ needs: [{ kind: 'redis' }], programs });
  const place = placeOf(process.pid)!;
  const run = await lab.run({});
  for (const pid of hubsOf(process.pid)) process.kill(pid, 'SIGKILL');
  await expect(run.finish()).rejects.toThrow('The hub of the laboratory has ended');
  await lab.close();
  expect(existsSync(place)).toBe(false);
}, 60_000);

test('what a run was told to keep is there in all that follow, and nothing else', async () => {
  const lab = await openLab({ needs: [{ kind: 'postgres' }], programs });
  try {
    const first = await lab.run({ keep: true });
    expect(await start(first, 'A', script('migrates', POSTGRES, "await db.query('CREATE TABLE kept (id int)'); await db.end();"))).toMatchObject({ code: 0 });
    await first.finish();
    for (let round = 0; round < 2; round++) {
      const uses = script(
        'uses',
        POSTGRES,
        "assert.equal((await db.query('INSERT INTO kept VALUES (1) RETURNING (SELECT count(*) FROM kept)')).rows[0].count, '0'); await db.end();",
      );
      expect(await alone(lab, uses)).toMatchObject({ code: 0, said: '' });
    }
  } finally {
    await lab.close();
  }
}, 60_000);

test.each(['namespace', 'preload'] as const)(
  'nothing leaves this machine, and what wants to is told: %s',
  async (kind) => {
    const lab = await openLab({ needs: [{ kind: 'postgres', ports: [5432, 6543] }], programs, ...(kind === 'preload' ? { sandbox: kind } : {}) });
    try {
      const { recording, said, code } = await alone(
        lab,
        script(
          'leaves',
          "mark('dials out');",
          "const dial = (port, host) => new Promise((done) => require('node:net').connect(port, host).on('error', (error) => done(error.code)).on('connect', () => done('connected')));",
          "assert.equal(await dial(443, '192.0.2.7'), 'ECONNREFUSED');",
          "const db = new (require('pg').Client)('postgres://shop@192.0.2.9:6543/shop_test'); await db.connect(); await db.end();",
        ),
      );
      if (kind === 'preload') expect(lab.sandbox).toBe(kind);
      expect({ code, said }).toEqual({ code: 0, said: '' });
      expect(recording.dials).toMatchObject([
        { address: '192.0.2.7:443', refused: true, role: 'A', test: 'dials out' },
        { address: '192.0.2.9:6543', refused: false, role: 'A' },
      ]);
    } finally {
      await lab.close();
    }
  },
  60_000,
);

/** Processes that a process has started and that are hubs. */
const hubsOf = (of: number): number[] =>
  processesHere()
    .filter(({ parent, words }) => parent === of && words.some((word) => word.endsWith('hub.js')))
    .map(({ pid }) => pid);
