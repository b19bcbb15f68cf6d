import type { Frame, FunctionValue } from '../model/abstract.js';
import { isIn } from '../model/code.js';
import type { Value } from '../model/facts.js';
import { argumentsOf } from './calls.js';
import { DEEPEST_CALL, frameOf } from './frames.js';
import type { Resolver } from './resolver.js';

/** The methods that `using` calls at the end of its block, by the names that the front end gives them. */
export const DISPOSES = ['[asyncDispose]', '[dispose]'];

/**
 * `using clock = disposable(timers, () => vi.useRealTimers())`: functions that are handed, here or in the helper that makes the value, to
 * what writes the disposing method into an object that it was given.
 */
export function disposers(r: Resolver, value: Value, file: string, frame: Frame | undefined): readonly FunctionValue[] {
  const call = value.kind === 'result' ? r.index(file)?.facts.calls[value.call] : undefined;
  const maker = call && r.value(call.callee, file, frame);
  const index = maker?.kind === 'fn' ? r.index(maker.file) : undefined;
  const depth = (frame?.depth ?? 0) + 1;
  if (!call || maker?.kind !== 'fn' || !index || depth > DEEPEST_CALL) return [];
  const args = argumentsOf(r, call, file, frame);
  const { functions } = index.facts;
  const isWritten = DISPOSES.some((key) => index.memberWrites.get(key)?.some(({ fn }) => isIn(functions[fn]!.at, functions[maker.fn]!.at)));
  if (isWritten) return args.filter((each) => each.kind === 'fn');
  const inner = frameOf(r, maker, args, depth);
  return (index.returns.get(maker.fn) ?? []).flatMap((each) => disposers(r, each, maker.file, inner));
}
