import { posix } from 'node:path';
import { isObject, jsonObject, type JsonObject } from './json-file.js';
import { dirOf, joinPath, packageName, type Packages } from './packages.js';
import type { Walk } from './walk.js';

/** One pattern of `paths` with what it may stand for, relative to the project's root. */
interface Mapping {
  readonly pattern: string;
  readonly targets: readonly string[];
}

/** What a tsconfig says of names, with what it extends. */
interface Names {
  readonly mappings: readonly Mapping[];
  /** Where a name may begin that no pattern fits. */
  readonly base?: string;
}

const NONE: Names = { mappings: [] };

/**
 * The files that a name can mean by `paths` and `baseUrl` of the nearest tsconfig.json, without extensions. For the configurations that the native
 * resolver gives up on: where one extends a package that is not installed, what stands in the project still holds.
 */
export function namedByTsconfig(walk: Walk, packages: Packages): (fromFile: string, specifier: string) => readonly string[] {
  const read = new Map<string, Names>();
  const nearest = new Map<string, Names>();

  function namesOf(path: string): Names {
    const known = read.get(path);
    if (known) return known;
    // Also ends circles.
    read.set(path, NONE);
    const json = jsonObject(walk.read(path).text);
    if (!json) return NONE;
    let { mappings, base } = extended(json, path)
      .map((each) => namesOf(each))
      .reduce(laidOver, NONE);
    const options = isObject(json['compilerOptions']) ? json['compilerOptions'] : {};
    const url = typeof options['baseUrl'] === 'string' ? joinPath(dirOf(path), options['baseUrl']) : undefined;
    base = url ?? base;
    if (isObject(options['paths'])) mappings = mappingsOf(options['paths'], base ?? dirOf(path));
    // A solution of several projects says nothing itself: each of them has names of its own.
    const parts = mappings.length > 0 ? [] : references(json, path).map((each) => namesOf(each));
    const names = { mappings: [...mappings, ...parts.flatMap((each) => each.mappings)], ...(base === undefined ? {} : { base }) };
    read.set(path, names);
    return names;
  }

  /** The files of the project that it extends; what lies in installed packages is left out. */
  function extended(json: JsonObject, path: string): string[] {
    const all = Array.isArray(json['extends']) ? json['extends'] : [json['extends']];
    return all.flatMap((each) => {
      if (typeof each !== 'string') return [];
      if (each.startsWith('.')) return fileAt(joinPath(dirOf(path), each)) ?? [];
      const name = packageName(each) ?? '';
      const own = packages.byName.get(name);
      return (own && fileAt(joinPath(own.dir, each.slice(name.length + 1)))) ?? [];
    });
  }

  const references = (json: JsonObject, path: string): string[] =>
    (Array.isArray(json['references']) ? json['references'] : []).flatMap((each) =>
      isObject(each) && typeof each['path'] === 'string' ? (fileAt(joinPath(dirOf(path), each['path'])) ?? []) : [],
    );

  const fileAt = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : [path, `${path}.json`, posix.join(path, 'tsconfig.json')].find((each) => walk.has(each));

  function nearestTo(dir: string): Names {
    const known = nearest.get(dir);
    if (known) return known;
    const path = posix.join(dir, 'tsconfig.json');
    const names = walk.has(path) ? namesOf(path) : dir === '' ? NONE : nearestTo(dirOf(dir));
    nearest.set(dir, names);
    return names;
  }

  return (fromFile, specifier) => {
    const { mappings, base } = nearestTo(dirOf(fromFile));
    const inBase = base === undefined ? undefined : joinPath(base, specifier);
    return [...mappings.flatMap((each) => meant(each, specifier)), ...(inBase === undefined ? [] : [inBase])];
  };
}

const laidOver = (under: Names, over: Names): Names => ({ ...under, ...over, mappings: over.mappings.length > 0 ? over.mappings : under.mappings });

/** The most specific pattern first: the one with the longest text before its star. */
const mappingsOf = (paths: JsonObject, base: string): Mapping[] =>
  Object.entries(paths)
    .map(([pattern, targets]) => ({
      pattern,
      targets: (Array.isArray(targets) ? targets : []).flatMap((each) => (typeof each === 'string' ? (joinPath(base, each) ?? []) : [])),
    }))
    .sort((a, b) => fixed(b.pattern) - fixed(a.pattern));

const fixed = (pattern: string): number => (pattern.includes('*') ? pattern.indexOf('*') : Infinity);

/** `src/db` for `@/db`, where `@/*` stands for `src/*`. */
function meant({ pattern, targets }: Mapping, specifier: string): string[] {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === specifier ? [...targets] : [];
  const end = pattern.slice(star + 1);
  if (specifier.length < star + end.length || !specifier.startsWith(pattern.slice(0, star)) || !specifier.endsWith(end)) return [];
  const rest = specifier.slice(star, specifier.length - end.length);
  return targets.map((each) => each.replace('*', () => rest));
}
