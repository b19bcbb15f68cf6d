/** Globals that setup files make for all test files: `global.helpers = { ... }`. */
import type { Abstract } from '../model/abstract.js';
import type { Value } from '../model/facts.js';
import type { Resolver } from './resolver.js';

interface Provided {
  readonly file: string;
  readonly value: Value;
}
const known = new WeakMap<readonly string[], ReadonlyMap<string, Provided>>();

/** What the platform has under a name stays what it is, whatever a setup file puts in its place. */
const PLATFORM =
  /^([A-Z]\w*|window|self|globalThis|global|document|navigator|location|history|console|process|module|exports|require|fetch|crypto|performance|localStorage|sessionStorage|set[A-Z]\w*|clear[A-Z]\w*|requestAnimationFrame|cancelAnimationFrame|matchMedia|structuredClone|queueMicrotask|alert|confirm|prompt|__\w+)$/;

function providedBy(r: Resolver): ReadonlyMap<string, Provided> {
  const { setupFiles } = r.runner;
  let all = known.get(setupFiles) as Map<string, Provided> | undefined;
  if (all) return all;
  known.set(setupFiles, (all = new Map()));
  for (const file of setupFiles) {
    for (const [key, writes] of r.index(file)?.memberWrites ?? []) {
      if (PLATFORM.test(key)) continue;
      const own = writes.filter((each) => each.of.kind === 'outer' && (each.of.name === 'global' || each.of.name === 'globalThis'));
      if (own.length === 1) all.set(key, { file, value: own[0]!.value });
    }
  }
  return all;
}

export const isProvided = (r: Resolver, name: string): boolean => providedBy(r).has(name);

export function provided(r: Resolver, name: string): Abstract | undefined {
  const found = providedBy(r).get(name);
  const value = found && r.value(found.value, found.file, undefined);
  return value && KINDS.has(value.kind) ? value : undefined;
}

const KINDS: ReadonlySet<Abstract['kind']> = new Set(['fn', 'record', 'module', 'library', 'instance', 'handle']);
