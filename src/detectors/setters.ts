/**
 * Properties of an object or a class of the product that one of its methods sets to what it is given: `registry.setStrict(false)`.
 * It knows the file that keeps the object, and not who calls it.
 */
import type { StateChange } from '../model/claims.js';
import { allSteps, eachValue, isIn, isSame } from '../model/code.js';
import type { FileFacts, FunctionId, Span, Value } from '../model/facts.js';
import { allValues } from '../model/values.js';

interface Method {
  readonly name: string;
  readonly fn: FunctionId;
}

/** Names through which somebody sees the property that the change has set; nothing where the change is none by such a method. */
export function readersOfProperty(facts: FileFacts, change: StateChange): ReadonlySet<string> | undefined {
  const property = /#[A-Za-z_$][\w$]*\.([A-Za-z_$#][\w$]*)$/.exec(change.cell)?.[1];
  if (property === undefined) return undefined;
  const written = writesOf(facts, property);
  const set = written.find(({ at }) => isSame(at, change.at.span));
  if (!set || !namesParameter(facts, set.value, set.fn)) return undefined;
  const methods = methodsBeside(facts, set.fn);
  if (!methods) return undefined;
  const named = namesOf(facts, property).filter((each) => !written.some(({ to }) => isSame(to, each)));
  const readers = methods.filter(({ fn }) => {
    const { at } = facts.functions[fn]!;
    return named.some((each) => isIn(each, at)) && !written.some((each) => isIn(each.at, at));
  });
  return new Set([property, ...readers.map((each) => each.name)]);
}

/** The methods of the class or object that has this one. Of several objects of a class nobody could tell which one is meant. */
function methodsBeside(facts: FileFacts, fn: FunctionId): readonly Method[] | undefined {
  const owner = facts.functions[fn]?.owner;
  const members = owner === undefined ? undefined : facts.functions[owner]?.members;
  if (owner !== undefined && members)
    return countMade(facts, owner) > 1
      ? undefined
      : members.flatMap(({ key, value }) => (typeof key === 'string' && value.kind === 'fn' ? [{ name: key, fn: value.fn }] : []));
  for (const value of allValues(facts)) {
    if (value.kind !== 'record') continue;
    const methods = value.entries.flatMap((each) =>
      'key' in each && typeof each.key === 'string' && each.value.kind === 'fn' ? [{ name: each.key, fn: each.value.fn }] : [],
    );
    if (methods.some((each) => each.fn === fn)) return methods;
  }
  return undefined;
}

/** How many objects of the class the module makes while it loads. */
function countMade({ calls, bindings, functions }: FileFacts, owner: FunctionId): number {
  const name = functions[owner]?.name;
  return calls.filter(({ form, callee, in: fn }) => form === 'new' && fn === 0 && callee.kind === 'ref' && bindings[callee.binding]?.name === name).length;
}

interface Write {
  readonly fn: FunctionId;
  readonly at: Span;
  readonly to: Span;
  readonly value: Value;
}

const writesOf = (facts: FileFacts, property: string): Write[] =>
  [...allSteps(facts)].flatMap(({ step, fn }) =>
    step.do === 'bind' && step.to.kind === 'member' && step.to.key === property ? [{ fn, at: step.at, to: step.to.at, value: step.value }] : [],
  );

/** Where the property of any object is named. */
const namesOf = (facts: FileFacts, property: string): Span[] =>
  [...allValues(facts)].flatMap((value) => (value.kind === 'member' && value.key === property ? [value.at] : []));

/** What the caller of the function hands over is part of the value. */
function namesParameter({ bindings }: FileFacts, value: Value, fn: FunctionId): boolean {
  let found = false;
  eachValue(value, (each) => {
    if (each.kind === 'ref' && bindings[each.binding]?.form === 'param' && bindings[each.binding]?.in === fn) found = true;
  });
  return found;
}
