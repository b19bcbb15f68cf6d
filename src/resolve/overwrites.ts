/** Which writes of a variable somebody who reads it can still see: what stands before one that surely overwrote it is gone. */
import type { BindingId, Span, Step } from '../model/facts.js';
import type { FileIndex, Write } from './file-index.js';

/** `let path = base; path = join(path, name); write(path)` writes below `base`, and never to `base` itself. Nothing where no write is sure. */
export function seenFrom({ facts }: FileIndex, binding: BindingId, writes: readonly Write[], at: Span): readonly Write[] | undefined {
  const home = facts.bindings[binding]?.in;
  // What another function writes may come at any time.
  if (home === undefined || writes.length === 0 || writes.some(({ fn }) => fn !== home)) return undefined;
  const last = lastBefore(facts.functions[home]!.body, binding, at);
  return last && writes.filter((each) => each.at[0] >= last[0]);
}

/** The last step that gives the variable a value, in the block that holds the place or in one around it. */
function lastBefore(steps: readonly Step[], binding: BindingId, at: Span): Span | undefined {
  let last: Span | undefined;
  for (const step of steps) {
    if (step.at[1] <= at[0]) {
      if (step.do === 'bind' && step.to.kind === 'binding' && step.to.binding === binding && step.op === undefined) last = step.at;
    } else if (step.at[0] <= at[0] && at[1] <= step.at[1]) {
      for (const block of blocksOf(step)) last = lastBefore(block, binding, at) ?? last;
      return last;
    }
  }
  // It stands in a function that is there before any step: whoever calls it may do so early.
  return undefined;
}

function blocksOf(step: Step): readonly (readonly Step[])[] {
  switch (step.do) {
    case 'branch':
      return [step.then, step.else].filter((each) => each.length > 0);
    case 'try':
      return [step.body, step.catch ?? [], step.finally ?? []];
    case 'loop':
    case 'scope':
      return [step.body];
    default:
      return [];
  }
}
