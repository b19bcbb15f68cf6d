/** The laboratory of `verify` on containers, and what becomes of them when something goes wrong. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { containerImage } from '../../scripts/services.mjs';
import { openLab, type Lab, type NeededService } from '../../src/verify/lab.js';
import { buildPrograms } from '../verify/programs.js';
import { MYSQL, POSTGRES, REDIS, roles } from '../verify/roles.js';

const { folder, script, start, alone } = roles();
const NEEDS: readonly NeededService[] = [
  { kind: 'redis', image: containerImage('redis') },
  { kind: 'postgres', image: containerImage('postgres') },
  { kind: 'mysql', image: containerImage('mariadb') },
];
const [NEEDS_REDIS] = NEEDS as [NeededService];
let programs: string;

beforeAll(async () => {
  programs = await buildPrograms();
}, 180_000);

async function laboratory(needs: readonly NeededService[]): Promise<Lab> {
  const lab = await openLab({ needs, programs });
  onTestFinished(async () => lab.close());
  return lab;
}

const docker = (...words: readonly string[]): string => execFileSync('docker', words, { encoding: 'utf8' }).trim();
const containersOf = (place: string | undefined): readonly string[] =>
  docker('ps', '--all', '--quiet', '--no-trunc', '--filter', `label=isolation-audit.lab=${place}`).split('\n').filter(Boolean);
const placeOf = (pid = process.pid): string | undefined =>
  readdirSync(tmpdir()).find((name) => {
    const state = join(tmpdir(), name, 'state.json');
    return name.startsWith('isolation-lab-') && existsSync(state) && (JSON.parse(readFileSync(state, 'utf8')) as { owner: { pid: number } }).owner.pid === pid;
  });

test('tests reach the servers in containers from a network that leads nowhere else', async () => {
  const lab = await laboratory(NEEDS);
  expect(lab.services).toMatchObject([
    { kind: 'redis', how: 'container', image: containerImage('redis'), version: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
    { kind: 'postgres', how: 'container', image: containerImage('postgres'), version: expect.stringMatching(/^\d+\.\d+$/) },
    { kind: 'mysql', how: 'container', image: containerImage('mariadb'), version: expect.stringContaining('MariaDB') },
  ]);
  const fill = script(
    'fill',
    "mark('fills');",
    REDIS,
    `{ ${POSTGRES} await db.query('CREATE TABLE seats (id int)'); await db.end(); }`,
    `{ ${MYSQL} await db.query('CREATE TABLE seats (id int)'); await db.end(); }`,
    "await redis.set('seat', '1'); redis.quit();",
    "const code = await new Promise((done) => require('node:net').connect(443, '192.0.2.7').on('error', (error) => done(error.code)).on('connect', () => done('connected')));",
    "assert.equal(code, 'ECONNREFUSED');",
  );
  // A second time on empty databases: a table that is there already cannot be made.
  for (const _round of [1, 2]) {
    const { code, said, recording } = await alone(lab, fill);
    expect({ code, said }).toEqual({ code: 0, said: '' });
    const made = recording.commands.filter(({ touches }) => touches.some(({ name }) => name.includes('seat')));
    expect(made.map(({ service, test: name, reply }) => [service, name, reply])).toEqual([
      ['postgres', 'fills', 'ok'],
      ['mysql', 'fills', 'ok'],
      ['redis', 'fills', 'ok'],
    ]);
  }
}, 180_000);

test('a container has limits, and what it holds lies in memory', async () => {
  await laboratory(NEEDS);
  const told = containersOf(placeOf()).map((id) =>
    docker('inspect', '--format', '{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{len .HostConfig.Tmpfs}} {{len .Mounts}}', id),
  );
  expect(told).toEqual(Array(3).fill(`${2 ** 30} 1000000000 1 0`));
}, 180_000);

test('a container that ends midway proves nothing, and is told by its image', async () => {
  const lab = await laboratory([NEEDS_REDIS]);
  const run = await lab.run({});
  docker('kill', ...containersOf(placeOf()));
  await start(run, 'A', script('after', REDIS, "redis.on('error', () => {}).on('close', () => process.exit(1));"));
  await expect(run.finish()).rejects.toThrow(`the container of ${containerImage('redis')} has ended (status 137)`);
  const place = placeOf();
  await lab.close();
  expect([containersOf(place), placeOf()]).toEqual([[], undefined]);
}, 180_000);

test('an image that cannot be had is told by its name, and nothing is left', async () => {
  await expect(openLab({ needs: [NEEDS_REDIS, { kind: 'postgres', image: 'isolation-audit-test/none:1' }], programs })).rejects.toThrow(
    /^The image isolation-audit-test\/none:1 is not on this machine and cannot be pulled: .*\. Pull or build it, or name one that is here in the compose file or workflow\.$/,
  );
  expect(placeOf()).toBeUndefined();
}, 180_000);

test('an image of another server is told, and nothing is left', async () => {
  await expect(openLab({ needs: [{ kind: 'postgres', image: containerImage('redis') }], programs })).rejects.toThrow(
    `The container of ${containerImage('redis')} did not start: `,
  );
  expect(placeOf()).toBeUndefined();
}, 180_000);

/** A process that opens a laboratory, and says when a command runs in it; where Docker's socket is, another file, if so asked. */
function stranger({ isDockerGone = false, env = {} }: { readonly isDockerGone?: boolean; readonly env?: NodeJS.ProcessEnv } = {}): ChildProcess {
  const sleeps = script('sleeps', REDIS, 'await redis.ping();', "console.log('runs'); setInterval(() => {}, 1000);");
  const code = [
    `const { openLab } = await import(${JSON.stringify(pathToFileURL(join(programs, 'lab.js')).href)});`,
    `const lab = await openLab({ needs: ${JSON.stringify([NEEDS_REDIS])}, programs: ${JSON.stringify(programs)} });`,
    `console.log(lab.services[0].how);`,
    `const run = await lab.run({});`,
    `run.start('A', ${JSON.stringify(sleeps)}, { cwd: ${JSON.stringify(folder)} }).stdout.once('data', () => console.log('runs'));`,
  ];
  const gone = ['unshare', ...(process.getuid?.() === 0 ? [] : ['-r']), '-m', 'sh', '-c', 'mount --bind /dev/null /var/run/docker.sock && exec "$0" "$@"'];
  const [file, ...words] = [...(isDockerGone ? gone : []), process.execPath, '--input-type=module', '-e', code.join('\n')];
  const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

const says = (child: ChildProcess, words: string): Promise<void> =>
  new Promise((resolve) => {
    let text = '';
    child.stdout!.on('data', (data: Buffer) => {
      text += data.toString();
      if (text.includes(words)) resolve();
    });
  });

test.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
  '%s of the laboratory leaves no container',
  async (signal) => {
    const owner = stranger();
    await says(owner, 'runs');
    const place = placeOf(owner.pid);
    expect(containersOf(place)).toHaveLength(1);
    owner.kill(signal);
    await expect.poll(() => [containersOf(place), existsSync(join(tmpdir(), place!))], { timeout: 60_000 }).toEqual([[], false]);
  },
  180_000,
);

test('SIGKILL while a container starts leaves none either', async () => {
  const owner = stranger();
  await expect.poll(() => placeOf(owner.pid) !== undefined && containersOf(placeOf(owner.pid)).length, { timeout: 60_000, interval: 5 }).toBe(1);
  const place = placeOf(owner.pid);
  owner.kill('SIGKILL');
  await expect.poll(() => [containersOf(place), existsSync(join(tmpdir(), place!))], { timeout: 60_000 }).toEqual([[], false]);
}, 180_000);

test('two laboratories at once have a server each', async () => {
  const labs = await Promise.all([laboratory([NEEDS_REDIS]), laboratory([NEEDS_REDIS])]);
  const empty = script('empty', REDIS, "assert.equal(await redis.dbsize(), 0); await redis.set('seat', '1'); redis.quit();");
  const runs = await Promise.all(labs.map((lab) => lab.run({})));
  const ended = await Promise.all(runs.map((run) => start(run, 'A', empty)));
  await Promise.all(runs.map((run) => run.finish()));
  expect(ended).toEqual([
    { code: 0, said: '' },
    { code: 0, said: '' },
  ]);
}, 180_000);

test('where Docker does not answer, a server that is installed is used, or it is told why there is none', async () => {
  const [owner, strict] = [stranger({ isDockerGone: true, env: { ISOLATION_AUDIT_SERVICES: '' } }), stranger({ isDockerGone: true })];
  let said = '';
  strict.stderr!.on('data', (data: Buffer) => (said += data.toString()));
  await Promise.all([says(owner, 'process'), once(strict, 'close')]);
  expect(said).toContain('There is no container of redis: Docker does not answer.');
  expect(placeOf(strict.pid)).toBeUndefined();
}, 180_000);
