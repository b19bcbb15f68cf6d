/** What `npm run test:containers` does around the tests: it says why there are none, and leaves no container. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/test-containers.mjs', import.meta.url));
const docker = (...words: readonly string[]): readonly string[] => execFileSync('docker', words, { encoding: 'utf8' }).split('\n').filter(Boolean);

test('a machine whose Docker cannot be started is told in one sentence', { timeout: 120_000 }, () => {
  const place = mkdtempSync(join(tmpdir(), 'isolation-audit-no-docker-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const { status, stderr } = spawnSync(process.execPath, [script, '--prepare'], {
    encoding: 'utf8',
    // The one that runs here keeps a second one from starting.
    env: {
      ...process.env,
      DOCKER_HOST: `unix://${join(place, 'docker.sock')}`,
      ISOLATION_AUDIT_IMAGES_DIR: place,
      ISOLATION_AUDIT_DOCKERD_LOG: join(place, 'log'),
    },
  });
  expect(status).toBe(2);
  expect(stderr.trim().split('\n').at(-1)).toMatch(/^No tests in containers here: Docker .*\.$/);
});

/** A run of its own, in the midst of which a container is there. */
async function runMidway() {
  const child = spawn(process.execPath, [script, 'test/containers/redis.test.ts', '-t', 'jest-ioredis-channel'], { stdio: 'ignore', detached: true });
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
  });
  const tag = (): string | undefined => docker('images', '--format', '{{.Tag}}', 'isolation-audit-run/redis').find((each) => each.startsWith(`${child.pid}-`));
  const containers = (): readonly string[] => docker('ps', '--all', '--format', '{{.Image}} {{.ID}}').filter((line) => line.includes(`:${child.pid}-`));
  await expect.poll(containers, { timeout: 60_000 }).toHaveLength(1);
  const [, id] = containers()[0]!.split(' ');
  return { child, tag, isThere: () => docker('ps', '--all', '--quiet').includes(id!) };
}

test.each(['SIGINT', 'SIGTERM'] as const)('a run that %s interrupts leaves no container', { timeout: 120_000 }, async (signal) => {
  const { child, tag, isThere } = await runMidway();
  child.kill(signal);
  await once(child, 'exit');
  expect([isThere(), tag()]).toEqual([false, undefined]);
});

test('what a killed run has left is taken away by the next', { timeout: 120_000 }, async () => {
  const { child, tag, isThere } = await runMidway();
  process.kill(-child.pid!, 'SIGKILL');
  await once(child, 'exit');
  expect(tag()).toBeDefined();
  execFileSync(process.execPath, [script, '--prepare']);
  expect([isThere(), tag()]).toEqual([false, undefined]);
});
