import type { Command, Json, RunnerUse } from '../../model/runner.js';
import type { StateKind } from '../../model/state.js';
import { flag, flagOn, type Flags } from './flags.js';
import { booleanOf, countOf, option, recordOf, textOf, versionOf, type Options } from './options.js';
import { optionText, type Ground, type Ruling } from './overlap.js';
import { everything, without } from './states.js';
import { flagsOf, type Project } from './vitest-projects.js';

type Pool = 'forks' | 'threads' | 'vmForks' | 'vmThreads';
export interface Mode {
  readonly pool: Pool;
  readonly isolate: boolean;
  /** All files in one worker, their modules reset between files (`singleFork`, `singleThread`; gone in 4). */
  readonly single: boolean;
  /** The option that set it, for the reason. */
  readonly singleKey?: string;
}

export function modeOf(use: RunnerUse, test: Options, flags: readonly Flags[]): Mode {
  const major = versionOf(use)?.major ?? 4;
  const said = (name: string): string | undefined => flags.map((each) => flag(each, name)).find((value) => value !== undefined);
  const saidOn = (name: string): boolean | undefined => flags.map((each) => flagOn(each, name)).find((value) => value !== undefined);
  const written = said('pool') ?? textOf(test['pool']);
  // Threads were the default until 1.6; `--no-threads` of 0.x meant child processes.
  const legacy = saidOn('threads') ?? booleanOf(test['threads']);
  const pool =
    (['forks', 'threads', 'vmForks', 'vmThreads'] as const).find((each) => each === written) ??
    (test['experimentalVmThreads'] === true ? 'vmThreads' : major >= 2 ? 'forks' : legacy === false ? 'forks' : 'threads');
  const own = `poolOptions.${pool}`;
  const singleName = pool.endsWith('orks') ? 'singleFork' : 'singleThread';
  const singleKey = major >= 4 ? undefined : [`${own}.${singleName}`, singleName].find((key) => saidOn(key) ?? booleanOf(option(test, key)));
  const isolate =
    saidOn('isolate') ??
    (major < 4 ? (saidOn(`${own}.isolate`) ?? booleanOf(option(test, `${own}.isolate`))) : undefined) ??
    booleanOf(test['isolate']) ??
    true;
  return { pool, isolate, single: singleKey !== undefined, ...(singleKey ? { singleKey } : {}) };
}

export function groundOf(use: RunnerUse, project: Project, mode: Mode): Ground {
  const root = recordOf(use.options['test']);
  const read = (key: string): Json | undefined => option(project.test, key) ?? option(root, key);
  const serial = (text: string, key: string): Ground => ({ overlap: 'serial', reason: optionText(use, `test.${text}`), key: `test.${key}` });
  if (read('fileParallelism') === false) return serial('fileParallelism: false', 'fileParallelism');
  if (mode.singleKey) return serial(`${mode.singleKey}: true`, mode.singleKey);
  const caps =
    (versionOf(use)?.major ?? 4) >= 4
      ? ['maxWorkers']
      : ['maxWorkers', mode.pool.endsWith('orks') ? `poolOptions.${mode.pool}.maxForks` : `poolOptions.${mode.pool}.maxThreads`, 'maxThreads'];
  for (const key of caps) {
    const count = countOf(read(key));
    if (count !== undefined)
      return count <= 1 ? serial(`${key}: ${count}`, key) : { overlap: 'parallel', reason: optionText(use, `test.${key}: ${count}`), key: `test.${key}` };
  }
  return { overlap: 'parallel', reason: 'Vitest runs test files in parallel by default' };
}

const SINGLE = [
  'poolOptions.forks.singleFork',
  'poolOptions.threads.singleThread',
  'poolOptions.vmForks.singleFork',
  'poolOptions.vmThreads.singleThread',
  'singleThread',
  'singleFork',
];
export const isSingle = (flags: Flags): boolean => SINGLE.some((name) => flagOn(flags, name));

export function ruling(command: Command): Ruling | undefined {
  const flags = flagsOf(command);
  const parallel = flagOn(flags, 'fileParallelism');
  if (parallel === false) return { overlap: 'serial', said: 'passes `--no-file-parallelism`' };
  const single = SINGLE.find((name) => flagOn(flags, name));
  if (single) return { overlap: 'serial', said: `passes \`--${single}\`` };
  for (const name of ['maxWorkers', 'poolOptions.forks.maxForks', 'poolOptions.threads.maxThreads', 'maxThreads']) {
    const written = flag(flags, name);
    if (written !== undefined) return { overlap: (countOf(written) ?? 2) <= 1 ? 'serial' : 'parallel', said: `passes \`--${name}=${written}\`` };
  }
  for (const name of ['VITEST_MAX_WORKERS', 'VITEST_MAX_FORKS', 'VITEST_MAX_THREADS']) {
    const set = countOf(command.env[name]);
    if (set !== undefined) return { overlap: set <= 1 ? 'serial' : 'parallel', said: `sets \`${name}=${set}\`` };
  }
  return parallel ? { overlap: 'parallel', said: 'passes `--fileParallelism`' } : undefined;
}

/** Contexts of the vm pools are new for each file; the process around them is not. */
const VM_LEAKS: readonly StateKind[] = ['host-intrinsic', 'core-module', 'env', 'process', 'cwd', 'http-mock', 'handle', 'port', 'file'];

export function survivors(use: RunnerUse, mode: Mode, oneWorker: boolean): readonly StateKind[] {
  const vm = mode.pool.startsWith('vm');
  const gone: StateKind[] = mode.pool.endsWith('hreads') ? ['cwd', 'module-mock'] : ['module-mock'];
  // 4.0 and 4.1 hand all files to a single vm worker at once, in one context; fixed in 5 (vitest pull request 10743).
  if (vm) return oneWorker && (versionOf(use)?.major ?? 4) === 4 ? without(everything, ...gone) : without(VM_LEAKS, ...gone);
  if (!mode.isolate) return without(everything, ...gone);
  return mode.single ? without(everything, ...gone, 'module') : ['file'];
}
