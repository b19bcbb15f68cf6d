import type { LibraryCall } from '../model/abstract.js';
import type { CallId } from '../model/facts.js';
import type { FileIndex } from './file-index.js';
import type { Resolver } from './resolver.js';

/** Methods called on the variable that takes what the call gives back, and on the result itself. */
export function calledOn(index: FileIndex, id: CallId): readonly string[] {
  const names = new Set(index.chained(id));
  const holders = index.holders(id);
  if (holders.length > 0) {
    for (const { callee } of index.facts.calls)
      if (callee.kind === 'member' && callee.of.kind === 'ref' && holders.includes(callee.of.binding) && typeof callee.key === 'string') names.add(callee.key);
  }
  return [...names];
}

const SPIES = new Set(['jest.spyOn', 'vi.spyOn', 'vitest.spyOn']);

/** `vi.spyOn(mailer, 'send')` as a statement or in a variable, which is given nothing to answer with, or answers for single calls: every later call goes through. */
export function onlyWatches(r: Resolver, { entry, method, file, call: id }: LibraryCall): boolean {
  const index = r.index(file);
  const call = index?.facts.calls[id];
  if (!index || !call || call.args.length > 2) return false;
  // What sinon calls a spy lets every call through.
  if (entry.packages[0] === 'sinon') return /(^|\.)spy$/.test(method ?? '');
  if (!SPIES.has(method ?? '')) return false;
  if (call.waited !== 'floating' && index.holders(id).length === 0 && index.chained(id).length === 0) return false;
  return calledOn(index, id).every((name) => !/^(mock|and$|calls)/.test(name) || /^mock(Clear|Restore|Name|\w+Once)?$/.test(name));
}
