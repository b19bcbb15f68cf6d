import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { folder } from './fake-world.js';

/** The built command line in a real process: what `run` cannot show. */
const DIST = new URL('../../dist/cli/', import.meta.url);
const MAIN = fileURLToPath(new URL('main.js', DIST));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

function start(
  argv: readonly string[],
  cwd: string,
  each: (text: string, kill: (signal: NodeJS.Signals) => void, closeOut: () => void) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      each(
        out,
        (signal) => child.kill(signal),
        () => child.stdout.destroy(),
      );
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
}

/** A process whose scan is given: it says when it has begun, then does what the text says. */
const withScan = (argv: readonly string[], scan: string): readonly string[] => [
  '--input-type=module',
  '-e',
  `import { main } from ${JSON.stringify(new URL('process.js', DIST).href)};\nawait main(${JSON.stringify(argv)}, async () => { process.stdout.write('begun\\n'); ${scan} });`,
];
const EMPTY = `return { tool: { name: 'isolation-audit', version: '1', homepage: '' }, project: 'x'.repeat(5_000_000), runners: [], services: [], files: [], resources: [], findings: [], gaps: [], rules: [],
  summary: { testFiles: 0, ready: 0, held: 0, notKnown: 0, firstResources: [], readyAfterFirst: 0, byConfidence: { certain: 0, likely: 0, possible: 0 }, baselined: 0, ignored: 0, untouched: 0 } };`;

describe('the process', () => {
  test.each([['--version'], ['-V']])('%s prints the version and loads nothing', async (flag) => {
    const { code, out, err } = await start([MAIN, flag], folder());
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect([code, err]).toEqual([0, '']);
  });

  test('a wrong option ends with 2', async () => {
    const { code, out, err } = await start([MAIN, '--formt', 'x'], folder());
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Did you mean --format?');
  });

  test.each([
    ['SIGINT', 'await new Promise(() => setInterval(() => undefined, 1000));'],
    ['SIGTERM', 'await new Promise(() => setInterval(() => undefined, 1000));'],
    // Busy, so that no handler would ever run.
    ['SIGINT', 'for (;;);'],
  ] as const)('%s ends a scan at once and leaves no file', async (signal, scan) => {
    const cwd = folder();
    const ended = await start(withScan([], scan), cwd, (text, kill) => {
      if (text === 'begun\n') kill(signal);
    });
    expect([ended.code, ended.signal]).toEqual([null, signal]);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('SIGINT while the report is written ends with 130, and the old report is whole', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'test-isolation-audit.md'), 'old');
    const scan = `const report = await (async () => { ${EMPTY} })(); Object.defineProperty(report, 'gaps', { get: () => (process.kill(process.pid, 'SIGINT'), []) }); return report;`;
    const ended = await start(withScan(['--format', 'sarif=a.sarif'], scan), cwd);
    expect([ended.code, ended.signal]).toEqual([130, null]);
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(readFileSync(join(cwd, 'test-isolation-audit.md'), 'utf8')).toMatch(/^old$|^# Test isolation audit[\s\S]*\n$/);
  });

  test('a reader that goes away is no failure', async () => {
    const cwd = folder();
    const ended = await start(withScan(['--format', 'json'], EMPTY), cwd, (text, _kill, closeOut) => {
      if (text.length > 1000) closeOut();
    });
    expect([ended.code, ended.err]).toEqual([0, '']);
  });

  test('a long report reaches a slow reader whole', async () => {
    const { out, code } = await start(withScan(['--format', 'json'], EMPTY), folder());
    expect(out.length).toBeGreaterThan(5_000_000);
    expect(out.endsWith('}\n')).toBe(true);
    expect(code).toBe(0);
  });

  test('a fault that nobody caught ends with 2 and says where to send it', async () => {
    const { code, err } = await start(
      withScan([], "setImmediate(() => { throw new Error('lost'); }); await new Promise(() => setInterval(() => undefined, 1000));"),
      folder(),
    );
    expect(code).toBe(2);
    expect(err).toContain('the fault is its own');
    expect(err).toContain('Error: lost');
  });
});
