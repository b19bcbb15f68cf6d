/**
 * Tells calls that surely do nothing a story tells from those that may: most of a test file is arithmetic and assertions, and the
 * modules behind them need not even be read.
 */
import type { BindingId, CallId } from '../model/facts.js';
import { namesDriver } from './given-databases.js';
import { needsOfCall } from './needs.js';
import { isProvided } from './provided.js';
import type { Resolver } from './resolver.js';
import { PUTS_BACK } from './saved.js';

/** Globals through which a call can load, change or reach something. */
const REACHING = new Set(['process', 'globalThis', 'global', 'window', 'self', 'require', 'import', 'module', 'eval', 'Deno', 'Bun', 'arguments', 'this']);

export function createInertness(r: Resolver, mayAct: (path: string) => boolean): (path: string, call: CallId) => boolean {
  const imports = new Map<string, ReadonlyMap<BindingId, boolean>>();
  const actsAsImport = (path: string, binding: BindingId): boolean => {
    let known = imports.get(path) as Map<BindingId, boolean> | undefined;
    if (!known) imports.set(path, (known = new Map()));
    let acts = known.get(binding);
    if (acts === undefined) known.set(binding, (acts = importActs(r, path, binding, mayAct)));
    return acts;
  };
  const outers = new Map<string, boolean>();
  const actsAsGlobal = (name: string): boolean => {
    let acts = outers.get(name);
    if (acts === undefined) {
      const [head = name] = name.split('.');
      acts =
        REACHING.has(head) || name === 'import.meta' || (r.runner.vocabulary.globals && isWord(r, head)) || r.library.knowsGlobal(head) || isProvided(r, head);
      outers.set(name, acts);
    }
    return acts;
  };
  return (path, id) => {
    const index = r.index(path);
    const call = index?.facts.calls[id];
    if (!index || !call) return false;
    if (call.callee.kind === 'super' || namesDriver(call)) return false;
    const needs = needsOfCall(index, id);
    if (needs.self || needs.touches || needs.functions.size > 0) return false;
    for (const each of needs.outers) if (actsAsGlobal(each)) return false;
    for (const each of needs.imports) if (actsAsImport(path, each)) return false;
    return true;
  };
}

function isWord(r: Resolver, name: string): boolean {
  const { words, members, context } = r.runner.vocabulary;
  return Object.hasOwn(words, name) || Object.hasOwn(members, name) || Object.hasOwn(context, name);
}

function importActs(r: Resolver, path: string, binding: BindingId, mayAct: (path: string) => boolean): boolean {
  const imported = r.index(path)?.imports.get(binding);
  if (imported?.from.kind !== 'const' || typeof imported.from.value !== 'string') return true;
  const target = r.sources.resolveImport(path, imported.from.value);
  if ('file' in target) return mayAct(target.file) || PUTS_BACK.test(imported.name);
  if (!('package' in target)) return true;
  const name = target.subpath ? `${target.package}/${target.subpath}` : target.package;
  return r.runner.vocabulary.modules.includes(name) || r.library.acts(name) || r.library.acts(target.package);
}
