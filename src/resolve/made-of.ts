import type { Value } from '../model/facts.js';
import type { FileIndex } from './file-index.js';

/** Variables that are set to variables that are set to variables. */
const DEEPEST = 3;

/** What an expression is made of, itself first: of `client.query`, `client`, the call `clientOf()` that it was set to, and `clientOf`. */
export function* madeOf(index: FileIndex, value: Value, depth = 0): Generator<Value> {
  yield value;
  if (value.kind === 'member') yield* madeOf(index, value.of, depth);
  else if (value.kind === 'result') yield* madeOf(index, index.facts.calls[value.call]!.callee, depth);
  else if (value.kind === 'ref' && depth < DEEPEST) {
    const [write, ...others] = index.writes.get(value.binding) ?? [];
    if (write && others.length === 0) yield* madeOf(index, write.value, depth + 1);
  }
}
