/**
 * Code that lies far from a test is walked once for whoever calls it. What tells one call from another is taken out of values here:
 * left are functions and objects, and of them only where they are written and what they are made of in turn.
 */
import type { Abstract, Frame, FunctionValue, InstanceValue } from '../model/abstract.js';
import { ERASED } from './erasure.js';
import { frameOf } from './frames.js';
import { place, type Resolver } from './resolver.js';

/** How deep the frame of a far function is: values are followed anew from there. */
export const FAR = 1;

/** Objects that are made of objects that are made of objects. */
const DEEPEST = 3;

export const farFunction = (r: Resolver, fn: FunctionValue): FunctionValue =>
  once(functions, fn, () => {
    const { self, scope, ...own } = fn;
    const far = self && farValue(r, self);
    return { ...own, scope: scope && farFrame(r, scope), ...(far?.kind === 'instance' ? { self: far } : {}) };
  });

export function farValue(r: Resolver, value: Abstract, depth = 0): Abstract {
  if (depth > DEEPEST) return ERASED;
  if (value.kind === 'fn') return farFunction(r, value);
  if (value.kind !== 'instance') return ERASED;
  return once(instances[depth]!, value, () => {
    const at = r.index(value.file)?.facts.functions[value.fn]?.at;
    return {
      ...value,
      scope: value.scope && farFrame(r, value.scope),
      args: value.args.map((each) => farValue(r, each, depth + 1)),
      at: at ? place(value.file, at) : value.at,
    };
  });
}

/** Equal objects are looked up under one key as long as they are one object. */
const functions = new WeakMap<FunctionValue, FunctionValue>();
const instances = Array.from({ length: DEEPEST + 1 }, () => new WeakMap<InstanceValue, InstanceValue>());

function once<T extends WeakKey>(known: WeakMap<T, T>, value: T, find: () => T): T {
  let far = known.get(value);
  if (!far) known.set(value, (far = find()));
  return far;
}

const frames = new WeakMap<Frame, Frame>();

function farFrame(r: Resolver, frame: Frame): Frame {
  let far = frames.get(frame);
  if (!far) {
    const { self, scope } = farFunction(r, { kind: 'fn', file: frame.file, fn: frame.fn, scope: frame.scope, ...(frame.self ? { self: frame.self } : {}) });
    far = frameOf(
      r,
      { kind: 'fn', file: frame.file, fn: frame.fn, scope },
      frame.args.map((each) => farValue(r, each)),
      FAR,
      self,
    );
    frames.set(frame, far);
  }
  return far;
}
