import type { Json, Runner, RunnerUse } from '../model/runner.js';
import { globTest } from './globs.js';
import { isObject, type JsonObject } from './json-file.js';
import { dirOf, joinPath } from './packages.js';
import type { Walk } from './walk.js';

/** A folder or a configuration file that a run includes by name. */
interface NamedProject {
  readonly dir: string;
  readonly config?: string;
}
export interface NamedProjects {
  readonly projects: readonly NamedProject[];
  /** The run itself is one of them: `projects: ['<rootDir>', ...]`. */
  readonly includesItself: boolean;
}

const CONFIG = /\.(?:[cm]?[jt]s|json)$/;

/** The projects that a configuration names by path or glob; nothing for one without projects. Those written inline are the runner model's. */
export function namedProjects(use: RunnerUse, walk: Walk, folders: () => readonly string[]): NamedProjects | undefined {
  const entries = declaredProjects(use.options);
  if (!entries) return undefined;
  const base = use.configPath === undefined ? use.dir : dirOf(use.configPath);
  const paths = entries.filter((each): each is string => typeof each === 'string').map((each) => joinPath(base, each.replace(/^<rootDir>\/?/, './')));
  const written = paths.filter((each): each is string => each !== undefined);
  const plain = written.filter((each) => !each.includes('!'));
  const outside = globTest(entries.flatMap((each) => (typeof each === 'string' && each.startsWith('!') ? (joinPath(base, each.slice(1)) ?? []) : [])));
  const projects: NamedProject[] = [];
  for (const path of plain) {
    if (path === base) continue;
    const isGlob = /[*?{[(]/.test(path);
    if (CONFIG.test(path)) {
      const test = isGlob ? globTest([path]) : undefined;
      const files = test ? walk.files.filter((file) => CONFIG.test(file) && test(file)) : walk.has(path) ? [path] : [];
      projects.push(...files.filter((file) => !outside?.(file)).map((file) => ({ dir: dirOf(file), config: file })));
    } else {
      const test = isGlob ? globTest([path]) : undefined;
      const dirs = test ? folders().filter(test) : folders().includes(path) ? [path] : [];
      projects.push(...dirs.filter((dir) => !outside?.(dir)).map((dir) => ({ dir })));
    }
  }
  return { projects, includesItself: plain.includes(base) };
}

/** Jest's `projects`, Vitest's `test.projects`, and the `workspace` of Vitest 2 and 3. */
export function declaredProjects(options: JsonObject): readonly Json[] | undefined {
  const test = isObject(options['test']) ? options['test'] : {};
  for (const value of [test['projects'], test['workspace'], options['projects'], options['workspace']])
    if (Array.isArray(value)) return value as readonly Json[];
  return undefined;
}

/** The same use as one of its own projects. */
export function asItself(use: RunnerUse): RunnerUse {
  const { projects: _, workspace: __, ...options } = use.options;
  return { ...use, options };
}

export function usesProjects(runner: Runner): boolean {
  return runner.id === 'jest' || runner.id === 'vitest';
}

/** All folders that hold files, themselves or below. */
export function foldersOf(walk: Walk): string[] {
  const folders = new Set<string>();
  for (const file of walk.files) for (let dir = dirOf(file); dir !== '' && !folders.has(dir); dir = dirOf(dir)) folders.add(dir);
  return [...folders].sort();
}
