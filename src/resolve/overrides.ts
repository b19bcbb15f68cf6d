/**
 * Settings of the product that the tests write before it runs: `config.port = 0` at the head of a test file, of a helper that it
 * imports or of a setup file, and in a hook of the test file. What a function of the product reads then is what the tests wrote.
 */
import type { Abstract } from '../model/abstract.js';
import { baseOf, originOf } from '../model/code.js';
import type { Value } from '../model/facts.js';
import { placeKey, type Place } from '../model/place.js';
import { remembered } from '../model/remembered.js';
import { isAlways } from './branches.js';
import { enclosing } from './cells.js';
import type { FileIndex, MemberWrite } from './file-index.js';
import type { Resolver } from './resolver.js';
import { oneOf } from './text.js';

interface Written {
  readonly file: string;
  readonly write: MemberWrite;
}

/** What the files behind one story write to objects of other files. */
export interface Overrides {
  /** Equal text, equal writes. */
  readonly key: string;
  readonly byName: ReadonlyMap<string, readonly Written[]>;
  /** The objects that are written to, by the name that is written; asked for when somebody reads that name. */
  readonly targets: Map<string, ReadonlyMap<string, readonly Written[]> | undefined>;
}

export const NO_OVERRIDES: Overrides = { key: '', byName: new Map(), targets: new Map() };

/** Members of what a file imports or requires that it writes itself; methods that it replaces are stand-ins and no settings. */
const candidates = remembered((index: FileIndex): readonly MemberWrite[] =>
  [...index.memberWrites.values()].flat().filter(({ of, op, value }) => {
    const root = baseOf(of);
    return op === undefined && root.kind === 'ref' && originOf(root.binding, index.facts) !== undefined && isSetting(value, index);
  }),
);

function isSetting(value: Value, { facts }: FileIndex): boolean {
  if (value.kind === 'result') return facts.calls[value.call]?.waited === 'awaited';
  return value.kind !== 'fn' && value.kind !== 'opaque' && !(value.kind === 'const' && (value.value === null || value.as === 'undefined'));
}

export function overridesOf(r: Resolver, told: string, isTestSide: (path: string) => boolean): Overrides {
  const byName = new Map<string, Written[]>();
  const keys: string[] = [];
  for (const file of new Set([...r.runner.setupFiles, ...helpersOf(r, told, isTestSide), told])) {
    const index = r.index(file);
    for (const write of index ? candidates(index) : []) {
      if (write.fn === 0 ? !isAlways(index!, 0, write.at) : file !== told || !r.isHook(file, write.fn)) continue;
      keys.push(`${file}:${write.at.join()}`);
      byName.set(write.key, [...(byName.get(write.key) ?? []), { file, write }]);
    }
  }
  return keys.length === 0 ? NO_OVERRIDES : { key: keys.join(' '), byName, targets: new Map() };
}

/** Files of the tests that are loaded with a test file. */
function helpersOf(r: Resolver, told: string, isTestSide: (path: string) => boolean): readonly string[] {
  const out = new Set<string>();
  const visit = (file: string): void => {
    for (const { from, form, typeOnly } of r.index(file)?.facts.imports ?? []) {
      if (typeOnly || form === 'dynamic' || from.kind !== 'const' || typeof from.value !== 'string' || out.size >= MOST_HELPERS) continue;
      const target = r.sources.resolveImport(file, from.value);
      if (!('file' in target) || target.file === told || out.has(target.file) || !CODE.test(target.file) || !isTestSide(target.file)) continue;
      out.add(target.file);
      visit(target.file);
    }
  };
  visit(told);
  return [...out];
}

const CODE = /\.[cm]?[jt]sx?$/;
const MOST_HELPERS = 40;

/** What the tests have written to a member of an object of a module; nothing where they write none. What a module reads while it loads may be older. */
export function overridden(r: Resolver, value: Abstract, key: string, at: Place, standing: () => Abstract | undefined): Abstract | undefined {
  const { byName, targets } = r.overrides;
  const writes = byName.get(key);
  const name = writes && identity(r, value);
  // Those that write it also save it, compare it and put it back.
  if (!writes || name === undefined || writes.some(({ file }) => file === at.path)) return undefined;
  const reader = r.index(at.path);
  if (!reader || enclosing(reader.facts, at.span[0]) === 0) return undefined;
  if (!targets.has(key)) {
    // Whoever asks for the object itself on the way gets it as it is.
    targets.set(key, undefined);
    targets.set(key, targetsOf(r, writes));
  }
  const own = targets.get(key)?.get(name);
  if (!own) return undefined;
  // What a head writes later, and what hooks write, stands in the place of what was written before.
  const hooks = own.filter(({ write }) => write.fn !== 0);
  const values = (hooks.length > 0 ? hooks : own.slice(-1)).map(({ file, write }) => r.value(write.value, file, undefined));
  const before = hooks.length === own.length && hooks.every((each) => isOfPart(r, each)) ? standing() : undefined;
  return oneOf(before ? [before, ...values] : values);
}

/** A hook of a suite in a suite: the tests outside it read what stood there before. */
function isOfPart(r: Resolver, { file, write }: Written): boolean {
  const { functions } = r.index(file)!.facts;
  const suite = functions[write.fn]!.in ?? 0;
  return suite !== 0 && (functions[suite]!.in ?? 0) !== 0;
}

function targetsOf(r: Resolver, writes: readonly Written[]): ReadonlyMap<string, readonly Written[]> {
  const out = new Map<string, Written[]>();
  for (const each of writes) {
    const { of } = each.write;
    const target = r.value(of, each.file, undefined);
    const name = identity(r, target);
    if (name !== undefined) out.set(name, [...(out.get(name) ?? []), each]);
  }
  return out;
}

/** An object that lives as long as its module. */
function identity(r: Resolver, value: Abstract): string | undefined {
  if (value.kind === 'module') return `module ${value.path}`;
  if (value.kind !== 'record' && value.kind !== 'instance') return undefined;
  const facts = r.index(value.at.path)?.facts;
  return !facts || enclosing(facts, value.at.span[0]) === 0 ? placeKey(value.at) : undefined;
}
