import type { Abstract, FunctionValue, LibraryValue } from '../model/abstract.js';
import type { FunctionId } from '../model/facts.js';
import { isTestSide } from '../model/test-side.js';
import { property } from './evaluate.js';
import { exportOf, moduleMember } from './modules.js';
import { place, type Resolver } from './resolver.js';

/**
 * A project that is itself a library of the catalogue and speaks to its server without another one: what its calls do cannot be read from
 * the inside, and the catalogue knows it. Where it leans on a client that the catalogue knows too, the inside says more.
 */
export function ownLibrary(r: Resolver): Resolver['own'] {
  const out = new Map<string, Map<FunctionId, LibraryValue>>();
  const published = r.sources.published?.() ?? [];
  const names = new Set(published.map((each) => each.name));
  for (const { name, entry, dependencies, peers } of published) {
    const kinds = r.library.reaches(name);
    const leansOn = (each: string): boolean => !names.has(each) && r.library.reaches(each).size > 0;
    // An ORM names the clients of all its engines as peers, and loads one of them out of sight; a queue for Redis uses the client it is given.
    const isGiven = (each: string): boolean => kinds.size === 1 && leansOn(each) && [...r.library.reaches(each)].some((kind) => kinds.has(kind));
    if (kinds.size === 0 || dependencies.some(leansOn) || peers.some(isGiven)) continue;
    const at = place(entry, [0, 0]);
    for (const path of r.library.exportsOf(name)) {
      const [first = 'default', ...rest] = path;
      let value: Abstract | undefined = moduleMember(r, entry, first, at) ?? (first === 'default' ? exportOf(r, entry, 'module.exports', at) : undefined);
      for (const key of rest) value = value && property(r, value, key, at);
      for (const each of value?.kind === 'oneOf' ? value.of : [value]) {
        if (each?.kind !== 'fn') continue;
        const known = out.get(each.file) ?? new Map<FunctionId, LibraryValue>();
        out.set(each.file, known);
        if (!known.has(each.fn)) known.set(each.fn, { kind: 'library', package: name, path, at, own: true });
      }
    }
  }
  return out;
}

/** The library call that a test makes where it calls a function of the project. */
export function asLibrary(r: Resolver, callee: FunctionValue, caller: string): LibraryValue | undefined {
  if (r.own.size === 0 || !(caller === r.told || isTestSide(caller))) return undefined;
  return r.own.get(callee.file)?.get(callee.fn);
}
