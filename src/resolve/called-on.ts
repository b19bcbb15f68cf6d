import type { LibraryCall } from '../model/abstract.js';
import type { CallId } from '../model/facts.js';
import type { FileIndex } from './file-index.js';
import type { Resolver } from './resolver.js';

/** Methods called on the variable that takes what the call gives back, and on the result itself. */
export function calledOn(index: FileIndex, id: CallId): readonly string[] {
  const names = new Set(index.chained(id));
  const holders = new Set<number>();
  for (const [binding, writes] of index.writes)
    if (writes.some((write) => write.value.kind === 'result' && write.value.call === id && write.path.length === 0)) holders.add(binding);
  if (holders.size > 0) {
    for (const { callee } of index.facts.calls)
      if (callee.kind === 'member' && callee.of.kind === 'ref' && holders.has(callee.of.binding) && typeof callee.key === 'string') names.add(callee.key);
  }
  return [...names];
}

const SPIES = new Set(['jest.spyOn', 'vi.spyOn', 'vitest.spyOn']);

/** `vi.spyOn(mailer, 'send')` as a statement or in a variable, which is given nothing to answer with: every call goes through. */
export function onlyWatches(r: Resolver, { method, file, call: id }: LibraryCall): boolean {
  const index = r.index(file);
  const call = index?.facts.calls[id];
  if (!index || !call || !SPIES.has(method ?? '') || call.args.length > 2) return false;
  const isHeld = [...index.writes.values()].some((writes) =>
    writes.some((write) => write.value.kind === 'result' && write.value.call === id && write.path.length === 0),
  );
  if (!isHeld && call.waited !== 'floating') return false;
  return calledOn(index, id).every((name) => !/^(mock|and$|calls)/.test(name) || /^mock(Clear|Restore|Name)$/.test(name));
}
