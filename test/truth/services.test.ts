import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { recreateDatabases, startServices, sweep } from '../../scripts/services.mjs';

const script = fileURLToPath(new URL('../../scripts/services.mjs', import.meta.url));
const LIMIT = { timeout: 120_000 };

const isOpen = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** Another process that starts a Redis and waits. */
async function strangerWithRedis(): Promise<{ readonly url: string; end(signal: NodeJS.Signals): Promise<void> }> {
  const code = `const { startServices } = await import(${JSON.stringify(script)}); const { urls } = await startServices(['redis']); console.log(urls.redis); setInterval(() => {}, 1e6);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [data] = (await once(child.stdout, 'data')) as [Buffer];
  const exited = once(child, 'exit');
  return {
    url: data.toString().trim(),
    async end(signal) {
      child.kill(signal);
      await exited;
    },
  };
}

test('services start from nothing, hold the databases asked for, and are gone after stop', LIMIT, async () => {
  const services = await startServices(['redis', 'postgres']);
  const urls = Object.values(services.urls);
  expect(await Promise.all(urls.map(isOpen))).toEqual([true, true]);

  // Making a table twice fails, unless its database was made anew.
  for (const _round of [1, 2]) await recreateDatabases(services, ['harbour'], 'CREATE TABLE ships (name text)');

  await services.stop();
  expect(await Promise.all(urls.map(isOpen))).toEqual([false, false]);
});

test('services of an interrupted process end with it', LIMIT, async () => {
  const stranger = await strangerWithRedis();
  expect(await isOpen(stranger.url)).toBe(true);
  await stranger.end('SIGINT');
  await expect.poll(() => isOpen(stranger.url)).toBe(false);
});

test('what a killed process has left is swept', LIMIT, async () => {
  const stranger = await strangerWithRedis();
  expect(await isOpen(stranger.url)).toBe(true);
  await stranger.end('SIGKILL');
  sweep();
  await expect.poll(() => isOpen(stranger.url)).toBe(false);
});
