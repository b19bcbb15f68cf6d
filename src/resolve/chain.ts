import type { Value } from '../model/facts.js';

/** A variable and the members that lead from it, as text; nothing for anything else. */
export function chain(value: Value): string | undefined {
  switch (value.kind) {
    case 'ref':
      return `#${value.binding}`;
    case 'outer':
      return value.name;
    case 'member': {
      const of = chain(value.of);
      return of === undefined || typeof value.key !== 'string' ? undefined : `${of}.${value.key}`;
    }
    default:
      return undefined;
  }
}
