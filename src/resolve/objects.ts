import type { Abstract, RecordValue } from '../model/abstract.js';
import { constantOf, recordsOf, text, unknown } from '../model/abstract.js';
import type { Place } from '../model/place.js';
import { returned } from './calls.js';
import { property } from './evaluate.js';
import { keyOf } from './frames.js';
import type { Resolver } from './resolver.js';
import { mapText } from './text.js';

type Keyed = RecordValue & { readonly key: string };

/** A record that is computed. `key` tells two of them apart that are made at one place. */
export function recordOf(
  at: Place,
  key: string,
  get: (key: string) => Abstract | undefined,
  keys: () => readonly string[] | undefined,
  extra: Pick<RecordValue, 'schema' | 'separator' | 'ways'> = {},
): RecordValue {
  const present = (name: string): Abstract | undefined => {
    const found = get(name);
    return isMissing(found) ? undefined : found;
  };
  const made: Keyed = { kind: 'record', at, key, get: present, keys, ...extra };
  return made;
}

export const fields = (at: Place, entries: Readonly<Record<string, Abstract | undefined>>): RecordValue =>
  recordOf(
    at,
    Object.entries(entries)
      .map(([key, value]) => `${key}:${value ? keyOf(value) : ''}`)
      .join(),
    (key) => (Object.hasOwn(entries, key) ? entries[key] : undefined),
    () => Object.keys(entries),
  );

const isMissing = (value: Abstract | undefined): boolean => value === undefined || (value.kind === 'const' && value.value === undefined);

/** Objects laid over each other, the last on top. `deep` goes into records that both have. */
export function merged(r: Resolver, args: readonly Abstract[], at: Place, deep = false): Abstract {
  const layers = args.filter(
    (each) => each.kind === 'record' || each.kind === 'instance' || each.kind === 'module' || each.kind === 'outer' || each.kind === 'oneOf',
  );
  if (layers.length === 0) return args[0] ?? unknown('an object', at);
  if (layers.length === 1 && args.length === 1) return layers[0]!;
  const hidden = args.find((each) => each.kind === 'unknown');
  return recordOf(
    at,
    layers.map(keyOf).join('+'),
    (key) => {
      const found = layers
        .map((each) => property(r, each, key, at))
        .filter((each): each is Abstract => !isMissing(each) && !(each?.kind === 'unknown' && layers.length > 1));
      const last = found.at(-1);
      if (last === undefined) return hidden;
      if (!deep) return last;
      return found.length > 1 && last.kind === 'record'
        ? merged(
            r,
            found.filter((each) => each.kind === 'record'),
            at,
            true,
          )
        : copied(last, at);
    },
    () => {
      const all = layers.map((each) => (each.kind === 'record' ? each.keys() : undefined));
      return hidden === undefined && all.every((each) => each !== undefined) ? [...new Set(all.flat())] : undefined;
    },
    {
      ways: () => {
        const choice = layers.find(recordsOf);
        const ways = recordsOf(choice)?.map((way) =>
          merged(
            r,
            args.map((each) => (each === choice ? way : each)),
            at,
            deep,
          ),
        );
        return ways?.filter((each) => each.kind === 'record');
      },
    },
  );
}

/** The same content in objects that are made here. */
export function copied(value: Abstract | undefined, at: Place): Abstract | undefined {
  if (value?.kind === 'record') return { ...value, at, get: (key) => copied(value.get(key), at) };
  return value?.kind === 'list' ? { ...value, at, items: value.items.map((each) => copied(each, at)!) } : value;
}

const texts = (values: readonly (Abstract | undefined)[]): string[] | undefined => {
  const out: string[] = [];
  for (const value of values.flatMap((each): readonly (Abstract | undefined)[] => (each?.kind === 'list' ? each.items : [each]))) {
    const known = constantOf(value);
    if (known === undefined) return undefined;
    out.push(known);
  }
  return out;
};

/** Only some keys of an object, or all but some. */
function chosen(r: Resolver, object: Abstract | undefined, names: readonly (Abstract | undefined)[], isKept: boolean, at: Place): Abstract | undefined {
  const listed = texts(names);
  if (!object || !listed) return undefined;
  const has = (key: string): boolean => listed.includes(key) === isKept;
  return recordOf(
    at,
    `${isKept ? 'pick' : 'omit'}${listed.join()}${keyOf(object)}`,
    (key) => (has(key) ? property(r, object, key, at) : undefined),
    () => (isKept ? listed : object.kind === 'record' ? object.keys()?.filter(has) : undefined),
  );
}

/** A value deep in an object: `a.b`, `a:b`, `['a', 'b']`. */
export function deepProperty(r: Resolver, object: Abstract, path: readonly string[], at: Place): Abstract | undefined {
  let current: Abstract | undefined = object;
  for (const key of path) {
    if (!current || isMissing(current)) return undefined;
    current = property(r, current, key, at);
  }
  return isMissing(current) ? undefined : current;
}

export function pathKeys(path: Abstract | undefined, separator = '.'): string[] | undefined {
  if (path?.kind === 'list') return texts(path.items);
  const known = constantOf(path);
  return known?.replace(/\[(\w+)\]/g, `${separator}$1`).split(separator);
}

export function entriesOf(r: Resolver, object: Abstract | undefined, at: Place): Abstract | undefined {
  if (object?.kind !== 'record') return undefined;
  const keys = object.keys();
  if (!keys) return undefined;
  const pair = (key: string): Abstract => ({ kind: 'list', items: [text(key, at), property(r, object, key, at) ?? unknown('a value', at)], open: false, at });
  return { kind: 'list', items: keys.map(pair), open: false, at };
}

export function fromEntries(list: Abstract | undefined, at: Place): Abstract | undefined {
  if (list?.kind !== 'list') return undefined;
  const pairs = list.items.map((each) => (each.kind === 'list' ? ([constantOf(each.items[0]), each.items[1]] as const) : ([undefined, undefined] as const)));
  return recordOf(
    at,
    keyOf(list),
    (name) =>
      pairs.findLast(([key]) => key === name)?.[1] ??
      (list.open || pairs.some(([key]) => key === undefined) ? unknown('an entry that is not known', at) : undefined),
    () => (list.open || pairs.some(([key]) => key === undefined) ? undefined : pairs.map(([key]) => key!)),
  );
}

const UTILITIES = /^(?:lodash(?:-es)?|ramda|radash|es-toolkit|underscore|remeda)$/;

/** Names of functions that give what they are handed, with a promise in the place of its callback. */
export const PROMISIFIES = /^(promisify|denodeify|nfbind)$/;

/** Functions of general-purpose libraries that only move values about. */
export function utilityCall(r: Resolver, packageName: string, name: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  const [first, second] = args;
  switch (packageName) {
    case 'deepmerge':
    case 'merge-deep':
    case 'ts-deepmerge':
    case '@fastify/deepmerge':
      return name === 'all' && first?.kind === 'list' ? merged(r, first.items, at, true) : merged(r, args, at, true);
    case 'defu':
      return merged(r, [...args].reverse(), at, true);
    case 'object-assign':
    case 'xtend':
    case 'extend':
    case 'just-extend':
      return merged(
        r,
        args.filter((each) => each.kind !== 'const'),
        at,
        packageName === 'extend' && first?.kind === 'const',
      );
    case 'rfdc':
    case 'klona':
    case 'clone':
    case 'clone-deep':
    case 'fast-copy':
      return copied(first, at);
    case 'bluebird':
    case 'q':
    case 'promise':
      return PROMISIFIES.test(name) ? first : undefined;
    case 'universalify':
      return name === 'fromCallback' ? first : undefined;
    case 'pify':
    case 'es6-promisify':
    case 'util.promisify':
    case 'thenify':
    case 'outdent':
    case 'dedent':
    case 'ts-dedent':
    case 'common-tags':
    case 'p-memoize':
    case 'memoize':
    case 'mem':
    case 'onetime':
    case 'once':
    case 'memoizee':
    case 'p-limit':
      return packageName === 'p-limit' ? undefined : first;
    default:
  }
  const single = /^(lodash(?:-es)?|es-toolkit)\/(?:compat\/|object\/|fp\/)?(\w+)$/.exec(packageName) ?? /^(lodash)\.(\w+)$/.exec(packageName);
  if (!UTILITIES.test(single?.[1] ?? packageName.split('/')[0]!)) return undefined;
  const called = single && name === '' ? single[2]!.toLowerCase() : name.replace(/^_\./, '').toLowerCase();
  const isRamda = packageName === 'ramda';
  switch (called) {
    case 'merge':
    case 'mergewith':
    case 'mergedeepright':
    case 'tomerged':
      return merged(r, args, at, called !== 'merge' || !isRamda);
    case 'assign':
    case 'extend':
    case 'assignin':
    case 'mergeright':
      return merged(r, args, at);
    case 'defaults':
    case 'mergeleft':
      return merged(r, [...args].reverse(), at);
    case 'defaultsdeep':
    case 'mergedeepleft':
      return merged(r, [...args].reverse(), at, true);
    case 'pick':
    case 'omit':
      return isRamda ? chosen(r, second, [first], called === 'pick', at) : chosen(r, first, args.slice(1), called === 'pick', at);
    case 'get':
    case 'path':
    case 'prop':
    case 'pathor':
    case 'propor': {
      const isLast = isRamda;
      const fallback = called.endsWith('or') ? first : isLast ? undefined : args[2];
      const [object, path] = isLast ? [args.at(-1), args.at(-2)] : [first, second];
      const keys = pathKeys(path);
      if (!object || !keys) return undefined;
      return deepProperty(r, object, keys, at) ?? fallback ?? { kind: 'const', value: undefined, at };
    }
    case 'clonedeep':
    case 'clone':
      return copied(first, at);
    case 'once':
    case 'memoize':
    case 'identity':
    case 'toplainobject':
    case 'tostring':
    case 'trim':
    case 'freeze':
      return first;
    case 'constant':
    case 'always':
      return undefined;
    case 'frompairs':
      return fromEntries(first, at);
    case 'topairs':
    case 'entries':
      return entriesOf(r, first, at);
    case 'keys':
      return entryParts(r, first, 0, at);
    case 'values':
      return entryParts(r, first, 1, at);
    case 'snakecase':
    case 'snake':
      return first && mapText(first, (part) => words(part).join('_'));
    case 'kebabcase':
    case 'dash':
      return first && mapText(first, (part) => words(part).join('-'));
    case 'camelcase':
    case 'camel':
      return (
        first &&
        mapText(first, (part) =>
          words(part)
            .map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
            .join(''),
        )
      );
    case 'tolower':
      return first && mapText(first, (part) => part.toLowerCase());
    case 'toupper':
      return first && mapText(first, (part) => part.toUpperCase());
    case 'random': {
      const bounds = args.flatMap((each) => (each.kind === 'const' && typeof each.value === 'number' ? [each.value] : []));
      const values = bounds.length === 2 ? bounds[1]! - bounds[0]! + 1 : bounds[0];
      return values !== undefined && values > 0 && values <= 1_000_000
        ? { kind: 'text', parts: [{ varies: 'call', source: 'random', values, at }], at }
        : undefined;
    }
    case 'uniqueid':
      return {
        kind: 'text',
        parts: [...(constantOf(first) === undefined ? [] : [constantOf(first)!]), unknown('a counter that starts anew in every process', at)],
        at,
      };
    case 'mapvalues':
      return first?.kind === 'record' && second?.kind === 'fn'
        ? recordOf(
            at,
            `map${keyOf(first)}${keyOf(second)}`,
            (key) => {
              const value = first.get(key);
              return value && returned(r, second, [value, text(key, at)], undefined, at);
            },
            () => first.keys(),
          )
        : undefined;
    default:
      return undefined;
  }
}

const words = (part: string): string[] =>
  part
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());

/** The keys (0) or the values (1) of an object as a list. */
export function entryParts(r: Resolver, object: Abstract | undefined, which: 0 | 1, at: Place): Abstract | undefined {
  const entries = entriesOf(r, object, at);
  return entries?.kind === 'list' ? { ...entries, items: entries.items.map((each) => (each.kind === 'list' ? each.items[which]! : each)) } : undefined;
}

/** A choice among several values that may each be a record. */
export const alternativesOf = (value: Abstract): readonly Abstract[] => (value.kind === 'oneOf' ? value.of : [value]);
