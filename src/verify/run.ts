import type { ChildProcess } from 'node:child_process';
import { mkdirSync, realpathSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import type { SuiteToRun } from '../project/suspects.js';
import type { TestName } from '../model/verdict.js';
import type { RunnerAdapter, TestResult } from './runners/adapter.js';
import { endProcess } from './services/ending.js';

/** Starts a command in the laboratory as a role. */
export type Start = (
  role: string,
  command: readonly [string, ...string[]],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
) => ChildProcess;

/** Which tests of which files, in order; a file without tests is run whole. */
export type Choice = readonly { readonly file: string; readonly test?: string }[];

export interface TestOutcome extends TestName {
  readonly state: TestResult['state'];
  readonly message?: string;
  readonly milliseconds?: number;
}

/** What became of one start of a runner. */
export interface Outcome {
  readonly tests: readonly TestOutcome[];
  /** Files that could not be loaded. */
  readonly broken: readonly { readonly file: string; readonly message: string }[];
  /** Why there are no results, or not all: the file does not load, the runner crashed or never ended. */
  readonly fault?: string;
  readonly milliseconds: number;
}

export interface Runnable {
  readonly root: string;
  readonly suite: SuiteToRun;
  readonly adapter: RunnerAdapter;
  /** An empty folder for this start. */
  readonly folder: string;
  readonly choice: Choice;
  readonly role: string;
  /** See `Wanted`; 1 unless told. */
  readonly worker?: number;
  readonly workers?: number;
  /** More variables for the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds a held test may take; see `Wanted`. */
  readonly patience?: number;
  /** Milliseconds after which the whole start counts as one that never ends. */
  readonly limit: number;
}

/** Runs chosen tests and reads what became of them. Never throws for what the tests or the runner do. */
export async function runTests(start: Start, given: Runnable): Promise<Outcome> {
  const { root, suite, adapter, choice } = given;
  mkdirSync(given.folder, { recursive: true });
  const files = [...new Set(choice.map((each) => each.file))];
  const names = choice.every((each) => each.test !== undefined) ? choice.map((each) => each.test!) : undefined;
  const wanted = {
    suite,
    root,
    folder: given.folder,
    worker: given.worker ?? 1,
    ...(given.workers === undefined ? {} : { workers: given.workers }),
    files: files.map((file) => join(root, file)),
    ...(names ? { names } : {}),
    ...(given.patience === undefined ? {} : { patience: given.patience }),
  };
  const begun = Date.now();
  const { command, env } = adapter.invoke(wanted);
  const child = start(given.role, command, { cwd: join(root, suite.dir), env: merged(given.env ?? {}, suite.command.env, env ?? {}) });
  const { output, ended } = await untilEnd(child, given.limit);
  const milliseconds = Date.now() - begun;
  const results = adapter.results(wanted, output);
  const { path, text } = fromRoot(root);
  const tests = (results?.tests ?? []).map((each) => ({
    ...each,
    file: path(each.file),
    ...(each.message === undefined ? {} : { message: text(each.message) }),
  }));
  const broken = (results?.broken ?? []).map((each) => ({ file: path(each.file), message: text(each.message) }));
  const [first] = broken;
  const fault = !ended
    ? `it does not end within ${given.limit / 1000} seconds`
    : first
      ? `\`${first.file}\` cannot be run: ${firstLine(first.message)}`
      : !results
        ? `${suite.title} ended without results: ${lastWords(output)}`
        : undefined;
  return { tests, broken, ...(fault === undefined ? {} : { fault }), milliseconds };
}

/** Later ones win, but all have their say in what Node is started with. */
function merged(...all: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const options = [process.env['NODE_OPTIONS'], ...all.map((each) => each['NODE_OPTIONS'])].filter(Boolean).join(' ');
  return { ...Object.assign({}, ...all), ...(options === '' ? {} : { NODE_OPTIONS: options }) } as Record<string, string>;
}

/** Paths, and texts with paths in them, from the root on: they read the same wherever the project lies. */
export function fromRoot(root: string): { readonly path: (path: string) => string; readonly text: (text: string) => string } {
  let real = root;
  try {
    real = realpathSync(root);
  } catch {
    // Gone: paths stay as they are.
  }
  return {
    path: (path) =>
      relative(path.startsWith(root) ? root : real, path)
        .split(sep)
        .join(posix.sep),
    text: (text) => text.replaceAll(root + sep, '').replaceAll(real + sep, ''),
  };
}

/** Of what a runner prints, so many characters are kept. */
const KEPT = 500_000;

function untilEnd(child: ChildProcess, limit: number): Promise<{ readonly output: string; readonly ended: boolean }> {
  return new Promise((resolve) => {
    let output = '';
    let ended = true;
    const keep = (data: Buffer): void => void (output = (output + data.toString()).slice(-KEPT));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const timer = setTimeout(() => {
      ended = false;
      // With the group that it leads goes all that it has started.
      if (child.pid !== undefined) endProcess(-child.pid);
    }, limit);
    child.on('error', (error) => keep(Buffer.from(error.message)));
    child.on('close', () => {
      clearTimeout(timer);
      resolve({ output, ended });
    });
  });
}

/** Without colours. */
export const plain = (text: string): string => text.replace(/\u001b\[[0-9;]*m/g, '');
const firstLine = (text: string): string =>
  plain(text)
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('●')) ?? 'no reason is given';

/** The line of an output that says most: an error, else the last one. */
function lastWords(output: string): string {
  const lines = plain(output)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.findLast((line) => /\b\w*Error\b|\berror:/i.test(line)) ?? lines.at(-1) ?? 'it says nothing';
}
