#!/usr/bin/env node
/**
 * The tests in containers: sets Docker up where it can, runs them, and takes away every container that they leave, whoever has started it.
 * It owns the images that a run uses; it must not know what the tests do with them.
 *
 *   node scripts/test-containers.mjs [words for Vitest]
 *   node scripts/test-containers.mjs --prepare             only sets up: status 0 where the tests can run, else 2, and the last line says why not
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeTagged, tagImages, taggedRuns } from './services/containers.mjs';
import { bornAt, isAlive } from './services/processes.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Milliseconds that the tests get to end by themselves after a signal. */
const GRACE = 10_000;

const words = process.argv.slice(2);
const run = nameOf(process.pid);
let images;
try {
  for (const other of taggedRuns()) if (!isRunning(other)) removeTagged(other);
  images = tagImages(run);
} catch (error) {
  console.error(`No tests in containers here: ${error.message}`);
  process.exit(2);
}
process.on('exit', () => {
  const left = removeTagged(run);
  if (left > 0) console.error(`${left} containers were left and have been removed.`);
});
if (!words.includes('--prepare')) process.exitCode = await tests();

async function tests() {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const named = Object.fromEntries(Object.entries(images).map(([name, image]) => [`ISOLATION_AUDIT_${name.toUpperCase()}_IMAGE`, image]));
  const child = spawn(process.execPath, [vitest, 'run', '--project', 'containers', ...words], {
    cwd: root,
    stdio: 'inherit',
    env: { ISOLATION_AUDIT_ROUNDS: '1', ...process.env, ...named },
  });
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    child.kill(signal);
    setTimeout(() => child.kill('SIGKILL'), GRACE).unref();
  };
  process.on('SIGINT', forward).on('SIGTERM', forward).on('SIGHUP', forward);
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

/** Of a process on this machine, as the tag of an image. */
function nameOf(pid) {
  return `${pid}-${bornAt(pid)}-${hostname()}`.replace(/[^\w.-]+/g, '_');
}

/** Another machine may use the same Docker: what is not of this one is left to it. */
function isRunning(tag) {
  const pid = Number.parseInt(tag, 10);
  return !tag.endsWith(`-${hostname()}`) || (isAlive(pid) && nameOf(pid) === tag);
}
