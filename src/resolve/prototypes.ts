/**
 * Classes written as functions: `function Queue(name) { this.name = name; }`, `Queue.prototype.add = function () { ... }`,
 * `util.inherits(Queue, EventEmitter)`.
 */
import type { Abstract, Frame, FunctionValue, InstanceValue } from '../model/abstract.js';
import type { BindingId, FunctionId, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import type { FileIndex, MemberWrite } from './file-index.js';
import { frameOf } from './frames.js';
import { passedBy } from './initialisers.js';
import type { Resolver } from './resolver.js';
import { oneOf } from './text.js';
import { remembered } from '../model/remembered.js';

/** Whether `new` of a plain function makes an object: the function fills `this`, or has a prototype that somebody fills. */
export function isConstructor(index: FileIndex | undefined, fn: FunctionId): boolean {
  const facts = index?.facts.functions[fn];
  if (!index || facts?.kind !== 'function' || facts.arrow) return false;
  const known = constructors.get(index) ?? new Map<FunctionId, boolean>();
  constructors.set(index, known);
  let answer = known.get(fn);
  if (answer === undefined) {
    answer = [...index.memberWrites.values()].some((writes) => writes.some((write) => isOwn(index, fn, write) || isOfPrototype(index, fn, write.of)));
    known.set(fn, answer);
  }
  return answer;
}

/** What `new` of it makes. */
export function madeBy(r: Resolver, { file, fn, scope }: FunctionValue, args: readonly Abstract[], at: Place): InstanceValue | undefined {
  return isConstructor(r.index(file), fn) ? { kind: 'instance', file, fn, scope, args, at } : undefined;
}

const constructors = new WeakMap<FileIndex, Map<FunctionId, boolean>>();

/** A member of an object that such a function has made; nothing where it has none of the name. */
export function prototypeMember(r: Resolver, value: InstanceValue, key: string, self: InstanceValue = value, depth = 0): Abstract | undefined {
  const index = r.index(value.file);
  if (!index || depth > 4) return undefined;
  const { file, fn, scope } = value;
  const values: Abstract[] = [];
  for (const write of index.memberWrites.get(key) ?? []) {
    if (write.op) continue;
    if (isOfPrototype(index, fn, write.of)) {
      const found = r.value(write.value, file, scope);
      values.push(found.kind === 'fn' ? { ...found, self } : found);
    } else if (isOwn(index, fn, write)) {
      const made = (holder: FunctionId, args: readonly Abstract[]): Frame => frameOf(r, { kind: 'fn', file, fn: holder, scope }, args, 1, self);
      const isMethod = (name: string): boolean =>
        index.memberWrites.get(name)?.some((each) => isOfPrototype(index, fn, each.of) && each.value.kind === 'fn' && each.value.fn === write.fn) === true;
      const passed = self !== value ? [] : write.fn === fn ? value.args : passedBy(r, index, fn, () => made(fn, value.args), isMethod);
      values.push(r.value(write.value, file, made(write.fn, passed)));
    }
  }
  for (const write of index.memberWrites.get('prototype') ?? []) {
    if (!isItself(index, fn, write.of)) continue;
    const prototype = r.value(write.value, file, scope);
    const found = prototype.kind === 'record' ? prototype.get(key) : undefined;
    if (found) values.push(found.kind === 'fn' ? { ...found, self } : found);
  }
  const real = values.filter((each) => !(each.kind === 'const' && (each.value === undefined || each.value === null)));
  if (real.length > 0) return oneOf(real);
  if (values.length > 0) return values[0];
  const base = baseOf(r, index, fn, file);
  return base && isConstructor(r.index(base.file), base.fn)
    ? prototypeMember(r, { ...value, file: base.file, fn: base.fn, scope: base.scope }, key, self, depth + 1)
    : undefined;
}

/** What `inherits(Queue, Base)` names as the base. */
function baseOf(r: Resolver, index: FileIndex, fn: FunctionId, file: string): Extract<Abstract, { kind: 'fn' }> | undefined {
  for (const { callee, args } of index.facts.calls) {
    const name = callee.kind === 'member' ? callee.key : callee.kind === 'ref' ? index.facts.bindings[callee.binding]?.name : undefined;
    if (name !== 'inherits' || !args[0] || !args[1] || !isItself(index, fn, args[0].value)) continue;
    const base = r.value(args[1].value, file, undefined);
    return base.kind === 'fn' ? base : undefined;
  }
  return undefined;
}

const isItself = (index: FileIndex, fn: FunctionId, value: Value): boolean => value.kind === 'ref' && index.boundTo.get(fn) === value.binding;

/** `Queue.prototype`, or the variable that it was put into. */
function isOfPrototype(index: FileIndex, fn: FunctionId, of: Value): boolean {
  if (of.kind === 'member') return of.key === 'prototype' && isItself(index, fn, of.of);
  if (of.kind !== 'ref') return false;
  return (index.writes.get(of.binding) ?? []).some(({ value }) => value.kind === 'member' && isOfPrototype(index, fn, value));
}

/** `this.name = name` in the function itself or in a function of its prototype, also through `var self = this`. */
function isOwn(index: FileIndex, fn: FunctionId, { of, fn: holder }: MemberWrite): boolean {
  if (of.kind !== 'self' && !(of.kind === 'ref' && isThis(index, of.binding))) return false;
  for (let each: FunctionId | undefined = holder; each !== undefined; each = index.facts.functions[each]?.in) {
    if (each === fn || ownerOf(index, each) === fn) return true;
    // A function of its own has a `this` of its own; a variable that holds the outer one passes through.
    if (of.kind === 'self' && !index.facts.functions[each]?.arrow) return false;
  }
  return false;
}

const isThis = (index: FileIndex, binding: BindingId): boolean => index.writes.get(binding)?.some(({ value }) => value.kind === 'self') === true;

/** The function to whose prototype each function is assigned. */
const ownersIn = remembered((index: FileIndex): ReadonlyMap<FunctionId, FunctionId> => {
  const owners = new Map<FunctionId, FunctionId>();
  const makers = new Map([...index.boundTo].map(([maker, binding]) => [binding, maker]));
  for (const writes of index.memberWrites.values()) {
    for (const { of, value } of writes) {
      if (value.kind !== 'fn' || of.kind !== 'member' || of.key !== 'prototype' || of.of.kind !== 'ref') continue;
      const maker = makers.get(of.of.binding);
      if (maker !== undefined) owners.set(value.fn, maker);
    }
  }
  return owners;
});

const ownerOf = (index: FileIndex, fn: FunctionId): FunctionId | undefined => ownersIn(index).get(fn);
