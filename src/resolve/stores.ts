import type { Abstract, Frame } from '../model/abstract.js';
import type { FileFacts, FunctionId, Value } from '../model/facts.js';
import { chain } from './chain.js';
import { frameOf, selfOf } from './frames.js';
import { classesOf } from './members.js';
import type { Resolver } from './resolver.js';
import { oneOf } from './text.js';

/**
 * What a collection may hold that is filled under keys nobody computes here: `clients[name] = createClient()`,
 * `clients.set(name, createClient())`. Whoever takes something out of it gets one of these.
 */
export function storedIn(r: Resolver, of: Value, file: string, frame: Frame | undefined): Abstract | undefined {
  const target = storeOf(of);
  const index = r.index(file);
  if (target === undefined || !index) return undefined;
  const values: Abstract[] = [];
  const add = (value: Value, fn: number): void => {
    const filler = fn === 0 ? undefined : fillerFrame(r, fn, file, frame);
    if (filler === 'other') return;
    const found = r.value(value, file, filler);
    if (found.kind !== 'unknown' && found.kind !== 'const') values.push(found);
  };
  for (const write of index.computedWrites) if (storeOf(write.of) === target) add(write.value, write.fn);
  for (const call of index.facts.calls) {
    if (call.callee.kind !== 'member' || call.callee.key !== 'set' || call.args.length !== 2 || storeOf(call.callee.of) !== target) continue;
    add(call.args[1]!.value, call.in);
  }
  return values.length > 0 && values.length <= 4 ? oneOf(values) : undefined;
}

/** The method that fills what another one of the same object takes from: the constructor knows what the object was made with. */
function fillerFrame(r: Resolver, fn: FunctionId, file: string, frame: Frame | undefined): Frame | 'other' | undefined {
  const self = selfOf(frame);
  const owner = r.index(file)?.facts.functions[fn]?.owner;
  if (self?.kind !== 'instance' || owner === undefined || fn === frame?.fn) return frame;
  const own = classesOf(r, self).classes.find((each) => each.file === file && each.fn === owner);
  if (!own) return 'other';
  const constructor = r.index(file)?.facts.functions[own.fn]?.members?.find((each) => each.key === 'constructor')?.value;
  return frameOf(r, { kind: 'fn', file, fn, scope: own.scope }, constructor?.kind === 'fn' && constructor.fn === fn ? own.args : [], 1, self);
}

/** `this.clients` of a class, `clients` of a module. */
const storeOf = (value: Value): string | undefined =>
  value.kind === 'member' && value.of.kind === 'self' && typeof value.key === 'string' ? `this.${value.key}` : chain(value);

const COLLECTIONS = new Set(['Map', 'WeakMap', 'LRUCache']);

/** `clients.get(name)` of a `Map` that the file makes and fills, `this.clients.get(name)` of one that an object does, `globalThis.clients.get(name)`. */
export function takenFrom(r: Resolver, of: Value, key: string, file: string, frame: Frame | undefined): Abstract | undefined {
  if (key !== 'get') return undefined;
  const index = r.index(file);
  const made =
    of.kind === 'ref'
      ? index?.writes.get(of.binding)?.map((each) => each.value)
      : of.kind === 'member' && typeof of.key === 'string'
        ? [
            ...(of.of.kind === 'self' ? (index?.facts.functions ?? []).flatMap((fn) => (fn.members ?? []).filter((each) => each.key === of.key)) : []),
            ...(index?.memberWrites.get(of.key) ?? []).filter((each) => (of.of.kind === 'self' ? each.of.kind === 'self' : storeOf(each.of) === chain(of.of))),
          ].map((each) => each.value)
        : undefined;
  const isCollection = made?.some((each) => {
    const callee = each.kind === 'result' ? index?.facts.calls[each.call]?.callee : undefined;
    return callee?.kind === 'outer' && COLLECTIONS.has(callee.name);
  });
  return isCollection ? storedIn(r, of, file, frame) : undefined;
}

/** Whether a record was filled with what stands in another, key by key: `saved[key] = process.env[key]`. */
export function isFilledFrom(r: Resolver, of: Value | undefined, source: string, file: string): boolean {
  const target = of && storeOf(of);
  const index = r.index(file);
  if (target === undefined || !index) return false;
  const writes = [...index.computedWrites, ...[...index.memberWrites.values()].flat()];
  return writes.some((write) => storeOf(write.of) === target && write.value.kind === 'member' && chain(write.value.of) === source);
}

/** Whether an object was filled so, or is a copy of the other: `backups.settings = Object.assign({}, settings)`. */
export function isKeptFrom(r: Resolver, of: Value, from: Value, file: string): boolean {
  const source = chain(from);
  const index = r.index(file);
  if (source === undefined || !index) return false;
  const made = of.kind === 'ref' ? index.writes.get(of.binding)?.filter((each) => each.path.length === 0) : undefined;
  const kept =
    of.kind === 'member' && typeof of.key === 'string' ? index.memberWrites.get(of.key)?.filter((each) => storeOf(each.of) === storeOf(of.of)) : undefined;
  return isFilledFrom(r, of, source, file) || (made ?? kept ?? []).some(({ value }) => isCopyOf(value, source, index.facts));
}

function isCopyOf(value: Value, source: string, { calls }: FileFacts): boolean {
  if (value.kind === 'record') return value.entries.some((each) => 'spread' in each && chain(each.spread) === source);
  return value.kind === 'result' && calls[value.call]!.args.some((each) => chain(each.value) === source);
}
