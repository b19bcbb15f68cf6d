import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { run } from '../../src/cli/run.js';
import type { World } from '../../src/cli/world.js';
import type { Report } from '../../src/model/report.js';
import type { FixCheck } from '../../src/model/verdict.js';
import type { ScanOptions } from '../../src/project/scan-options.js';
import type { Settings } from '../../src/model/settings.js';
import type { Replayed } from '../../src/verify/index.js';
import { report as stored } from '../reporters/report.js';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** What the scan was asked. */
  readonly asked: readonly ScanOptions[];
}

/** A folder that is gone when the test ends. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'isolation-audit-cli-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

interface Setting {
  readonly cwd: string;
  readonly report?: Report;
  readonly env?: Readonly<Record<string, string>>;
  readonly tty?: boolean;
  readonly fails?: Error;
  readonly settings?: Settings;
  /** What running tests around a change comes to, by the findings that it is for. */
  readonly checks?: (findings: Report['findings']) => readonly FixCheck[];
  /** What doing a run again comes to. */
  readonly replayed?: (run: string) => Replayed;
  /** Somebody sits at the terminal. */
  readonly answers?: (question: string) => string;
}

/** One run of the command line with a scan that answers at once. */
export async function cli(
  argv: readonly string[],
  { cwd, report = stored, env = {}, tty = false, fails, settings = {}, answers, checks, replayed }: Setting,
): Promise<Ran> {
  const text = { out: '', err: '' };
  const asked: ScanOptions[] = [];
  const world: World = {
    cwd,
    env,
    stdout: { isTTY: tty, columns: 100, write: (chunk) => (text.out += chunk) },
    stderr: { isTTY: tty, columns: 100, write: (chunk) => (text.err += chunk) },
    ...(answers ? { ask: (question: string) => Promise.resolve(answers(question)) } : {}),
    settings: () => Promise.resolve(settings),
    verify: () => Promise.resolve(report),
    replay: ({ run: given }) => (replayed ? Promise.resolve(replayed(given)) : Promise.reject(new Error('nothing is replayed'))),
    checkChange: async ({ isMeant, change }) => {
      const meant = report.findings.filter(isMeant);
      await change();
      return checks?.(meant) ?? [];
    },
    scan: (options) => {
      asked.push(options);
      return fails ? Promise.reject(fails) : Promise.resolve(report);
    },
  };
  return { status: await run(argv, world), ...text, asked };
}
