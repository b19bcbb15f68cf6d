import type { Abstract } from '../model/abstract.js';
import { constantOf, unknown } from '../model/abstract.js';
import type { Import } from '../model/facts.js';
import type { Place } from '../model/place.js';
import { dataValue, isData, projectFile } from './documents.js';
import { property } from './evaluate.js';
import { libraryMember } from './members.js';
import type { Resolver } from './resolver.js';
import { wordNamed } from './words.js';

export function importValue(r: Resolver, from: Import, file: string, at: Place): Abstract {
  const specifier = constantOf(r.value(from.from, file, undefined));
  if (specifier === undefined) return unknown('an import whose name is computed', at);
  return imported(r, file, specifier, from.name, at);
}

/** The specifier of a module that is loaded together with the file that imports it; nothing for types, for `import()` and where it is computed. */
export function loadedFrom({ typeOnly, form, from }: Import): string | undefined {
  return typeOnly || form === 'dynamic' || from.kind !== 'const' || typeof from.value !== 'string' ? undefined : from.value;
}

/** What a name imported from a specifier is. `*` is the namespace, `module.exports` what `require` gives. */
export function imported(r: Resolver, file: string, specifier: string, name: string, at: Place): Abstract {
  // `require(path.join(__dirname, 'config.json'))`
  const own = /^(file:|<root>|<cwd>)/.test(specifier) ? projectFile(r, specifier, file) : undefined;
  const target = r.sources.resolveImport(file, own === undefined ? specifier : relativeTo(file, own));
  if ('missing' in target) return unknown(`the module \`${specifier}\` is not found`, at);
  if ('package' in target) {
    const packageName = target.subpath ? `${target.package}/${target.subpath}` : target.package;
    const { vocabulary } = r.runner;
    if (vocabulary.modules.includes(packageName)) {
      const word = name === '*' || name === 'module.exports' ? undefined : wordNamed(vocabulary, name, at);
      if (word) return word;
    }
    const whole = { kind: 'library', package: packageName, path: [], at } as const;
    return name === '*' || name === 'module.exports'
      ? whole
      : ((name === 'default' ? undefined : libraryMember(r, whole, name, at)) ?? { ...whole, path: [name] });
  }
  if (name === '*') return { kind: 'module', path: target.file };
  return exportOf(r, target.file, name, at) ?? unknown(`\`${name}\` is not exported by ${target.file}`, at);
}

/** A specifier that leads from one file of the project to another. */
function relativeTo(from: string, to: string): string {
  const up = from.split('/').length - 1;
  return `./${'../'.repeat(up)}${to}`;
}

/** What a module of the project exports under a name; nothing when it surely exports no such name. */
export function exportOf(r: Resolver, path: string, name: string, at: Place): Abstract | undefined {
  const key = `${path}\u0000${name}`;
  if (r.exportsMemo.has(key)) return r.exportsMemo.get(key);
  // Re-exports can go round in circles.
  r.exportsMemo.set(key, undefined);
  const found = findExport(r, path, name, at);
  r.exportsMemo.set(key, found);
  return found;
}

function findExport(r: Resolver, path: string, name: string, at: Place): Abstract | undefined {
  if (isData(path)) {
    const data = r.sources.data(path);
    if (data === undefined) return unknown(`${path} cannot be read`, at);
    const whole = dataValue(r, data, path);
    return name === 'default' || name === 'module.exports' ? whole : property(r, whole, name, at);
  }
  const index = r.index(path);
  if (!index) return unknown(`${path} cannot be read`, at);
  const own = index.exports.get(name);
  if (own) return 'from' in own ? imported(r, path, own.from, own.imported, { path, span: own.at }) : r.value(own.value, path, undefined);
  const common = index.exports.get('module.exports');
  if (common && 'value' in common) {
    const whole = r.value(common.value, path, undefined);
    if (name === 'module.exports' || name === 'default') return whole;
    return property(r, whole, name, at);
  }
  if (name === 'module.exports') return index.exports.size > 0 || index.stars.length > 0 ? { kind: 'module', path } : undefined;
  if (name === 'default' && index.exports.size > 0 && !hasEsm(index.facts.imports) && [...index.exports.values()].every((each) => 'value' in each))
    return { kind: 'module', path };
  for (const star of index.stars) {
    if (name === 'default') break;
    const target = r.sources.resolveImport(path, star.from);
    if ('file' in target) {
      if (r.sources.mayExport?.(target.file, name) === false) continue;
      const found = exportOf(r, target.file, name, at);
      if (found) return found;
    } else if ('package' in target && index.stars.length === 1) {
      return { kind: 'library', package: target.subpath ? `${target.package}/${target.subpath}` : target.package, path: [name], at };
    }
  }
  return undefined;
}

export const hasEsm = (imports: readonly Import[]): boolean => imports.some((each) => each.form === 'static' || each.form === 'side-effect');

/** A module's namespace member. */
export function moduleMember(r: Resolver, path: string, key: string, at: Place): Abstract | undefined {
  return exportOf(r, path, key, at) ?? (key === 'default' ? exportOf(r, path, 'module.exports', at) : undefined);
}

/** Files that are loaded with a file. */
export const loadedBy = (r: Resolver, file: string): readonly string[] =>
  (r.index(file)?.facts.imports ?? []).flatMap((each) => {
    const specifier = loadedFrom(each);
    const target = specifier === undefined ? undefined : r.sources.resolveImport(file, specifier);
    return target && 'file' in target ? [target.file] : [];
  });
