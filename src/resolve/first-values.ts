/** Writes that give a value only where none stands: they replace nothing that anybody had put there. */
import type { Step, Value } from '../model/facts.js';
import { chain } from './chain.js';

type Branch = Extract<Step, { do: 'branch' }>;

/** The two ways of a branch, without what only fills in a missing property: `if (!orders.find) orders.find = vi.fn()`. */
export function waysOf({ test, then, else: other }: Branch): readonly (readonly Step[])[] {
  const missing = missingIn(test);
  return missing === undefined ? [then, other] : missing.isThen ? [without(then, missing.name), other] : [then, without(other, missing.name)];
}

/** `orders.find ??= vi.fn()`; of the environment a default is a value like any other. */
export const fillsIn = (op: string | undefined, of: Value): boolean => (op === '??=' || op === '||=') && !isEnvironment(chain(of));

const isEnvironment = (name: string | undefined): boolean => name?.startsWith('process.env') === true;

const without = (steps: readonly Step[], name: string): readonly Step[] =>
  steps.filter((step) => step.do !== 'bind' || step.to.kind !== 'member' || typeof step.to.key !== 'string' || `${chain(step.to.of)}.${step.to.key}` !== name);

/** The member that a condition asks for, and on which of its ways it is missing. */
function missingIn(test: Value): { readonly name: string; readonly isThen: boolean } | undefined {
  if (test.kind === 'member') return named(test, false);
  if (test.kind !== 'op') return undefined;
  const [left, right] = test.args;
  if (!left) return undefined;
  if (test.op === '!') {
    const inner = missingIn(left);
    return inner && { ...inner, isThen: !inner.isThen };
  }
  const isEqual = /^===?$/.test(test.op);
  if (!right || !(isEqual || /^!==?$/.test(test.op)) || right.kind !== 'const') return undefined;
  if (left.kind === 'op' && left.op === 'typeof') return right.value === 'undefined' && left.args[0] ? named(left.args[0], isEqual) : undefined;
  return right.as === 'undefined' || right.value === null ? named(left, isEqual) : undefined;
}

function named(value: Value, isThen: boolean): { readonly name: string; readonly isThen: boolean } | undefined {
  const name = value.kind === 'member' ? chain(value) : undefined;
  return name === undefined || isEnvironment(name) ? undefined : { name, isThen };
}
