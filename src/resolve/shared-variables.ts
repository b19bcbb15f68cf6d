import { eachValue } from '../model/code.js';
import type { BindingId, FunctionId, Value } from '../model/facts.js';
import { isAssertion } from './assertions.js';
import type { FileIndex } from './file-index.js';
import { remembered } from '../model/remembered.js';

/**
 * Which variables of a test file tests can hand to each other: those assigned again after their declaration, and collections
 * of a suite that start empty and are filled later.
 */
export function isHandedOn(index: FileIndex | undefined, binding: BindingId): boolean {
  const known = index?.facts.bindings[binding];
  if (!index || !known) return false;
  const writes = index.writes.get(binding) ?? [];
  if (known.form === 'let') return writes.length > 0;
  return isCollection(index, binding) && isLookedAt(index, binding);
}

/** Starts empty and stays the same object. A list that a module keeps is told as its state; of an object, each property for itself. */
export function isCollection(index: FileIndex | undefined, binding: BindingId): boolean {
  const known = index?.facts.bindings[binding];
  const [made, ...others] = index?.writes.get(binding) ?? [];
  if (!index || !known || !made || others.length > 0 || (known.in === 0 && made.value.kind !== 'record')) return false;
  return (known.form === 'const' || known.form === 'let') && made.fn === known.in && startsEmpty(index, made.value);
}

/** `const alice = { handle: 'alice', did: '' }`: a property that the object is made without, for whoever gives it later. */
export function isLeftBlank(index: FileIndex | undefined, binding: BindingId, key: string): boolean {
  const [made, ...others] = index?.writes.get(binding) ?? [];
  if (made?.value.kind !== 'record' || others.length > 0 || made.fn !== index!.facts.bindings[binding]!.in) return false;
  return made.value.entries.some((each) => 'key' in each && each.key === key && isBlank(each.value));
}

const isBlank = (value: Value): boolean =>
  value.kind === 'const' && (value.as === undefined ? value.value === '' || value.value === null : value.as === 'undefined');

/** Somebody asks what is in the collection. One that is only filled and handed to what fills it too is a log that nobody reads. */
const isLookedAt = (index: FileIndex, binding: BindingId): boolean => (looksIn(index)[binding] ?? 0) > 0;

/** How often each variable of a file is mentioned, apart from where it is filled or handed on. */
const looksIn = remembered((index: FileIndex): readonly number[] => {
  const counts: number[] = [];
  const count = (value: Value, by: number): void => {
    if (value.kind === 'ref') counts[value.binding] = (counts[value.binding] ?? 0) + by;
  };
  eachValue([index.facts.functions, index.facts.calls], (value) => count(value, 1));
  for (const call of index.facts.calls) {
    if (call.callee.kind === 'member' && typeof call.callee.key === 'string' && FILLS.has(call.callee.key)) count(call.callee.of, -1);
    if (!isAssertion(index, call)) for (const { value } of call.args) count(value, -1);
  }
  return counts;
});

const COLLECTIONS = new Set(['Map', 'Set', 'WeakMap', 'Array']);

function startsEmpty(index: FileIndex, value: Value): boolean {
  if (value.kind === 'list') return value.items.length === 0;
  if (value.kind === 'record') return value.entries.length === 0;
  if (value.kind !== 'result') return false;
  const call = index.facts.calls[value.call];
  return call?.form === 'new' && call.args.length === 0 && call.callee.kind === 'outer' && COLLECTIONS.has(call.callee.name);
}

/** Methods that fill a collection without looking at it. */
export const FILLS: ReadonlySet<string> = new Set(['push', 'unshift', 'set', 'add']);

/** `this.order`, where `this` is what the runner shares between the hooks and tests of a suite. */
export function ownContext(index: FileIndex, value: Value, fn: FunctionId | undefined): string | undefined {
  if (value.kind !== 'member' || typeof value.key !== 'string' || !(value.of.kind === 'self' || (value.of.kind === 'outer' && value.of.name === 'this')))
    return undefined;
  let each = fn;
  while (each !== undefined && index.facts.functions[each]?.arrow) each = index.facts.functions[each]?.in;
  const around = each === undefined ? undefined : index.facts.functions[each];
  return around?.kind === 'function' && around.owner === undefined ? `this.${value.key}` : undefined;
}
