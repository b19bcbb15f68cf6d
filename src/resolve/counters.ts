import type { Abstract } from '../model/abstract.js';
import { unknown } from '../model/abstract.js';
import type { Value } from '../model/facts.js';
import type { Hole } from '../model/names.js';
import type { Place } from '../model/place.js';
import { enclosing } from './cells.js';
import type { Resolver } from './resolver.js';

/** `let port = 4310; const next = () => port++`: a new number for each call, and the same numbers in every process that loads the module. */
export function counted(r: Resolver, of: Value | undefined, file: string, at: Place): Abstract {
  const index = r.index(file);
  const binding = of?.kind === 'ref' ? of.binding : undefined;
  const [first, ...others] = binding === undefined ? [] : (index?.writes.get(binding) ?? []).filter((write) => !isCount(write.op));
  const start = first && !first.op && first.value.kind === 'const' && typeof first.value.value === 'number' ? first.value.value : undefined;
  const isHeld = binding !== undefined && index !== undefined && index.facts.bindings[binding]!.in !== enclosing(index.facts, at.span[0]);
  if (start === undefined || others.length > 0 || !isHeld) return unknown('a number that is counted up', at);
  const hole: Hole = { varies: 'run', source: COUNTER, at };
  return { kind: 'text', parts: start > 1 ? [`${start}+`, hole] : [hole], at };
}

const COUNTER = 'counter';
export const isCount = (op: string | undefined): boolean => op === '++' || op === '--' || op === '+=' || op === '-=';
