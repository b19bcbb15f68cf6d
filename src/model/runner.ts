import type { Place } from './place.js';
import type { StateKind } from './state.js';
import type { Language } from './facts.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A shell command of the project that starts a runner. */
export interface Command {
  /** The words, the runner's own first: `['jest', '--runInBand']`. */
  readonly words: readonly string[];
  /** Variables set for it: `REDIS_DB=1 jest`, `cross-env`, a workflow step's `env:`. */
  readonly env: Readonly<Record<string, string>>;
  /** Files of variables that it is given: `dotenv -e .env.test jest`. */
  readonly envFiles?: readonly string[];
  /** The make or shell file that says its words, where no script does. */
  readonly writtenIn?: string;
  /** What says so: `script test`, `workflow ci.yml job test`. */
  readonly from: string;
  readonly at?: Place;
}

/** One use of a runner in one package, as read from the project without running any of it. */
export interface RunnerUse {
  readonly runner: string;
  /** From node_modules where it is there, else the lowest version that package.json's range allows. */
  readonly version?: string;
  /** Versions, found in the same way, of the libraries whose calls do something else in older ones. */
  readonly libraries?: Readonly<Record<string, string>>;
  /** Folder of the package relative to the root; '' is the root. */
  readonly dir: string;
  readonly configPath?: string;
  /** The configuration in the runner's own shape, as far as it could be read. Options of commands are in `commands`. */
  readonly options: { readonly [key: string]: Json };
  /** Option keys (`test.pool`) that are computed and could not be read. */
  readonly computed: readonly ComputedOption[];
  readonly commands: readonly Command[];
  /** Equal for uses that one command runs at the same time: the projects of one configuration. */
  readonly together?: string;
  /** Places of option values in the config file, by dotted key (`test.fileParallelism`). */
  readonly optionPlaces?: Readonly<Record<string, Place>>;
}
export interface ComputedOption {
  readonly key: string;
  readonly why: string;
  readonly at?: Place;
}

/** Which files a runner loads. Patterns are globs relative to `dir`, as picomatch reads them. */
export interface Layout {
  readonly dir: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Jest's `testRegex`: sources of regular expressions over the path. */
  readonly includeRegex?: readonly string[];
  /** Sources of regular expressions over the path, `<rootDir>` replaced by nothing. */
  readonly excludeRegex?: readonly string[];
  /** Run once per test file (or once per worker where the runner does so), in the test process. Specifiers as written. */
  readonly setupFiles: readonly string[];
  /** Run once, in the main process. */
  readonly globalSetup: readonly string[];
  /** Folders whose files stand for the packages that they are named after, in every test file: Jest's `__mocks__`. Relative to `dir`. */
  readonly mocks?: readonly string[];
  /** Module name aliases as in `moduleNameMapper` or `resolve.alias`: regex source to replacement. */
  readonly aliases?: readonly { readonly find: string; readonly replacement: string }[];
  /** Environment variables that the configuration gives to tests. */
  readonly environment?: readonly { readonly name: string; readonly value: string; readonly at: Place }[];
  /** Where the configuration file has more of them, which it computes. */
  readonly computedEnvironment?: ComputedEnvironment;
}

/** Variables that a configuration file computes: their names, and the keys that lead to the object that holds them. */
export interface ComputedEnvironment {
  readonly path: string;
  readonly keys: readonly string[];
  readonly names: readonly string[];
}

export interface WorkerId {
  /** Environment variable, or a property path such as `testInfo.parallelIndex`. */
  readonly name: string;
  readonly form: 'env' | 'property';
  /** No two workers alive at once have the same value. */
  readonly unique: boolean;
  /** Values stay below the number of workers (plus first), so they can serve as a slot. */
  readonly bounded: boolean;
  readonly first: number;
  /** Value in a serial run; `null` when unset. */
  readonly serial: string | null;
  /** The major and minor version of the runner from which on every worker is sure to have it, as far as was measured or tried. Absent: no version is. */
  readonly since?: readonly [major: number, minor: number];
  /** Where it is unset: in the configuration file and global setup of the main process. */
  readonly unsetIn: readonly ('config' | 'global-setup' | 'setup' | 'import')[];
}

/** What a runner lets run beside what, and in which process. */
export interface Schedule {
  readonly runner: string;
  readonly version?: string;
  readonly dir: string;
  /** One line for the report: `Vitest 4.1, pool forks, isolated`. */
  readonly mode: string;
  /** May two test files run at the same time, as the project runs them today? */
  readonly files: { readonly overlap: 'parallel' | 'serial'; readonly by: 'default' | 'config' | 'command'; readonly reason: string; readonly at?: Place };
  /** May they, once parallel runs are switched on (`--parallel`, more workers)? Only `false` for runners that cannot. */
  readonly canParallel: boolean;
  /** Switching it on: `--parallel`. */
  readonly parallelSwitch?: string;
  /** Tests of one file: one after another, at once in one process, or in different workers. */
  readonly tests: 'sequential' | 'concurrent' | 'workers';
  readonly unit: 'process' | 'thread' | 'cluster';
  /** State that survives from one file to the next file in the same worker. */
  readonly crossFile: readonly StateKind[];
  /** The same once parallel runs are on, where that differs. */
  readonly preloadsAll: boolean;
  readonly rootHooks: 'file' | 'run';
  /** What the runner or its configuration puts back by itself. */
  readonly restores: readonly { readonly state: StateKind; readonly after: 'test' | 'file'; readonly by: string }[];
  /** Its configuration makes spies forget their calls before each test. */
  readonly forgetsCalls?: true;
  readonly chdirThrows: boolean;
  /** Folders in which it starts servers that all workers talk to: Playwright's `webServer`. */
  readonly servers?: readonly string[];
  readonly workerIds: readonly WorkerId[];
  /** Why two files overlap, as a sentence part: `Vitest runs test files in separate worker processes`. */
  readonly why: string;
  /** Why state reaches the next test or file. */
  readonly whyWithin: string;
  /** What its configuration hides: `config computed at vitest.config.ts:12`. */
  readonly notes: readonly string[];
}

export type Role = 'test' | 'suite' | 'hook' | 'fixture';
export interface Word {
  readonly role: Role;
  readonly when?: 'before' | 'after' | 'around';
  /** Of a hook: once for what. */
  readonly scope?: 'run' | 'worker' | 'file' | 'suite' | 'test';
  /** A modifier the word carries by itself: `xit` is skipped. */
  readonly modifier?: Modifier;
}
/** `if` takes a call before the test's own, as `each` does: `test.skipIf(ci)(name, fn)`; `always` is an after hook that failures do not stop. */
export type Modifier = 'only' | 'skip' | 'todo' | 'concurrent' | 'serial' | 'each' | 'retry' | 'fails' | 'parallel' | 'extend' | 'if' | 'always';

/** How a runner's tests, suites, hooks and fixtures are written. */
export interface Vocabulary {
  /** Modules that export the words. */
  readonly modules: readonly string[];
  /** Whether the words are there without an import. */
  readonly globals: boolean;
  /** An export of them that gives, called, an object of all words: `const { it } = Lab.script()`. */
  readonly maker?: string;
  /** Exported or global name to its meaning; `default` is the default export. */
  readonly words: Readonly<Record<string, Word>>;
  /** Members that change a word and can be chained: `test.concurrent.skip`; `each` and the like take a call before the test's own. */
  readonly modifiers: Readonly<Record<string, Modifier>>;
  /** Members of a word that are words themselves: `test.describe`, `test.beforeEach`, `test.before`. */
  readonly members: Readonly<Record<string, Word>>;
  /** Members of the test's first parameter that are words or register cleanup: `t.test`, `t.after`. */
  readonly context: Readonly<Record<string, Word | 'cleanup'>>;
  /** Hooks are members of a group's parameter and of nothing else: no repair can write one. */
  readonly hooksOfGroups?: true;
  /** Exported functions that register cleanup for the running test: `onTestFinished`. */
  readonly cleanups: readonly string[];
  /** An exported record of hooks in a setup file: Mocha's `mochaHooks`. */
  readonly rootHooks?: { readonly export: string; readonly members: Readonly<Record<string, Word>> };
  /** A check of its context that fails is noted, and the test goes on. */
  readonly checksGoOn?: true;
  /** Where tests and hooks leave things for each other: `this`, or a member path of the first parameter such as `context`. */
  readonly sharedContext?: 'this' | string;
  /** Fixtures that every test is given without asking: what a project puts in their place runs around each test. */
  readonly given?: readonly string[];
  /** Environment variables that the runner sets where nobody has: `NODE_ENV`. */
  readonly sets?: Readonly<Record<string, string>>;
}

/** All that is known of one runner. */
export interface Runner {
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  /** Packages whose presence in package.json says that it is used. */
  readonly packages: readonly string[];
  /** First words of a command that start it; several words are joined by a blank: `node --test`. */
  readonly commands: readonly string[];
  /** Configuration files, by base name; globs. */
  readonly configFiles: readonly string[];
  /** Key of package.json that holds configuration. */
  readonly packageKey?: string;
  readonly vocabulary: Vocabulary;
  /** Inline projects that run under different rules come apart into uses of their own; the use itself when they do not. */
  split?(use: RunnerUse): readonly RunnerUse[];
  layout(use: RunnerUse): Layout;
  schedule(use: RunnerUse): Schedule;
  /** How to run these files, named from the folder of the package, one after another and apart from the others. */
  lane?(use: RunnerUse, files: readonly string[]): Lane | undefined;
}

/** Commands for files that no other may run beside. */
export interface Lane {
  /** Runs them one after another. */
  readonly alone: string;
  /** Runs all others, where the runner can leave files out. */
  readonly others?: string;
}
