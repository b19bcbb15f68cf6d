/**
 * The other process: set-up has to be done before the next line of a configuration runs, so work that takes a connection is done by a process that is
 * waited for. It also keeps clients out of the modules, mocks and clocks of the tests.
 */
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Request } from './service/requests.js';

const script = fileURLToPath(new URL('./service.cjs', import.meta.url));

/** Set in the other process, so that a preload which sets up workers leaves it alone. */
export const isService = (): boolean => process.env['ISOLATION_AUDIT_SERVICE'] !== undefined;

export function ask(request: Request): unknown {
  const { stdout, stderr, error } = spawnSync(process.execPath, [script], {
    input: JSON.stringify(request),
    encoding: 'utf8',
    env: plainEnvironment(),
    maxBuffer: 1 << 26,
    windowsHide: true,
  });
  if (error) throw error;
  let answer: { readonly value?: unknown; readonly error?: string };
  try {
    answer = JSON.parse(stdout) as typeof answer;
  } catch {
    throw new Error(`isolation-audit could not do its work: ${stderr || stdout || 'its process ended without a word.'}`);
  }
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.value;
}

/** Waits for the end of the run, whatever ends it, and cleans up after it. */
export function startCaretaker(place: string): void {
  spawn(process.execPath, [script, 'care', place], { detached: true, stdio: 'ignore', env: plainEnvironment(), windowsHide: true }).unref();
}

/** Without what the runner and its tools make of a Node process: debuggers, coverage, preloads. Plug'n'Play needs its preload to find anything. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS, NODE_V8_COVERAGE: _coverage, NODE_TEST_CONTEXT: _context, NODE_CHANNEL_FD: _channel, ...env } = process.env;
  return { ...env, ISOLATION_AUDIT_SERVICE: '1', ...(process.versions['pnp'] && NODE_OPTIONS !== undefined ? { NODE_OPTIONS } : {}) };
}
