import { existsSync } from 'node:fs';
import { isObject, jsonObject } from './json-file.js';
import { dirOf, type Package, type Packages } from './packages.js';
import { readText } from './read-text.js';
import type { Walk } from './walk.js';

const DEPENDENCY_KEYS = ['devDependencies', 'dependencies', 'peerDependencies', 'optionalDependencies'];

/** The range that a package asks for, catalogs looked up. */
export function rangeOf(owner: Package, name: string, packages: Packages): string | undefined {
  for (const key of DEPENDENCY_KEYS) {
    const range = isObject(owner.json[key]) ? owner.json[key][name] : undefined;
    if (typeof range !== 'string') continue;
    const catalog = /^catalog:(.*)$/.exec(range);
    return catalog ? packages.catalogs.get(catalog[1] || 'default')?.get(name) : range;
  }
  return undefined;
}

/** The version of an installed package, else the lowest one that the nearest range allows. */
export function versionOf(names: readonly string[], dir: string, walk: Walk, packages: Packages): string | undefined {
  for (const name of names) {
    const own = packages.byName.get(name);
    for (let at = dir; ; at = dirOf(at)) {
      const folder = walk.absolute(at === '' ? 'node_modules' : `${at}/node_modules`);
      const installed = existsSync(folder) ? readVersion(`${folder}/${name}/package.json`) : undefined;
      const owner = packages.at(at);
      const range = owner && rangeOf(owner, name, packages);
      const version = installed ?? (range?.startsWith('workspace:') ? undefined : lowest(range));
      if (version !== undefined) return version;
      if (at === '') break;
    }
    if (own && typeof own.json['version'] === 'string') return own.json['version'];
  }
  return undefined;
}

/** Node has a test runner since 18.0: a package that still runs on older ones is tested on another version than it names. */
const FIRST_WITH_RUNNER = 18;

/** The version of Node that the project names for its tests, for runners that come with Node; none where that has no test runner. */
export function nodeVersion(dir: string, walk: Walk, packages: Packages): string | undefined {
  const named = namedNode(dir, walk, packages);
  return named !== undefined && Number.parseInt(named, 10) < FIRST_WITH_RUNNER ? undefined : named;
}

function namedNode(dir: string, walk: Walk, packages: Packages): string | undefined {
  for (let at = dir; ; at = dirOf(at)) {
    const json = packages.at(at)?.json;
    const pinned = isObject(json?.['volta']) ? json['volta']['node'] : undefined;
    if (typeof pinned === 'string') return lowest(pinned);
    for (const name of ['.nvmrc', '.node-version']) {
      const path = at === '' ? name : `${at}/${name}`;
      const version = walk.has(path) ? lowest(walk.read(path).text?.trim()) : undefined;
      if (version !== undefined) return version;
    }
    const engine = isObject(json?.['engines']) ? json['engines']['node'] : undefined;
    if (typeof engine === 'string' && lowest(engine) !== undefined) return lowest(engine);
    if (at === '') return undefined;
  }
}

/** The lowest version a range allows: `^29.7.0 || ^30` gives 29.7.0. A range without a lower end gives nothing. */
export function lowest(range: string | undefined): string | undefined {
  if (range === undefined) return undefined;
  const text = range.replace(/^npm:(?:@[^/]+\/)?[^@]+@/, '').replace(/^(?:workspace|patch):[^@]*@?/, '');
  let least: readonly number[] | undefined;
  for (const part of text.split('||')) {
    const version = /(?:^|[\s^~>=v])(\d+)(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?([-+][\w.-]+)?/.exec(part.trim());
    if (!version || /^\s*</.test(part)) continue;
    const numbers = [version[1], version[2], version[3]].map((each) => Number(each) || 0);
    if (!least || compare(numbers, least) < 0) least = numbers;
  }
  return least?.join('.');
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < 3; at++) if (a[at] !== b[at]) return (a[at] ?? 0) - (b[at] ?? 0);
  return 0;
}

function readVersion(path: string): string | undefined {
  const version = jsonObject(readText(path).text)?.['version'];
  return typeof version === 'string' ? version : undefined;
}
