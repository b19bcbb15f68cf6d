/** What an object is given after it was made, by the module or the function that makes it: `const db = {}; db.open = () => {};`. */
import { isCommonExports } from '../model/code.js';
import type { BindingId, Call, Export, FileFacts, FunctionId, Span, Step, Value } from '../model/facts.js';
import { chain } from './chain.js';
import { copiesIn } from './copied-keys.js';
import type { ComputedWrite, MemberWrite, ParamPlace, Write } from './file-index.js';

type Filled = ReadonlyMap<string, readonly MemberWrite[]>;

interface Written {
  readonly facts: FileFacts;
  readonly writes: ReadonlyMap<number, readonly Write[]>;
  readonly memberWrites: ReadonlyMap<string, readonly MemberWrite[]>;
  readonly exports: ReadonlyMap<string, Export>;
}

/** By where the object literal begins. What functions write, a call decides; what branches write, nobody knows. */
export function filledIn({ facts, writes, memberWrites, exports }: Written): ReadonlyMap<number, Filled> {
  const out = new Map<number, Map<string, MemberWrite[]>>();
  const always = new Set(facts.functions[0]!.body.flatMap((step) => (step.do === 'bind' ? [step.at[0]] : [])));
  const common = exports.get('module.exports');
  const madeAt = (value: Value | undefined): Span | undefined => {
    if (value?.kind === 'record') return value.at;
    if (value?.kind !== 'ref') return undefined;
    const [only, ...others] = writes.get(value.binding) ?? [];
    return only?.value.kind === 'record' && only.fn === 0 && only.path.length === 0 && others.length === 0 ? only.value.at : undefined;
  };
  for (const [key, all] of memberWrites) {
    for (const write of all) {
      if (write.fn !== 0 || write.op !== undefined || !always.has(write.at[0])) continue;
      const at = madeAt(isCommonExports(write.of) && common && 'value' in common ? common.value : write.of);
      if (!at) continue;
      const given = out.get(at[0]) ?? new Map<string, MemberWrite[]>();
      out.set(at[0], given.set(key, [...(given.get(key) ?? []), write]));
    }
  }
  return out;
}

/** One property, or with `Object.assign(options, more)` all of another object, and what a loop copies from there. */
export interface Filling {
  readonly key: string | undefined;
  readonly value: Value;
  /** The list of the keys that are taken, where not all are. */
  readonly only?: Value;
  readonly at: Span;
  /** It stands in no branch and no loop, and nobody calls the function again before somebody asks. */
  readonly always: boolean;
}

interface FunctionsWritten extends Omit<Written, 'exports'> {
  readonly computedWrites: readonly ComputedWrite[];
  readonly params: ReadonlyMap<BindingId, ParamPlace>;
}

/** By variable: what the function that gives it an object adds to the object, in the order of the source. */
export function fillingsIn(written: FunctionsWritten): ReadonlyMap<BindingId, readonly Filling[]> {
  const { facts, writes, memberWrites } = written;
  const out = new Map<BindingId, Filling[]>();
  const straight = new Map<FunctionId, ReadonlySet<number>>();
  const isAlways = (fn: FunctionId, at: Span): boolean => {
    let known = straight.get(fn);
    if (!known) straight.set(fn, (known = new Set(straightSteps(facts.functions[fn]!.body).map((step) => step.at[0]))));
    return fn !== 0 && known.has(at[0]);
  };
  const add = (of: Value, fn: FunctionId, filling: Omit<Filling, 'always'>): void => {
    if (of.kind !== 'ref' || !writes.get(of.binding)?.some((each) => each.fn === fn && each.path.length === 0)) return;
    const known = out.get(of.binding) ?? [];
    known.push({ ...filling, always: isAlways(fn, filling.at) });
    out.set(of.binding, known);
  };
  for (const [key, all] of memberWrites) for (const { of, fn, value, at, op } of all) if (op === undefined) add(of, fn, { key, value, at });
  for (const call of facts.calls) {
    const [target, ...sources] = assigns(call) ? call.args : [];
    if (target) for (const { value } of sources) add(target.value, call.in, { key: undefined, value, at: call.at });
  }
  for (const { to, from, only, fn, at } of copiesIn(written)) add(to, fn, { key: undefined, value: from, at, ...(only ? { only } : {}) });
  for (const all of out.values()) all.sort((a, b) => a.at[0] - b.at[0]);
  return out;
}

export const assigns = ({ callee }: Call): boolean => callee.kind === 'member' && callee.key === 'assign' && chain(callee.of) === 'Object';

const straightSteps = (steps: readonly Step[]): Step[] =>
  steps.flatMap((step) => (step.do === 'try' || step.do === 'scope' ? straightSteps(step.body) : [step]));
