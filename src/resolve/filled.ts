/** What an object is given after it was made, by the body of the module that makes it: `const db = {}; db.open = () => {};`. */
import { isCommonExports } from '../model/code.js';
import type { Export, FileFacts, Span, Value } from '../model/facts.js';
import type { MemberWrite, Write } from './file-index.js';

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
