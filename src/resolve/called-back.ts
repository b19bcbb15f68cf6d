/**
 * What a function is given that stands in a call: the value of the promise on whose `then` it is, and what a library opens for it,
 * `connect(url, (error, client) => ...)`. It knows no runner; what the call itself does is told by the catalogue.
 */
import type { Abstract, Frame } from '../model/abstract.js';
import type { Call, CallId, FileFacts, FunctionId } from '../model/facts.js';
import { samePlace } from '../model/place.js';
import { remembered } from '../model/remembered.js';
import { place, type Resolver } from './resolver.js';

interface Standing {
  readonly id: CallId;
  readonly position: number;
}

/** Where functions stand that are written in a call. */
const standing = remembered((facts: FileFacts): ReadonlyMap<FunctionId, Standing> => {
  const out = new Map<FunctionId, Standing>();
  facts.calls.forEach(({ args }, id) => {
    args.forEach(({ value }, position) => {
      if (value.kind === 'fn') out.set(value.fn, { id, position });
    });
  });
  return out;
});

/** What the function is called with, as far as the call tells in which it stands. */
export function calledBackWith(r: Resolver, fn: FunctionId, file: string, frame: Frame | undefined): readonly Abstract[] {
  const facts = r.index(file)?.facts;
  const stands = facts && standing(facts).get(fn);
  if (!stands) return [];
  const call = facts.calls[stands.id]!;
  const { callee } = call;
  if (callee.kind === 'member' && callee.key === 'then') return stands.position === 0 ? known(r.value(callee.of, file, frame)) : [];
  return isErrorFirst(facts, fn) && stands.position === call.args.length - 1 ? opened(r, call, stands.id, file, frame) : [];
}

const known = (value: Abstract): readonly Abstract[] => (value.kind === 'unknown' ? [] : [value]);

/** `(error, client) => ...`. */
function isErrorFirst({ functions, bindings }: FileFacts, fn: FunctionId): boolean {
  const [first, second] = functions[fn]!.params;
  return second !== undefined && first?.target.kind === 'binding' && /^_*(e|er|err|error)?$/i.test(bindings[first.target.binding]!.name);
}

function opened(r: Resolver, { at }: Call, id: CallId, file: string, frame: Frame | undefined): readonly Abstract[] {
  const here = place(file, at);
  const value = r.value({ kind: 'result', call: id, at }, file, frame);
  return value.kind === 'handle' && samePlace(value.at, here) ? [{ kind: 'const', value: null, at: here }, value] : [];
}
