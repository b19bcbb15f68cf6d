import type { Abstract, Frame } from '../model/abstract.js';
import { constantOf } from '../model/abstract.js';
import { keyedEntries } from '../model/code.js';
import type { StateChange } from '../model/claims.js';
import type { Fn, Target, Value } from '../model/facts.js';
import { chain } from './chain.js';
import { cellOf, isInvented, type Cell } from './cells.js';
import type { FileIndex } from './file-index.js';
import type { Resolver } from './resolver.js';

/**
 * What a value written to a cell is, seen from that cell: what stood there before (`saved`), the very object that was changed (`alias`),
 * a copy of it (`fresh`), or something else.
 */
export function savedFrom(r: Resolver, value: Value, cell: Cell, file: string, frame: Frame | undefined, depth = 0): NonNullable<StateChange['value']> {
  if (depth > 4) return 'unknown';
  switch (value.kind) {
    case 'const':
      return 'constant';
    case 'list':
      return value.items.length === 0 ? 'constant' : 'unknown';
    case 'text':
      return value.parts.every((part) => part.kind === 'const') ? 'constant' : 'unknown';
    case 'ref': {
      const index = r.index(file);
      const binding = index?.facts.bindings[value.binding];
      if (!index || !binding || binding.form === 'import' || binding.form === 'param') return 'unknown';
      for (const write of index.writes.get(value.binding) ?? []) {
        // `const { env } = process`
        if (write.path.length > 0 && write.value.kind === 'outer' && [write.value.name, ...write.path].join('.') === cell.name)
          return cell.state === 'env' && cell.name === 'process.env' ? 'alias' : 'saved';
        if (sameCell(r, write.value, cell, file, frame)) return cell.name === 'process.env' ? 'alias' : 'saved';
        const inner = savedFrom(r, write.value, cell, file, frame, depth + 1);
        if (inner === 'fresh') return binding.in === write.fn ? 'copy' : 'saved';
        if (inner === 'saved' || inner === 'copy' || inner === 'alias') return inner;
      }
      return 'unknown';
    }
    case 'member': {
      if (sameCell(r, value, cell, file, frame)) return 'saved';
      // `saved.X` where `saved` is a copy of the whole.
      if (value.of.kind === 'ref' && typeof value.key === 'string' && cell.name.endsWith(`.${value.key}`)) {
        const whole = savedFrom(r, value.of, { ...cell, name: cell.name.slice(0, -(value.key.length + 1)) }, file, frame, depth + 1);
        if (whole === 'saved' || whole === 'copy' || whole === 'fresh') return 'saved';
        if (whole === 'alias') return 'alias';
      }
      return typeof value.key !== 'string' && isStored(r, value.of, cell, file, frame) ? 'saved' : 'unknown';
    }
    case 'record': {
      const spread = value.entries.find((entry) => 'spread' in entry);
      if (!spread || !('spread' in spread)) return 'constant';
      if (sameCell(r, spread.spread, cell, file, frame)) return value.entries.length === 1 ? 'fresh' : 'unknown';
      const inner = savedFrom(r, spread.spread, cell, file, frame, depth + 1);
      if (inner === 'alias' && cell.name === 'process.env' && value.entries.length === 1) return 'alias-copy';
      return value.entries.length === 1 && (inner === 'saved' || inner === 'copy' || inner === 'alias' || inner === 'fresh') ? 'saved' : 'unknown';
    }
    case 'choice': {
      const both = value.of.map((each) => savedFrom(r, each, cell, file, frame, depth + 1));
      return both.includes('saved') ? 'saved' : both.includes('copy') ? 'copy' : 'unknown';
    }
    case 'result': {
      const call = r.index(file)?.facts.calls[value.call];
      // `Object.assign({}, process.env)`, `structuredClone(config)`, `Foo.prototype.run.bind(...)`
      for (const arg of call?.args ?? []) if (sameCell(r, arg.value, cell, file, frame)) return 'fresh';
      return 'unknown';
    }
    default:
      return 'unknown';
  }
}

/** `saved[name] = Client[name]`: what stands in `saved` under a computed key is what stood in the cell under one. */
function isStored(r: Resolver, store: Value, cell: Cell, file: string, frame: Frame | undefined): boolean {
  const held = storeName(store);
  return (
    held !== undefined &&
    r
      .index(file)!
      .computedWrites.some(
        ({ of, value }) =>
          storeName(of) === held && value.kind === 'member' && typeof value.key !== 'string' && cellOf(r, value.of, undefined, file, frame)?.name === cell.name,
      )
  );
}

const storeName = (value: Value): string | undefined =>
  value.kind === 'member' && value.of.kind === 'self' && typeof value.key === 'string' ? `this.${value.key}` : chain(value);

/** `{ ...process.env, TZ: 'UTC' }`: what it sets beside a copy of the environment. */
export function laidOver(value: Value): readonly { readonly key: string; readonly value: Value }[] | undefined {
  if (value.kind !== 'record' || value.entries.length < 2) return undefined;
  const [first, ...others] = value.entries;
  if (!first || !('spread' in first) || chain(first.spread) !== 'process.env') return undefined;
  const keyed = keyedEntries(others);
  return keyed.length === others.length ? keyed : undefined;
}

function sameCell(r: Resolver, value: Value, cell: Cell, file: string, frame: Frame | undefined): boolean {
  if (chain(value) === cell.name) return true;
  if (value.kind !== 'member' || typeof value.key !== 'string') return false;
  const known = cellOf(r, value.of, value.key, file, frame);
  return known?.name === cell.name;
}

/**
 * Whether a write only brings back what the object was made with: `log.length = 0`, a static counter set to its first value, a key
 * that was not there set to `undefined`.
 */
function isAsMade(r: Resolver, of: Value, key: string | undefined, value: Value, file: string, frame: Frame | undefined): boolean {
  if (key === 'length') return value.kind === 'const' && value.value === 0;
  if (!isPlainConstant(value)) return false;
  const owner = r.value(of, file, frame);
  if (owner.kind === 'oneOf') return owner.of.some((each) => isAsMadeIn(r, each, key, value));
  return isAsMadeIn(r, owner, key, value);
}

function isAsMadeIn(r: Resolver, owner: Abstract, key: string | undefined, value: Value): boolean {
  if (owner.kind === 'record') {
    const made = key === undefined ? undefined : owner.get(key);
    if (made === undefined) return isUndefined(value) && owner.keys() !== undefined && (key !== undefined || owner.keys()!.length === 0);
    if (value.kind === 'list') return made.kind === 'list' && made.items.length === 0;
    if (value.kind !== 'const' || value.as !== undefined) return false;
    return made.kind === 'const' ? made.value === value.value : typeof value.value === 'string' && constantOf(made) === value.value;
  }
  if (owner.kind !== 'fn') return false;
  const index = r.index(owner.file);
  const fn = index?.facts.functions[owner.fn];
  // `Locator.filters = []` where the module makes the class.
  const given = key === undefined ? [] : (index?.memberWrites.get(key) ?? []).filter((each) => each.fn === 0 && isNamed(each.of, fn, index));
  const first = fn?.members?.find((each) => each.static && each.form === 'field' && each.key === key)?.value ?? given[0]?.value;
  return first !== undefined && isPlainConstant(first) && sameConstant(first, value);
}

const isNamed = (of: Value, fn: Fn | undefined, index: FileIndex | undefined): boolean =>
  of.kind === 'ref' && fn?.name !== undefined && index?.facts.bindings[of.binding]?.name === fn.name;

export const isUndefined = (value: Value): boolean => value.kind === 'const' && value.as === 'undefined';
const isPlainConstant = (value: Value): boolean =>
  value.kind === 'const' || (value.kind === 'list' && value.items.length === 0) || (value.kind === 'record' && value.entries.length === 0);
const sameConstant = (a: Value, b: Value): boolean => a.kind === b.kind && (a.kind !== 'const' || b.kind !== 'const' || (a.value === b.value && a.as === b.as));

/** The scripts that run the tests all give the variable this value; what other files say of it need not hold where they run. */
function isGivenByCommands(r: Resolver, name: string, text: unknown): boolean {
  const given = r.sources.environment(name).filter(({ from }) => from.startsWith('script '));
  return given.length > 0 && given.every(({ value }) => value === text);
}

/** A write that brings back what was there from the start; of a global of their own, tests start with nothing. */
export function isBackToStart(
  r: Resolver,
  cell: Cell,
  to: Extract<Target, { kind: 'member' }>,
  named: Abstract | undefined,
  value: Value,
  file: string,
  frame: Frame | undefined,
): boolean {
  // `Client.latest = this` in a constructor is written anew by whoever makes the next one.
  if (cell.state === 'module' && value.kind === 'self') return true;
  if (cell.state === 'module') return isAsMade(r, to.of, typeof to.key === 'string' ? to.key : constantOf(named), value, file, frame);
  if (cell.state === 'env' && value.kind === 'const' && isGivenByCommands(r, cell.name.slice('process.env.'.length), value.value)) return true;
  return isInvented(cell) && (isUndefined(value) || (value.kind === 'record' && value.entries.length === 0));
}

/** `shop.options.path = OPTIONS.path`: after another value, it brings back what the object was made with. */
export const isNamesake = (to: Extract<Target, { kind: 'member' }>, value: Value): boolean =>
  value.kind === 'member' && typeof value.key === 'string' && value.key === to.key;

/** `resetSettings()` of the product may put back what a test has changed. */
export const PUTS_BACK = /^_*([a-z]+_)?(reset|restore|clear)/i;

/** `Object.defineProperty(globalThis, 'navigator', { value: saved })` */
export function describesSaved(r: Resolver, descriptor: Value | undefined, cell: Cell, file: string, frame: Frame | undefined): boolean {
  const entry = descriptor?.kind === 'record' ? descriptor.entries.find((each) => 'key' in each && each.key === 'value') : undefined;
  return entry !== undefined && 'value' in entry && savedFrom(r, entry.value, cell, file, frame) === 'saved';
}
