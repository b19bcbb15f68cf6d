/** What the test file whose story is told does to the variables that its tests share. */
import type { Frame } from '../model/abstract.js';
import type { Target, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import type { Event } from './events.js';
import { place, type Resolver } from './resolver.js';
import { isCollection, isHandedOn, isLeftBlank, ownContext } from './shared-variables.js';

interface Seen {
  readonly r: Resolver;
  /** The file whose story is told: only its variables are watched. */
  readonly told: string;
}

/** Reads of variables that are assigned after their declaration: what tests may hand to each other. */
export function reads(w: Seen, value: Value, file: string, out: Event[], frame: Frame | undefined, depth = 0): void {
  if (depth > 12 || file !== w.told) return;
  switch (value.kind) {
    case 'ref':
      if (isShared(w, file, value.binding)) out.push({ e: 'variable', op: 'read', file, binding: value.binding, at: place(file, value.at), via: [] });
      return;
    case 'member': {
      const own = contextName(w, value, file, frame);
      if (own) out.push({ e: 'variable', op: 'read', file, binding: -1, name: own, at: place(file, value.at), via: [] });
      if (typeof value.key === 'string' && isStore(w, value.of, file, value.key)) {
        out.push({ e: 'variable', op: 'read', file, binding: value.of.binding, part: value.key, at: place(file, value.at), via: [] });
        return;
      }
      reads(w, value.of, file, out, frame, depth + 1);
      if (typeof value.key !== 'string') reads(w, value.key, file, out, frame, depth + 1);
      return;
    }
    case 'text':
      for (const part of value.parts) reads(w, part, file, out, frame, depth + 1);
      return;
    case 'list':
      for (const item of value.items) reads(w, item, file, out, frame, depth + 1);
      return;
    case 'record':
      for (const entry of value.entries) reads(w, 'spread' in entry ? entry.spread : entry.value, file, out, frame, depth + 1);
      return;
    case 'choice':
      for (const each of value.of) reads(w, each, file, out, frame, depth + 1);
      return;
    case 'op':
      for (const each of value.args) reads(w, each, file, out, frame, depth + 1);
      return;
    case 'spread':
      reads(w, value.of, file, out, frame, depth + 1);
      return;
    default:
  }
}

export const isShared = (w: Seen, file: string, binding: number): boolean => isHandedOn(w.r.index(file), binding);

/** `this.order` in a test or hook of a runner that shares `this`. */
function contextName(w: Seen, value: Value, file: string, frame: Frame | undefined): string | undefined {
  if (w.r.runner.vocabulary.sharedContext !== 'this' || file !== w.told || frame?.file !== file) return undefined;
  const index = w.r.index(file);
  return index ? ownContext(index, value, frame.fn) : undefined;
}

/** `this.order = x`, `orders.first = x`: what a test leaves for others in a place that they share. */
export function handedOn(
  w: Seen,
  to: Extract<Target, { kind: 'member' }>,
  file: string,
  frame: Frame | undefined,
  at: Place,
  out: Event[],
  removes = false,
): void {
  if (file !== w.told) return;
  const name = typeof to.key === 'string' ? contextName(w, { kind: 'member', of: to.of, key: to.key, at: to.at }, file, frame) : undefined;
  const write = { e: 'variable', op: 'write', file, ...(removes ? { removes } : {}), at, via: [] } as const;
  if (name) out.push({ ...write, binding: -1, name });
  else if (isStore(w, to.of, file, to.key)) out.push({ ...write, binding: to.of.binding, ...(typeof to.key === 'string' ? { part: to.key } : {}) });
  else reads(w, to.of, file, out, frame);
}

/** A collection that tests share, or an object that has been left without this property. */
export const isStore = (w: Seen, of: Value, file: string, key?: Value | string): of is Extract<Value, { kind: 'ref' }> =>
  file === w.told &&
  of.kind === 'ref' &&
  ((isCollection(w.r.index(file), of.binding) && isShared(w, file, of.binding)) || (typeof key === 'string' && isLeftBlank(w.r.index(file), of.binding, key)));
