/** Runs the built command line on projects made for one test. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Report } from '../../src/model/report.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'dist/cli/main.js');

export type Files = Readonly<Record<string, string | Buffer>>;

/** A folder with these files, gone after the test. */
export function project(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'isolation-audit-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) write(folder, path, content);
  return folder;
}

export function write(folder: string, path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const server = (port: number, name: string): string => `import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';

const server = createServer((_, answer) => answer.end('${name}'));

beforeAll(() => new Promise<void>((done) => server.listen(${port}, done)));
afterAll(() => new Promise((done) => server.close(done)));

test('${name} are served', () => {
  expect(server.listening).toBe(true);
});
`;

export const PORT = 4310;
export const ORDERS = 'checks/orders.test.ts';
export const INVOICES = 'checks/invoices.test.ts';

/** A suite in which two files bind one port: however bad the rest is, these must be found. */
export const shop: Files = {
  'package.json':
    '{ "name": "acme-shop", "private": true, "type": "module", "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "^4.1.0" } }\n',
  [ORDERS]: server(PORT, 'orders'),
  [INVOICES]: server(PORT, 'invoices'),
};

export interface Run {
  /** Nothing where a signal ended it. */
  readonly status: number | null;
  readonly signal?: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function tool(
  args: readonly string[],
  how: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>>; readonly preload?: boolean } = {},
): Run {
  const preload = how.preload ? ['--require', join(root, 'test/e2e/obstacles.cjs')] : [];
  const { status, signal, stdout, stderr, error } = spawnSync(process.execPath, [...preload, main, ...args], {
    cwd: how.cwd ?? tmpdir(),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    timeout: 60_000,
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', FORCE_COLOR: '', ...how.env },
  });
  if (error) throw error;
  return { status, signal, stdout, stderr };
}

export interface Audit extends Run {
  readonly report: Report;
  /** Test files that the port finding holds back. */
  readonly held: readonly string[];
  /** What the report says it could not see, one line each, with the place. */
  readonly gaps: readonly string[];
}

/** A scan that works: its report, and the promise that nothing of the user's has changed. */
export function audit(folder: string, ...args: readonly string[]): Audit {
  return audited(folder, tool(['scan', folder, '--no-cache', '--format', 'json', '--output', '-', ...args]));
}

export function audited(folder: string, run: Run): Audit {
  if (run.status !== 0 && run.status !== 1) throw new Error(`exit ${run.status}\n${run.stderr}`);
  const report = JSON.parse(run.stdout) as Report;
  const ports = report.findings.filter((finding) => finding.rule === 'fixed-port' && finding.confidence !== 'possible');
  return {
    ...run,
    report,
    held: [...new Set(ports.flatMap((finding) => finding.files))].sort(),
    gaps: report.gaps.map((gap) => `${gap.at?.path ?? ''}: ${gap.what}`),
  };
}

/** Every file of a folder with a digest of its content: equal before and after. */
export function snapshot(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(entries.sort().map((path) => [path.slice(folder.length + 1), stateOf(path)]));
}

function stateOf(path: string): string {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  if (!stats.isFile()) return 'not a file';
  return createHash('sha1').update(readFileSync(path)).digest('hex');
}
