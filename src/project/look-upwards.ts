import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { factsOf, parseWithOxc, runners } from '../core.js';
import type { FileFacts } from '../model/facts.js';
import { configReader } from './config-reader.js';
import { discover } from './discover.js';
import type { Project } from './project.js';
import { findPackages } from './packages.js';
import { readText } from './read-text.js';
import { createResolver } from './resolve-import.js';
import { sourceTexts, type SourceTexts } from './source-texts.js';
import type { SuiteUse } from './test-files.js';
import { walkOf, type Walk } from './walk.js';

/** What the folders above a file say of it, without listing the project. */
export interface Home {
  readonly walk: Walk;
  readonly suites: readonly SuiteUse[];
  readonly texts: SourceTexts;
}

interface Kept {
  readonly home: Home;
  /** Modification times of what was read or listed; nothing where there was nothing. */
  readonly stamps: ReadonlyMap<string, number | undefined>;
}

/** Configurations that lie deeper than the folder they speak of. */
const SUPPORT = ['spec/support', 'spec', 'test', 'tests', '.config', 'config'];
const SUPPORT_FILE = /^(?:jasmine|mocha)\./;
const LEFT_OUT = /(?:^|\/)node_modules\//;

const kept = new Map<string, Kept>();
/** Facts of setup and configuration files, which many folders share. */
const shared = new Map<string, { readonly mtimeMs: number; readonly facts: FileFacts }>();

/**
 * The folder that a file's paths are relative to: the one the caller works in, where that is a project around the file, else the
 * nearest folder with a package.json, or one above it that is the repository or lists its packages.
 */
export function rootOf(file: string, cwd: string): string | undefined {
  if (isBelow(file, cwd) && exists(cwd, 'package.json')) return cwd;
  let root: string | undefined;
  for (let dir = dirname(file); ; dir = dirname(dir)) {
    const isRepository = exists(dir, '.git');
    if (exists(dir, 'package.json') && (root === undefined || isRepository || listsPackages(dir))) root = dir;
    if (isRepository || dirname(dir) === dir) return root;
  }
}

function listsPackages(dir: string): boolean {
  return exists(dir, 'pnpm-workspace.yaml') || exists(dir, 'lerna.json') || (readText(join(dir, 'package.json')).text?.includes('"workspaces"') ?? false);
}

const exists = (dir: string, name: string): boolean => mtimeOf(join(dir, name)) !== undefined;

/** The suite that loads a test file, with the file's path below the root; nothing for files that no runner loads. */
export function lookUpwards(file: string, root: string): { readonly path: string; readonly suite: SuiteUse; readonly home: Home } | undefined {
  const path = relative(root, file).split(sep).join('/');
  if (path.startsWith('../') || LEFT_OUT.test(path)) return undefined;
  const folder = dirname(file);
  const key = `${root}\0${folder}`;
  let found = current(key) ?? keep(key, look(root, folder));
  // A file that is not saved yet belongs to the suite that its name will belong to.
  if (!found.home.walk.has(path)) found = current(`${key}\0${path}`) ?? keep(`${key}\0${path}`, look(root, folder, path));
  const suite = found.home.suites.find((each) => each.testFiles.includes(path));
  return suite && { path, suite, home: found.home };
}

function current(key: string): Kept | undefined {
  const known = kept.get(key);
  for (const [path, mtime] of known?.stamps ?? []) if (mtimeOf(path) !== mtime) return undefined;
  return known;
}

function keep(key: string, made: Kept): Kept {
  kept.set(key, made);
  return made;
}

function look(root: string, folder: string, unsaved?: string): Kept {
  const stamps = new Map<string, number | undefined>();
  const seen = (path: string): string => {
    if (!stamps.has(path)) stamps.set(path, mtimeOf(path));
    return path;
  };
  const files: string[] = unsaved === undefined ? [] : [unsaved];
  for (let dir = folder; ; dir = dirname(dir)) {
    const inside = (name: string): string => relative(root, join(dir, name)).split(sep).join('/');
    for (const name of filesIn(seen(dir))) files.push(inside(name));
    for (const support of SUPPORT) {
      for (const name of filesIn(join(dir, support))) if (SUPPORT_FILE.test(name)) files.push(inside(`${support}/${name}`));
    }
    if (dir === root) break;
  }
  const listed = walkOf(root, [...new Set(files)].sort());
  const walk: Walk = {
    ...listed,
    absolute: (path) => seen(listed.absolute(path)),
    read: (path) => readText(seen(listed.absolute(path))),
    // Setup files and presets lie beside the folders above.
    has: (path) => listed.has(path) || isFile(join(root, path)),
  };
  const packages = findPackages(walk);
  const project: Project = {
    walk,
    packages,
    ci: { scripts: [], services: [], variables: [], gaps: [] },
    resolve: createResolver(walk, packages),
    readText: (path) => walk.read(path).text,
  };
  const texts = sourceTexts(
    walk,
    (path, text) => {
      const absolute = listed.absolute(path);
      const mtimeMs = mtimeOf(absolute);
      const known = shared.get(absolute);
      if (known && known.mtimeMs === mtimeMs && known.facts.path === path) return known.facts;
      const facts = factsOf(path, text, parseWithOxc);
      if (mtimeMs !== undefined) shared.set(absolute, { mtimeMs, facts });
      return facts;
    },
    undefined,
  );
  const { suites } = discover(project, runners, configReader(project, texts));
  // What is asked for later, setup files say, counts as read too.
  for (const path of suites.flatMap((suite) => [...suite.setupFiles, ...suite.globalSetup])) seen(listed.absolute(path));
  return { home: { walk, suites, texts }, stamps };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function mtimeOf(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  } catch {
    // A name that no disk allows: `<input>` on Windows.
    return undefined;
  }
}

function isBelow(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return way !== '' && !way.startsWith('..') && !way.includes(':');
}
