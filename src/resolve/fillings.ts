import { constantOf, type Abstract, type Frame } from '../model/abstract.js';
import type { Value } from '../model/facts.js';
import { property } from './evaluate.js';
import { keyOf } from './frames.js';
import { recordOf } from './objects.js';
import { place, type Resolver } from './resolver.js';

/**
 * The object that a variable holds, with what it was given between its making and the place that asks:
 * `const options = defaults(); options.database = 'shop'; Object.assign(options, more); new Pool(options)`.
 */
export function withFillings(r: Resolver, of: Extract<Value, { kind: 'ref' }>, held: Abstract, file: string, frame: Frame | undefined): Abstract {
  if (held.kind !== 'record') return held;
  const before = r
    .index(file)
    ?.fillings(of.binding)
    ?.filter((each) => each.at[1] <= of.at[0]);
  if (!before || before.length === 0) return held;
  const given = before.map(({ key, value, only, always }) => ({
    key,
    always,
    value: r.value(value, file, frame),
    keys: only && constantsOf(r.value(only, file, frame)),
  }));
  const at = place(file, of.at);
  const filled = recordOf(
    held.at,
    [held, ...given.map(({ value }) => value)].map(keyOf).join('+'),
    (key) =>
      given.reduce<Abstract | undefined>((known, each) => {
        if (each.keys && !each.keys.includes(key)) return known;
        const found = each.key === undefined ? property(r, each.value, key, at) : each.key === key ? each.value : undefined;
        if (found === undefined || (each.key === undefined && (found.kind === 'unknown' || (found.kind === 'const' && found.value === undefined))))
          return known;
        // On one way only: what it holds on the others names the resource.
        return each.always || !known ? found : known;
      }, held.get(key)),
    () => {
      const all = [
        held.keys(),
        ...given.map(({ key, value, keys }) => (key !== undefined ? [key] : (keys ?? (value.kind === 'record' ? value.keys() : undefined)))),
      ];
      return all.every((each) => each !== undefined) ? [...new Set(all.flat())] : undefined;
    },
  );
  return { ...held, ...filled };
}

/** The items of a list that is wholly known. */
function constantsOf(list: Abstract): readonly string[] | undefined {
  if (list.kind !== 'list' || list.open) return undefined;
  const items = list.items.map(constantOf);
  return items.every((each) => each !== undefined) ? items : undefined;
}
