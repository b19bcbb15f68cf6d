import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { folder } from './fake-world.js';

/** The built command line in a real process: what `run` cannot show. */
const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

interface Handle {
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly closeOut: () => void;
}

function start(argv: readonly string[], cwd: string, onText: (text: string, handle: Handle) => void = () => undefined): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...argv], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const handle: Handle = { kill: (signal) => child.kill(signal), closeOut: () => child.stdout.destroy() };
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      onText(out, handle);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
}

/** A project whose configuration, the only code of it that runs, says that the scan has begun and then does what the text says. */
function project(configuration?: string, name = 'shop'): string {
  const cwd = folder();
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name }));
  if (configuration !== undefined)
    writeFileSync(join(cwd, 'isolation-audit.config.mjs'), `process.stdout.write('begun\\n');\n${configuration}\nexport default {};\n`);
  return cwd;
}

const FOREVER = 'await new Promise(() => setInterval(() => undefined, 1000));';
const LONG = 'x'.repeat(400_000);

describe('the process', () => {
  test.each([['--version'], ['-V']])('%s prints the version', async (flag) => {
    const { code, out, err } = await start([flag], folder());
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect([code, err]).toEqual([0, '']);
  });

  test('a wrong option ends with 2', async () => {
    const { code, out, err } = await start(['--formt', 'x'], folder());
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Did you mean --format?');
  });

  test('a scan writes the report and ends with 0', async () => {
    const cwd = project();
    const { code, err, out } = await start(['--no-cache'], cwd);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('No test files were found.');
    expect(readdirSync(cwd).sort()).toEqual(['package.json', 'test-isolation-audit.md']);
  });

  test.each([
    ['SIGINT', FOREVER],
    ['SIGTERM', FOREVER],
    // Busy, so that no handler would ever run.
    ['SIGINT', 'for (;;);'],
  ] as const)('%s ends a scan at once and leaves no file (%s)', async (signal, configuration) => {
    const cwd = project(configuration);
    const ended = await start([], cwd, (text, { kill }) => {
      if (text === 'begun\n') kill(signal);
    });
    expect([ended.code, ended.signal]).toEqual([null, signal]);
    expect(readdirSync(cwd).sort()).toEqual(['isolation-audit.config.mjs', 'package.json']);
  });

  test('SIGINT while a report is written lets the write end, then ends with 130', async () => {
    const interrupt = `import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { renameSync } = fs;
fs.renameSync = (from, to) => {
  if (to.endsWith('a.json')) process.kill(process.pid, 'SIGINT');
  renameSync(from, to);
};
syncBuiltinESMExports();`;
    const cwd = project(interrupt);
    const ended = await start(['--format', 'json=a.json,sarif=b.sarif', '--no-cache'], cwd);
    expect([ended.code, ended.signal]).toEqual([130, null]);
    expect(JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8'))).toHaveProperty('project', 'shop');
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('a reader that goes away is no failure', async () => {
    const ended = await start(['--format', 'json', '--no-cache'], project(undefined, LONG), (text, { closeOut }) => {
      if (text.length > 1000) closeOut();
    });
    expect([ended.code, ended.err]).toEqual([0, '']);
  });

  test('a long report reaches its reader whole', async () => {
    const { out, code } = await start(['--format', 'json', '--no-cache'], project(undefined, LONG));
    expect(code).toBe(0);
    // Not the text itself: a failure would print it.
    expect((JSON.parse(out) as { project: string }).project === LONG).toBe(true);
  });

  test('a fault that nobody caught ends with 2 and says where to send it', async () => {
    const { code, err } = await start([], project(`setImmediate(() => { throw new Error('lost'); });\n${FOREVER}`));
    expect(code).toBe(2);
    expect(err).toContain('the fault is its own');
    expect(err).toContain('Error: lost');
  });
});
