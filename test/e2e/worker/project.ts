/**
 * Small suites that use the packed runtime library under their real runner. Each file of a suite tells what it was given and waits until
 * its neighbours have come, so that its workers are surely there at one time. Must not know what the library does.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished } from 'vitest';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
export const barrier = join(repository, 'fixtures', 'barrier.cjs');

export type Files = Readonly<Record<string, string>>;

export interface Project {
  readonly path: string;
  /** The system's temporary directory as the suite sees it: what its runs leave lies there. */
  readonly temporary: string;
  readonly run: (command: string, env?: Readonly<Record<string, string>>) => Promise<Outcome>;
  readonly start: (command: string, env?: Readonly<Record<string, string>>) => Started;
}

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
  /** What the files of the suite have told with `tell`. */
  readonly told: readonly Told[];
}

export interface Started {
  readonly pid: number;
  readonly ended: Promise<Outcome>;
  /** Waits until so many files have told something. */
  readonly told: (count: number) => Promise<readonly Told[]>;
  readonly kill: () => void;
}

export type Told = Readonly<Record<string, string | number | undefined>>;

/** For the suites: `tell(what)` notes something, `meet(point, count)` waits for the others. */
const TELL = `'use strict';
const { writeFileSync, renameSync } = require('node:fs');
const { randomUUID } = require('node:crypto');
const { join } = require('node:path');
exports.tell = (what) => {
  const file = join(process.env.TOLD, randomUUID());
  writeFileSync(file, JSON.stringify({ pid: process.pid, ...what }));
  renameSync(file, file + '.json');
};
exports.keep = (directory) => writeFileSync(join(directory, randomUUID()), 'kept');
exports.meet = require(${JSON.stringify(barrier)}).meet;
`;

/** A project with these files, the packages named, and our own as npm installs it. */
export function project(files: Files, packages: readonly string[]): Project {
  const place = mkdtempSync(join(tmpdir(), 'ia-'));
  const path = join(place, 'project');
  const temporary = join(place, 'tmp');
  mkdirSync(temporary);
  const own = join(path, 'node_modules', 'isolation-audit');
  mkdirSync(own, { recursive: true });
  cpSync(join(repository, 'package.json'), join(own, 'package.json'));
  for (const folder of ['worker', 'src/worker']) cpSync(join(repository, 'dist', folder), join(own, 'dist', folder), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(place, 'node_modules'), 'junction');
  for (const name of packages) {
    const to = join(path, 'node_modules', name);
    mkdirSync(dirname(to), { recursive: true });
    // Mocha looks for what it is told to load beside itself, so a link to another place is no way to install it.
    if (name === 'mocha') cpSync(join(repository, 'node_modules', name), to, { recursive: true });
    else symlinkSync(join(repository, 'node_modules', name), to, 'junction');
  }
  for (const [name, text] of Object.entries({ 'tell.cjs': TELL, ...files })) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  const start = (command: string, env: Readonly<Record<string, string>> = {}): Started => {
    const told = mkdtempSync(join(place, 'told-'));
    const child = spawn(command, {
      cwd: path,
      shell: true,
      detached: true,
      env: { ...inherited(), TMPDIR: temporary, TOLD: told, ISOLATION_AUDIT_BARRIER: mkdtempSync(join(place, 'barrier-')), ...env },
    });
    const kill = (): void => {
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // Gone already.
      }
    };
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    const all = (): readonly Told[] =>
      readdirSync(told)
        .filter((name) => name.endsWith('.json'))
        .map((name) => JSON.parse(readFileSync(join(told, name), 'utf8')) as Told);
    const ended = new Promise<Outcome>((resolve, reject) => {
      child.on('error', reject);
      // Some runners colour what they say wherever CI is set.
      child.on('close', (code) => resolve({ code, output: stripVTControlCharacters(output), told: all() }));
    });
    // What it has told is read when it ends, and so before its folder goes.
    onTestFinished(async () => {
      kill();
      await Promise.allSettled([ended]);
    });
    return {
      pid: child.pid!,
      ended,
      async told(count) {
        await expect.poll(() => all().length, { timeout: 30_000, message: output }).toBeGreaterThanOrEqual(count);
        return all();
      },
      kill,
    };
  };
  onTestFinished(async () => {
    // The last to leave are those who clean up after a run; they need its folder.
    await expect.poll(() => runsIn(temporary), { timeout: 10_000 }).toEqual([]);
    rmSync(place, { recursive: true, force: true, maxRetries: 3 });
  });
  return { path, temporary, start, run: (command, env) => start(command, env).ended };
}

/** The runs that nobody has ended. */
export function runsIn(temporary: string): readonly string[] {
  return readdirSync(temporary)
    .filter((name) => name.startsWith('isolation-audit-'))
    .flatMap((name) => readdirSync(join(temporary, name)).filter((each) => each !== 'ports' && existsSync(join(temporary, name, each))));
}

/** What must not reach a runner that runs under our own. */
const OUTER =
  /^(?:VITEST|JEST_|MOCHA_|NODE_TEST|NODE_OPTIONS$|NODE_ENV$|TEST|MODE$|PROD$|DEV$|BASE_URL$|SSR$|PG|POSTGRES|MYSQL|MARIADB|MONGO|NEO4J|REDIS|VALKEY|DB_|DATABASE_URL$|ISOLATION_AUDIT)/;

function inherited(): Readonly<Record<string, string>> {
  const kept = Object.entries(process.env).flatMap(([name, value]) => (OUTER.test(name) || value === undefined ? [] : [[name, value] as const]));
  const path = [join(repository, 'node_modules', '.bin'), dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  return { ...Object.fromEntries(kept), PATH: path, FORCE_COLOR: '0', CI: '1' };
}
