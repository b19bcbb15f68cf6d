import type { Json } from '../model/runner.js';
import { isObject } from './json-file.js';
import { joinPath, type Package } from './packages.js';
import { builtFrom } from './built-from.js';
import type { Walk } from './walk.js';

const CONDITIONS = ['source', 'development', 'import', 'require', 'node', 'module', 'default', 'types'];
const MAIN_FIELDS = ['source', 'module', 'main', 'types', 'typings'];

/**
 * The file that an import of a package of this project means, found from its package.json alone: nothing need be installed,
 * and where only the built file is named the source it comes from is taken.
 */
export function workspaceFile(owner: Package, subpath: string, walk: Walk): string | undefined {
  const targets: string[] = [];
  const exports = owner.json['exports'];
  if (exports !== undefined) targets.push(...exportTargets(exports, subpath === '' ? '.' : `./${subpath}`));
  if (subpath === '') {
    for (const field of MAIN_FIELDS) if (typeof owner.json[field] === 'string') targets.push(owner.json[field]);
    targets.push('src/index.ts', 'index.ts', 'lib/index.ts', 'source/index.ts', 'src/main.ts');
  } else {
    targets.push(subpath, `src/${subpath}`, `lib/${subpath}`, `dist/${subpath}`);
  }
  const paths = targets.flatMap((target) => joinPath(owner.dir, target) ?? []);
  for (const path of paths) {
    // A source beside or behind the built file is what tests are about, also when a build lies around.
    const source = /(?:^|\/)(?:dist|build|out|output|esm|cjs)\//.test(path) ? builtFrom(path).find((each) => walk.has(each)) : undefined;
    const file = source ?? (walk.has(path) ? path : builtFrom(path).find((each) => walk.has(each)));
    if (file !== undefined) return file;
  }
  return undefined;
}

/** The targets of an `exports` map for a subpath, best condition first. */
function exportTargets(exports: Json, subpath: string): string[] {
  if (!isObject(exports) || !Object.keys(exports).some((key) => key.startsWith('.'))) return subpath === '.' ? conditional(exports) : [];
  const exact = exports[subpath];
  if (exact !== undefined) return conditional(exact);
  let best: { key: string; rest: string } | undefined;
  for (const key of Object.keys(exports)) {
    const star = key.indexOf('*');
    if (star < 0 || !subpath.startsWith(key.slice(0, star)) || !subpath.endsWith(key.slice(star + 1))) continue;
    if (!best || star > best.key.indexOf('*')) best = { key, rest: subpath.slice(star, subpath.length - (key.length - star - 1)) };
  }
  return best ? conditional(exports[best.key] as Json).map((target) => target.replaceAll('*', best.rest)) : [];
}

function conditional(target: Json): string[] {
  if (typeof target === 'string') return [target];
  if (Array.isArray(target)) return target.flatMap((each: Json) => conditional(each));
  if (!isObject(target)) return [];
  const rank = (key: string): number => (CONDITIONS.includes(key) ? CONDITIONS.indexOf(key) : CONDITIONS.length);
  return Object.keys(target)
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((key) => conditional(target[key] as Json));
}
