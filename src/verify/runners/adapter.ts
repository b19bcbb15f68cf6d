import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { escapeRegex } from '../../model/patterns.js';
import type { SuiteToRun } from '../../project/suspects.js';

/** What one start of a runner is to do. */
export interface Wanted {
  readonly suite: SuiteToRun;
  /** The project, absolute. */
  readonly root: string;
  /** An empty folder of this start: results go there, and what the runner has to be given as a file. */
  readonly folder: string;
  /** Absolute, in the order in which they are to run, one after another in one worker where the runner can. */
  readonly files: readonly string[];
  /** Full names of the tests to run, titles joined by blanks; absent: all. */
  readonly names?: readonly string[];
  /** Workers that run files at the same time; 1 unless told, and only where the adapter can. */
  readonly workers?: number;
  /** Number of the worker that the tests take themselves for, from 1: two starts at once must not both be the first. */
  readonly worker: number;
  /** Milliseconds that a test may take, where it will be held up; absent: as the project says. */
  readonly patience?: number;
}

export interface Invocation {
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
}

export interface TestResult {
  /** Absolute. */
  readonly file: string;
  /** Titles joined by blanks. */
  readonly name: string;
  /** A test that is expected to fail, and does, has passed. */
  readonly state: 'passed' | 'failed' | 'skipped';
  /** Of a failed test: the message of what it threw, its stack left out. */
  readonly message?: string;
  /** What the test itself took, where the runner says. */
  readonly milliseconds?: number;
}

/** What a start has reported. */
export interface Results {
  readonly tests: readonly TestResult[];
  /** Files that could not be loaded, with the reason. */
  readonly broken: readonly { readonly file: string; readonly message: string }[];
}

/** How one runner is started for chosen tests, and how its answer is read. Knows nothing of findings. */
export interface RunnerAdapter {
  readonly id: string;
  /** The package that the project must have installed; absent where it comes with Node. */
  readonly package?: string;
  /** Its tests can be told that they run in another worker than those of a second start; see `Wanted.worker`. */
  readonly numbersWorkers: boolean;
  /** It can run a whole suite in several workers; `any order`: files begin in the order in which they are asked for. */
  readonly wholeSuite?: 'any order' | 'own order';
  invoke(wanted: Wanted): Invocation;
  /** Nothing where the runner has left no results, neither in the folder nor in what it printed. */
  results(wanted: Wanted, output: string): Results | undefined;
}

/** A file that runs inside the process of a runner: src/verify/inside in the source, dist/verify in the package. */
export function insideFile(name: string): string {
  const here = fileURLToPath(new URL('../inside/', import.meta.url));
  return join(existsSync(here) ? here : fileURLToPath(new URL('../verify/', import.meta.url)), name);
}

/** The folder of an installed package, looked for as Node does. */
function packageFolder({ root, suite }: Pick<Wanted, 'root' | 'suite'>, name: string): string | undefined {
  for (let at = join(root, suite.dir); ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (at === dirname(at)) return undefined;
  }
}

const manifestOf = (folder: string): { readonly version?: string; readonly bin?: string | Readonly<Record<string, string>> } =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as ReturnType<typeof manifestOf>;

/** A file of a package that the project has installed: a program by its name, or a path. */
export function installedFile(wanted: Pick<Wanted, 'root' | 'suite'>, name: string, choose: { readonly bin: string } | { readonly file: string }): string {
  const folder = packageFolder(wanted, name);
  if (folder === undefined) throw new Error(`${name} is not installed`);
  if ('file' in choose) return join(folder, choose.file);
  const { bin } = manifestOf(folder);
  const path = typeof bin === 'string' ? bin : bin?.[choose.bin];
  if (path === undefined) throw new Error(`${name} has no program ${choose.bin}`);
  return join(folder, path);
}

/** The installed version, or nothing where the project has not got the package. */
export function installedVersion(wanted: Pick<Wanted, 'root' | 'suite'>, name: string): string | undefined {
  const folder = packageFolder(wanted, name);
  return folder === undefined ? undefined : manifestOf(folder).version;
}

/** Options of a runner's command line, without the dashes' variants: `-t` and `--testNamePattern` are two. */
export interface OptionTable {
  /** Left out of the project's command, since the start decides them; `true` for those that take a value. */
  readonly dropped: Readonly<Record<string, boolean>>;
  /** Kept, and followed by a value. */
  readonly valued: readonly string[];
}

/** The options of the project's own command that a start keeps. Files and patterns are left out. */
export function keptOptions(words: readonly string[], { dropped, valued }: OptionTable): string[] {
  const kept: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (!word.startsWith('-') || word === '--' || word.includes('$')) continue;
    const name = word.split('=')[0]!;
    const takes = Object.hasOwn(dropped, name) ? dropped[name]! : valued.includes(name);
    const value = takes && !word.includes('=') ? words[++at] : undefined;
    if (Object.hasOwn(dropped, name) || value?.includes('$')) continue;
    kept.push(word, ...(value === undefined ? [] : [value]));
  }
  return kept;
}

/** Variables with which processes of the runner load a file of ours first, which tells them their number where they are not the first worker. */
export const asWorker = ({ worker }: Wanted, file: string): Readonly<Record<string, string>> => ({
  ...(worker === 1 ? {} : { ISOLATION_AUDIT_WORKER: String(worker) }),
  NODE_OPTIONS: requiring(insideFile(file)),
});

/** What Node is started with to load a file first. */
const requiring = (path: string): string => `--require=${/[\s"\\]/.test(path) ? JSON.stringify(path) : path}`;

/** The source of a regular expression that fits these names and no other. */
export const exactly = (names: readonly string[]): string => `^(?:${names.map(escapeRegex).join('|')})$`;

/** A text without the lines of stacks, and without the name of a plain error before it. */
export const withoutStack = (text: string): string => text.replace(/\r?\n\s+at [^\n]*/g, '').replace(/^(?:Assertion)?Error: /, '');

export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
