import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { bornAt, isAlive, startedAt } from '../../src/processes.js';
import { hostMark } from '../../src/worker/machine.js';
import { isOver, isRun, mintRun } from '../../src/worker/run.js';

const now = Math.floor(Date.now() / 1000);

/** A process that waits until the test ends it. */
async function waiting(): Promise<{ readonly pid: number; end(): Promise<void> }> {
  const child = spawn(process.execPath, ['-e', 'process.stdout.write("."); process.stdin.resume()'], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return {
    pid: child.pid!,
    async end() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

test('a run is over when its main process is', async () => {
  const main = await waiting();
  const run = mintRun(main.pid);
  expect(isOver(run)).toBe(false);
  await main.end();
  expect(isOver(run)).toBe(true);
});

test('a run is over when its process number was given to a younger process', async () => {
  const { pid } = await waiting();
  expect(isOver(mintRun(pid, hostMark(), now - 3600))).toBe(true);
});

test('a run of another machine counts as over after a day, since nobody here can ask its process', () => {
  expect(isOver(mintRun(1, 'other', now - 23 * 3600))).toBe(false);
  expect(isOver(mintRun(1, 'other', now - 25 * 3600))).toBe(true);
});

test('an id that nobody minted is never over', () => {
  expect(isRun(mintRun(1))).toBe(true);
  const run = mintRun(1, 'other', now - 48 * 3600);
  const changed = run.slice(0, 6) + 'Z' + run.slice(7);
  expect([isRun(changed), isOver(changed), isOver('t'.repeat(19))]).toEqual([false, false, false]);
});

test('this process lives, has begun, and is another than its parent', () => {
  expect(isAlive(process.pid)).toBe(true);
  expect(bornAt(process.pid)).not.toBe(bornAt(process.ppid));
  const started = startedAt(process.pid)!;
  expect(Math.abs(started - performance.timeOrigin / 1000)).toBeLessThan(30);
});
