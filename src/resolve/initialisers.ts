/** What a constructor passes to a method that fills `this` for it: `constructor(options) { this.setOptions(options); }`. */
import type { Abstract, Frame } from '../model/abstract.js';
import type { FunctionId } from '../model/facts.js';
import type { FileIndex } from './file-index.js';
import type { Resolver } from './resolver.js';

/** Nothing where the constructor calls the method in several places, or nowhere: then nobody says which call came last. */
export function passedBy(
  r: Resolver,
  { facts }: FileIndex,
  constructor: FunctionId,
  frame: () => Frame,
  isMethod: (name: string) => boolean,
): readonly Abstract[] {
  const calls = facts.calls.filter(
    ({ callee, in: fn }) =>
      fn === constructor && callee.kind === 'member' && callee.of.kind === 'self' && typeof callee.key === 'string' && isMethod(callee.key),
  );
  return calls.length === 1 ? calls[0]!.args.map(({ value }) => r.value(value, facts.path, frame())) : [];
}
