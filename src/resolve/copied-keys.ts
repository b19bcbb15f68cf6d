/** What a loop copies from one object to another, key by key: `for (const key of ['host', 'database']) to[key] = from[key]`, with `forEach` too. */
import type { BindingId, FileFacts, FunctionId, Span, Value } from '../model/facts.js';
import type { ComputedWrite, ParamPlace, Write } from './file-index.js';

export interface Copy {
  readonly to: Value;
  readonly from: Value;
  /** The list of the keys. Without it, keys that `for ... in` finds. */
  readonly only?: Value;
  /** The function that holds the loop. */
  readonly fn: FunctionId;
  readonly at: Span;
}

interface Loop {
  readonly only?: Value;
  readonly fn: FunctionId;
  readonly at?: Span;
}

interface Looked {
  readonly facts: FileFacts;
  readonly writes: ReadonlyMap<BindingId, readonly Write[]>;
  readonly computedWrites: readonly ComputedWrite[];
  readonly params: ReadonlyMap<BindingId, ParamPlace>;
}

export function copiesIn({ facts, writes, computedWrites, params }: Looked): readonly Copy[] {
  const out: Copy[] = [];
  for (const { of, by, value, op, fn, at } of computedWrites) {
    if (op !== undefined || by.kind !== 'ref' || value.kind !== 'member' || typeof value.key === 'string') continue;
    if (value.key.kind !== 'ref' || value.key.binding !== by.binding) continue;
    const loop = loopOf(by.binding, fn);
    // What the callback itself makes is another object for each key.
    if (!loop || [of, value.of].some((each) => each.kind === 'ref' && fn !== loop.fn && facts.bindings[each.binding]!.in === fn)) continue;
    out.push({ to: of, from: value.of, fn: loop.fn, at: loop.at ?? at, ...(loop.only ? { only: loop.only } : {}) });
  }
  return out;

  function loopOf(key: BindingId, fn: FunctionId): Loop | undefined {
    if (params.has(key)) {
      if (params.get(key)!.index !== 0 || facts.bindings[key]!.in !== fn) return undefined;
      const call = facts.calls.find(
        ({ callee, args }) => callee.kind === 'member' && callee.key === 'forEach' && args[0]?.value.kind === 'fn' && args[0].value.fn === fn,
      );
      return call?.callee.kind === 'member' ? { only: call.callee.of, fn: call.in, at: call.at } : undefined;
    }
    const [only, ...others] = writes.get(key) ?? [];
    // Nobody writes the variable of `for ... in` but the loop, which does not say what it takes the keys from.
    if (!only) return facts.bindings[key]!.form === 'const' || facts.bindings[key]!.form === 'let' ? { fn } : undefined;
    return only.each && only.path.length === 0 && others.length === 0 ? { only: only.value, fn: only.fn, at: only.at } : undefined;
  }
}
