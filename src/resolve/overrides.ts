/**
 * Settings of the product that the tests write before they run: `config.port = 0`. What a function of the product reads then is what the
 * tests wrote.
 */
import type { Abstract } from '../model/abstract.js';
import { placeKey, type Place } from '../model/place.js';
import { enclosing } from './cells.js';
import type { EarlyWrite, EarlyWrites } from './early-writes.js';
import type { Resolver } from './resolver.js';
import { oneOf } from './text.js';

/** The objects that are written to, by the name that is written; asked for when somebody reads that name. */
type Targets = Map<string, ReadonlyMap<string, readonly EarlyWrite[]> | undefined>;

const known = new WeakMap<EarlyWrites, Targets>();

function targetsFor(early: EarlyWrites): Targets {
  const targets: Targets = known.get(early) ?? new Map<string, never>();
  known.set(early, targets);
  return targets;
}

/** What the tests have written to a member of an object of a module; nothing where they write none. What a module reads while it loads may be older. */
export function overridden(r: Resolver, value: Abstract, key: string, at: Place, standing: () => Abstract | undefined): Abstract | undefined {
  const writes = r.early.settings.get(key);
  const name = writes && identity(r, value);
  // Those that write it also save it, compare it and put it back.
  if (!writes || name === undefined || writes.some(({ file }) => file === at.path)) return undefined;
  const reader = r.index(at.path);
  if (!reader || enclosing(reader.facts, at.span[0]) === 0) return undefined;
  const targets = targetsFor(r.early);
  if (!targets.has(key)) {
    // Whoever asks for the object itself on the way gets it as it is.
    targets.set(key, undefined);
    targets.set(key, targetsOf(r, writes));
  }
  const own = targets.get(key)?.get(name);
  if (!own) return undefined;
  // What a head writes later, and what hooks write, stands in the place of what was written before.
  const hooks = own.filter(({ write }) => write.fn !== 0);
  const values = (hooks.length > 0 ? hooks : own.slice(-1)).map(({ file, write, frame }) => r.value(write.value, file, frame));
  const before = hooks.length === own.length && hooks.every((each) => isOfPart(r, each)) ? standing() : undefined;
  return oneOf(before ? [before, ...values] : values);
}

/** A hook of a suite in a suite: the tests outside it read what stood there before. */
function isOfPart(r: Resolver, { file, write }: EarlyWrite): boolean {
  const { functions } = r.index(file)!.facts;
  const suite = functions[write.fn]!.in ?? 0;
  return suite !== 0 && (functions[suite]!.in ?? 0) !== 0;
}

function targetsOf(r: Resolver, writes: readonly EarlyWrite[]): ReadonlyMap<string, readonly EarlyWrite[]> {
  const out = new Map<string, EarlyWrite[]>();
  for (const each of writes) {
    const { of } = each.write;
    const target = r.value(of, each.file, each.frame);
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
