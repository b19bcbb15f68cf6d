/**
 * What shows of an argument without what it says: which properties it has, which of them are switches, and that a text is there.
 * Calls that differ in nothing else are one call for a function that only asks what it was given.
 */
import type { Abstract } from '../model/abstract.js';
import type { Place } from '../model/place.js';
import { ERASED, isErased, isPlain, SOME_TEXT, UNSURE } from './erasure.js';
import { truth } from './operators.js';
import { keyOf } from './frames.js';
import { fields } from './objects.js';

/** What is made anew has the place of the function that is given it: `at`. */
export function shapeOf(value: Abstract, at: Place): Abstract {
  if (!isPlain(value)) return value;
  switch (value.kind) {
    case 'const':
      return value;
    case 'unknown':
      return isErased(value) ? value : UNSURE;
    case 'text':
      return shapeOfText(value);
    case 'list': {
      const items = value.items.map((each) => shapeOf(each, at));
      const made: Abstract & { readonly key: string } = { ...value, items, at, key: items.map(keyOf).join() };
      return made;
    }
    case 'record': {
      if (value.schema || value.separator !== undefined) return value;
      const entries = (value.keys() ?? []).map((key) => [key, value.get(key)] as const);
      const own = fields(at, Object.fromEntries(entries.map(([key, each]) => [key, each && shapeOf(each, at)])));
      return value.written ? { ...own, written: value.written } : own;
    }
    default:
      return ERASED;
  }
}

/** An empty text is one of its own; whether one of the environment is there is not known. */
function shapeOfText(value: Abstract): Abstract {
  const isThere = truth(value);
  return isThere === undefined ? ERASED : isThere ? SOME_TEXT : value;
}
