import type { CallSpec } from '../model/catalogue.js';
import { remembered } from '../model/remembered.js';

/** Whether what a call does may depend on what it is given there. */
export const readsArgument = (spec: CallSpec, argument: number): boolean => {
  const read = argumentsRead(spec);
  return read === 'all' || read.has(argument);
};

/** The arguments that the sources of a call name. What it gives or leaves open, changes, or starts as a program, any of them may be about. */
const argumentsRead = remembered((spec: CallSpec): ReadonlySet<number> | 'all' => {
  if (spec.returns !== undefined || spec.owes !== undefined || spec.changes || spec.statement?.language === 'shell') return 'all';
  const named = new Set<number>();
  for (const [, which] of JSON.stringify({ ...spec, call: '' }).matchAll(/\barg(\d+|\*)/g)) {
    if (which === '*') return 'all';
    named.add(Number(which));
  }
  return named;
});
