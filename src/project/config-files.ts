import { posix } from 'node:path';
import type { Runner } from '../model/runner.js';
import { globTest } from './globs.js';
import { isObject, jsonSpans } from './json-file.js';
import { dirOf, inFixture, type Package, type Packages } from './packages.js';
import { placesOf, readConfigFile, withPreset, type ConfigRead, type ReadConfig } from './read-config.js';
import type { Walk } from './walk.js';

export interface ConfigFiles {
  /** The file that a runner reads by itself when it is started in a folder. */
  standard(runner: Runner, dir: string): string | undefined;
  /** Folders in which a runner has a configuration file of its own, in order. */
  folders(runner: Runner): readonly string[];
  /** The file beside it that lists projects. */
  workspace(runner: Runner, dir: string): string | undefined;
  read(path: string): ConfigRead;
  readKey(owner: Package, key: string): ConfigRead | undefined;
}

/** `jasmine.json` lies in `spec/support`, `mocha.opts` in `test`: the runner finds them from the package's folder. */
const SUPPORT_FOLDERS = ['spec/support', 'test', 'spec', 'tests', '.config', 'config'];
const WORKSPACE_NAME = /\.(?:workspace|projects)\.\w+$/;
const SUPPORT_NAME = /^(?:jasmine|mocha)\./;

export function configFiles(walk: Walk, packages: Packages, runners: readonly Runner[], readConfig: ReadConfig): ConfigFiles {
  const matchers = runners.map((runner) => ({ id: runner.id, test: globTest(runner.configFiles) }));
  const found = new Map<string, Map<string, string[]>>(runners.map((runner) => [runner.id, new Map()]));
  const idsByName = new Map<string, readonly string[]>();
  for (const path of walk.files) {
    const base = posix.basename(path);
    let ids = idsByName.get(base);
    if (!ids) idsByName.set(base, (ids = matchers.filter(({ test }) => test?.(base)).map(({ id }) => id)));
    if (ids.length === 0 || inFixture(path)) continue;
    const dir = dirOf(path);
    for (const id of ids) found.get(id)?.set(dir, [...(found.get(id)?.get(dir) ?? []), path]);
  }
  const reads = new Map<string, ConfigRead>();
  const read = (path: string): ConfigRead => {
    const known = reads.get(path);
    if (known) return known;
    const merged = readConfigFile(path, walk, packages, readConfig, read);
    reads.set(path, merged);
    return merged;
  };
  return {
    read,
    folders: (runner) =>
      [...(found.get(runner.id) ?? [])]
        .filter(([, paths]) => paths.some((path) => isOwnName(runner, path) && !SUPPORT_NAME.test(posix.basename(path))))
        .map(([dir]) => dir),
    standard(runner, dir) {
      const byFolder = found.get(runner.id);
      for (const folder of [dir, ...SUPPORT_FOLDERS.map((each) => (dir === '' ? each : `${dir}/${each}`))]) {
        const paths = byFolder?.get(folder)?.filter((path) => folder === dir || SUPPORT_NAME.test(posix.basename(path)));
        if (paths?.length) return first(paths, runner);
      }
      return undefined;
    },
    workspace: (runner, dir) =>
      found
        .get(runner.id)
        ?.get(dir)
        ?.find((path) => WORKSPACE_NAME.test(posix.basename(path))),
    readKey(owner, key) {
      const value = owner.json[key];
      if (value === undefined) return undefined;
      // AVA and others allow a path there.
      if (typeof value === 'string') return { options: {}, computed: [{ key: '', why: `package.json points to \`${value}\`` }] };
      if (!isObject(value)) return undefined;
      const own = { options: value, computed: [], optionPlaces: placesOf(owner.path, jsonSpans(owner.text), [key]) };
      return withPreset(own, owner.path, walk, packages, read);
    },
  };
}

/** Whether the file is the runner's alone: `vite.config.ts` says nothing about tests. */
export function isOwnName(runner: Runner, path: string): boolean {
  return !posix.basename(path).startsWith('vite.config.') || runner.id === 'vite';
}

function first(paths: readonly string[], runner: Runner): string {
  const rank = (path: string): number => runner.configFiles.findIndex((glob) => globTest([glob])?.(posix.basename(path)));
  return [...paths].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))[0] ?? '';
}
