/**
 * A function that is called with a hundred different texts mostly does the same each time. It is walked first with its plain
 * arguments erased, then with no more than their shape where it asks what it was given, and with the real ones only where what it
 * does depends on them.
 */
import type { Abstract } from '../model/abstract.js';
import { unknown } from '../model/abstract.js';
import type { Name } from '../model/names.js';

const WHY = 'an argument that is not looked at yet';
/** Stands for what is erased. */
export const ERASED: Abstract = unknown(WHY);
/** Stands for a text that is not empty, whatever it says. */
export const SOME_TEXT: Abstract = unknown(WHY);
/** Stands for what is not known either once it is looked at. */
export const UNSURE: Abstract = unknown(WHY);

/** Text, numbers and plain records give way to one value; functions, clients, objects and small constants stay. */
export function erase(value: Abstract): Abstract {
  return (value.kind === 'text' && value.parts.length > 0) ||
    (value.kind === 'const' && typeof value.value === 'number') ||
    (value.kind !== 'const' && isPlain(value, 0))
    ? ERASED
    : value;
}

const plainRecords = new WeakMap<Abstract, boolean>();

/** Nothing can be done to the world with it. */
export function isPlain(value: Abstract, depth = 0): boolean {
  if (value.kind !== 'record' && value.kind !== 'list') return plain(value, depth);
  let known = plainRecords.get(value);
  if (known === undefined) plainRecords.set(value, (known = plain(value, depth)));
  return known;
}

function plain(value: Abstract, depth: number): boolean {
  switch (value.kind) {
    case 'const':
    case 'text':
    case 'unknown':
      return true;
    case 'outer':
      return value.path[0] !== 'process';
    case 'list':
      return value.items.length <= 12 && value.items.every((each) => isPlain(each, depth + 1));
    case 'record': {
      if (depth > 2) return false;
      const keys = value.keys();
      return (
        keys !== undefined &&
        keys.length <= 24 &&
        keys.every((key) => {
          const inner = value.get(key);
          return inner === undefined || isPlain(inner, depth + 1);
        })
      );
    }
    case 'oneOf':
      return value.of.every((each) => isPlain(each, depth + 1));
    default:
      return false;
  }
}

export const isErased = (value: Abstract | undefined): boolean => value?.kind === 'unknown' && value.why === WHY;

/** Whether an erased argument shows in the value. */
export function showsErased(value: Abstract | undefined, depth = 0): boolean {
  if (!value || depth > 3) return false;
  switch (value.kind) {
    case 'unknown':
      return value.why === WHY;
    case 'text':
      return value.parts.some((part) => typeof part !== 'string' && 'kind' in part && part.why === WHY);
    case 'oneOf':
      return value.of.some((each) => showsErased(each, depth + 1));
    case 'list':
      return value.items.some((each) => showsErased(each, depth + 1));
    case 'record':
      return (value.keys() ?? []).slice(0, 24).some((key) => showsErased(value.get(key), depth + 1));
    default:
      return false;
  }
}

export function nameShowsErased(name: Name | undefined): boolean {
  if (!name) return false;
  if (name.kind === 'unknown') return name.why === WHY;
  return name.kind === 'oneOf' && name.names.some(nameShowsErased);
}
