/**
 * What tests and hooks put in the place of something else (`vi.spyOn(mailer, 'send').mockResolvedValue(1)`, `sinon.stub(pool, 'query')`,
 * `vi.doMock('./db', ...)`, `Store.prototype.save = () => undefined`): whatever lies behind that, they do not reach.
 */
import type { Abstract, Frame, LibraryCall, Original } from '../model/abstract.js';
import { constantOf } from '../model/abstract.js';
import type { Claim } from '../model/claims.js';
import { baseOf, isIn } from '../model/code.js';
import type { Target, Value } from '../model/facts.js';
import { alternatives } from '../model/names.js';
import { HOME, TEMPORARY, WORKING_DIRECTORY } from '../model/paths.js';
import { type Place, placeKey } from '../model/place.js';
import { isBeforeEach, preparesFor, type Block } from '../model/suite.js';
import { property } from './evaluate.js';
import { madeOf } from './made-of.js';
import { isOfReplaced, outsideName, type Replaced, replacedLater, replacedParts } from './mocked-modules.js';
import type { Resolver } from './resolver.js';
import type { RawMutation, RawRestore } from './settle.js';

/** What a stand-in takes the place of, given the object and the name of its method; nothing where that is not known. */
export function originalsOf(r: Resolver, { args: [object, name], at, file, call }: LibraryCall): readonly Original[] {
  const key = constantOf(name);
  return object && key !== undefined ? originalsIn(r, object, key, r.index(file)?.facts.calls[call]?.args[0]?.value, file, at) : [];
}

/** `Store.prototype.save = () => undefined`: what an idle function that tests write there takes the place of. */
export function overwrittenBy(
  r: Resolver,
  value: Abstract,
  { of, key }: Extract<Target, { kind: 'member' }>,
  file: string,
  frame: Frame | undefined,
  at: Place,
) {
  return typeof key === 'string' && isIdle(r, value) ? originalsIn(r, r.value(of, file, frame), key, of, file, at) : [];
}

/** A function that calls nothing of the project, so that it does not do what it stands for, nor call it. */
function isIdle(r: Resolver, value: Abstract): boolean {
  const facts = value.kind === 'fn' ? r.index(value.file)?.facts : undefined;
  const fn = value.kind === 'fn' ? facts?.functions[value.fn] : undefined;
  return fn !== undefined && fn.kind !== 'class' && facts!.calls.every((call) => !isIn(call.at, fn.at) || baseOf(call.callee).kind === 'outer');
}

function originalsIn(r: Resolver, object: Abstract, key: string, written: Value | undefined, file: string, at: Place): readonly Original[] {
  // `Store.prototype` stands for all that are made of the class.
  const owner = written?.kind === 'member' && written.key === 'prototype' ? r.value(written.of, file, undefined) : undefined;
  const objects = owner?.kind === 'fn' ? [{ ...owner, kind: 'instance' as const, args: [], at }] : object.kind === 'oneOf' ? object.of : [object];
  return objects.flatMap((each) => originalOf(r, each, key, at));
}

function originalOf(r: Resolver, object: Abstract, key: string, at: Place): readonly Original[] {
  switch (object.kind) {
    case 'handle':
      return [{ kind: 'method', handle: `at:${placeKey(object.at)}`, name: key }];
    case 'library':
      return [{ kind: 'outside', name: outsideName(object.package, [...object.path, key]) }];
    case 'outer':
      return [{ kind: 'outside', name: outsideName('', [...object.path, key]) }];
    case 'unknown':
    case 'const':
    case 'text':
      return [];
    default: {
      const found = property(r, object, key, at);
      const isOfModule = object.kind === 'module';
      return (found?.kind === 'oneOf' ? found.of : [found]).flatMap((each) =>
        each?.kind === 'fn' ? [{ kind: 'function', file: each.file, fn: each.fn, name: key, isOfModule }] : [],
      );
    }
  }
}

/** What stands in the place of something for some of the blocks of a file. */
interface StandIn {
  readonly by: RawMutation;
  readonly originals: readonly Original[];
  readonly replaced?: Replaced;
}

/** Something that a block does, and where. */
export interface Deed {
  readonly at: Place;
  readonly via: readonly Place[];
  readonly order: number;
  readonly block: number | undefined;
}

/** What of a claim may be replaced besides the calls that lead there. */
export type Hold = Pick<Claim, 'client' | 'resource' | 'handle' | 'decidedAt'>;

/** Tells what the blocks of a file do not reach because something else stands there. */
export function standIns(
  r: Resolver,
  mutations: readonly RawMutation[],
  restores: readonly RawRestore[],
  blocks: readonly Block[],
): (deed: Deed, hold?: Hold) => boolean {
  const all = mutations.flatMap((by): StandIn[] => {
    if (by.onlyWatches || by.conditional) return [];
    const replaced = by.state === 'module-mock' ? replacedLater(r, by) : undefined;
    const originals = by.originals ?? (by.state === 'module-mock' ? replacedParts(r, by) : []);
    return replaced || originals.length > 0 ? [{ by, originals, ...(replaced ? { replaced } : {}) }] : [];
  });
  if (all.length === 0) return () => false;
  return (deed, hold) =>
    all.some(
      (each) =>
        isInForce(each.by, deed, restores, blocks) &&
        !isOverwritten(each.by, deed, mutations) &&
        ((each.replaced !== undefined && isOfReplaced(r, each.replaced, deed, hold)) || each.originals.some((original) => isBehind(r, original, deed, hold))),
    );
}

/** It stands there before, in the same block or in a hook that runs before it, and nobody has taken it away meanwhile. */
function isInForce(by: RawMutation, deed: Deed, restores: readonly RawRestore[], blocks: readonly Block[]): boolean {
  // Modules that are loaded anew are replaced as before.
  const isTaken = ({ state, what, handle, cell }: RawRestore): boolean =>
    state.includes(by.state) && !state.includes('module') && (what === 'all' || (what === 'cell' ? cell === by.cell : handle === by.handle));
  if (by.block === deed.block)
    return by.order < deed.order && !restores.some((each) => each.block === by.block && by.order < each.order && each.order < deed.order && isTaken(each));
  const [hook, block] = [by.block, deed.block].map((each) => (each === undefined ? undefined : blocks[each]));
  if (by.block === undefined ? block?.role === 'suite' : block?.role !== 'test' || !(by.holder.role === 'module' || preparesFor(blocks, hook, block)))
    return false;
  return isBeforeEach(hook) || !restores.some((each) => each.block !== undefined && blocks[each.block]?.scope === 'test' && isTaken(each));
}

/** Something else was written to the same place since, or may have been. */
function isOverwritten(by: RawMutation, deed: Deed, mutations: readonly RawMutation[]): boolean {
  if (by.value === undefined || by.state === 'mock' || by.state === 'module-mock') return false;
  return mutations.some(
    (each) =>
      each !== by && each.state === by.state && each.cell === by.cell && by.order < each.order && (each.block !== deed.block || each.order < deed.order),
  );
}

const BASES: Readonly<Record<string, string>> = { 'process.cwd': WORKING_DIRECTORY, 'node:os.tmpdir': TEMPORARY, 'node:os.homedir': HOME };

function isBehind(r: Resolver, original: Original, { at, via }: Deed, hold: Hold | undefined): boolean {
  switch (original.kind) {
    case 'function': {
      const span = r.index(original.file)?.facts.functions[original.fn]?.at;
      const isInside = (place: Place): boolean => span !== undefined && place.path === original.file && isIn(place.span, span);
      const places = [...via, at];
      const first = places.findIndex(isInside);
      return (
        (first > 0 && !(original.isOfModule && isByName(r, places[first - 1]!, original.file))) ||
        (hold?.decidedAt !== undefined && isInside(hold.decidedAt)) ||
        places.some((each) => isGivenBy(r, each, original))
      );
    }
    case 'resources':
      return hold?.resource.kind === original.of;
    case 'method':
      return hold?.handle === original.handle && lastName(r, at) === original.name;
    case 'outside': {
      const base = BASES[original.name];
      if (base !== undefined)
        return hold?.resource.kind === 'filesystem' && alternatives(hold.resource.name).every((each) => each.kind === 'parts' && isBelow(each.parts[0], base));
      return calledOutside(r, at) === original.name;
    }
  }
}

/** `clientOf().query(...)`, `const client = clientOf(); client.query(...)`: what is called is what the function gives. */
function isGivenBy(r: Resolver, at: Place, { file, fn, name, isOfModule }: Extract<Original, { kind: 'function' }>): boolean {
  const index = r.index(at.path);
  const callee = calleeAt(r, at);
  if (!index || callee?.kind !== 'member' || (isOfModule && at.path === file)) return false;
  return [...madeOf(index, callee.of)].some((part) => {
    const called = part.kind === 'result' ? index.facts.calls[part.call]!.callee : undefined;
    const own = called?.kind === 'member' ? called.key : called?.kind === 'ref' ? index.facts.bindings[called.binding]?.name : undefined;
    if (!called || own !== name) return false;
    const value = r.value(called, at.path, undefined);
    return value.kind === 'fn' && value.file === file && value.fn === fn;
  });
}

const isBelow = (part: unknown, base: string): boolean => typeof part === 'string' && part.startsWith(`${base}/`);

/** `save()` in the module of `save`, which means the function whatever stands in the module's exports. */
const isByName = (r: Resolver, at: Place, file: string): boolean => at.path === file && calleeAt(r, at)?.kind === 'ref';

function calleeAt(r: Resolver, at: Place) {
  const index = r.index(at.path);
  const id = index?.callAt(at);
  return id === undefined ? undefined : index?.facts.calls[id]?.callee;
}

function lastName(r: Resolver, at: Place): string | undefined {
  const callee = calleeAt(r, at);
  return callee?.kind === 'member' && typeof callee.key === 'string' ? callee.key : undefined;
}

/** What of a package or the platform is called there. */
function calledOutside(r: Resolver, at: Place): string | undefined {
  const callee = calleeAt(r, at);
  const value = callee && r.value(callee, at.path, undefined);
  return value?.kind === 'library' ? outsideName(value.package, value.path) : value?.kind === 'outer' ? outsideName('', value.path) : undefined;
}
