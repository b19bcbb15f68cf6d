import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Lab, LabRun } from '../../src/verify/lab.js';
import type { Watch } from '../../src/verify/preload/settings.js';
import type { Recording, Step } from '../../src/verify/recording.js';

export const REDIS = "const redis = new (require('ioredis'))('redis://cache.internal:6379');";
export const POSTGRES = "const db = new (require('pg').Client)('postgres://shop:secret@db.internal/shop_test'); await db.connect();";
export const MYSQL = "const db = await require('mysql2/promise').createConnection('mysql://shop:secret@db.internal/shop_test');";

export interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** Plain scripts that stand for tests: they fail as a test would. They lie inside the repository, where the clients are found. */
export function roles() {
  const folder = mkdtempSync(join(fileURLToPath(new URL('../..', import.meta.url)), 'node_modules/.cache/isolation-audit-roles-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const script = (name: string, ...lines: readonly string[]): readonly [string, string] => {
    const path = join(folder, `${name}.cjs`);
    const head = ["const assert = require('node:assert');", "const mark = (test) => process[Symbol.for('isolation-audit.lab')].mark(__filename, test);"];
    writeFileSync(path, [...head, '(async () => {', ...lines, '})().catch((error) => { console.error(error.message); process.exit(1); });'].join('\n'));
    return [process.execPath, path];
  };

  /** Without a laboratory: nobody marks anything. */
  const direct = async ([file, path]: readonly [string, string]): Promise<Ended> => {
    const child = spawn(file, [path], { cwd: folder });
    return endOf(child);
  };

  const start = async (run: LabRun, role: string, command: readonly [string, ...string[]]): Promise<Ended> => {
    // The worker that runs this test must not be taken for one of the run.
    const child = run.start(role, command, { cwd: folder, env: { VITEST_POOL_ID: undefined, VITEST_WORKER_ID: undefined } });
    return endOf(child);
  };

  const both = async (
    lab: Lab,
    a: readonly [string, string],
    b: readonly [string, string],
    schedule?: readonly Step[],
    watch?: Watch,
  ): Promise<{ readonly codes: readonly (number | null)[]; readonly recording: Recording }> => {
    const run = await lab.run({ ...(schedule ? { schedule } : {}), watch });
    const ended = await Promise.all([start(run, 'A', a), start(run, 'B', b)]);
    return { codes: ended.map(({ code }) => code), recording: await run.finish() };
  };

  const alone = async (lab: Lab, command: readonly [string, string]): Promise<Ended & { readonly recording: Recording }> => {
    const run = await lab.run({});
    const ended = await start(run, 'A', command);
    return { ...ended, recording: await run.finish() };
  };

  return { folder, script, direct, start, both, alone };
}

async function endOf(child: ChildProcess): Promise<Ended> {
  let said = '';
  child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  child.stdout?.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}
