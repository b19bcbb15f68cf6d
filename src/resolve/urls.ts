import type { Abstract, TextValue } from '../model/abstract.js';
import { constantOf, text } from '../model/abstract.js';
import type { Place } from '../model/place.js';
import { fields } from './objects.js';
import { property } from './evaluate.js';
import type { Resolver } from './resolver.js';
import { concat, flatten, mapEach, parseUrl, urlPart } from './text.js';

/** Marks the text of a URL whose query is being looked at. */
export const SEARCH = 'search';

/** `{ host, port, database, user }` of a connection string. */
export function urlRecord(value: Abstract, at: Place): Abstract {
  return fields(at, {
    host: urlPart(value, 'host'),
    port: urlPart(value, 'port'),
    database: urlPart(value, 'path'),
    user: urlPart(value, 'user'),
    password: text('', at),
  });
}

/** `a=1&b=2` of an object, as far as it is known. */
export function query(r: Resolver, object: Abstract | undefined, at: Place): Abstract | undefined {
  if (object?.kind === 'text') return { ...object, from: [...(object.from ?? []), SEARCH] };
  const keys = object?.kind === 'record' ? object.keys() : object ? undefined : [];
  if (!keys) return undefined;
  return mapEach(
    concat(
      keys.flatMap((key, index) => [text(`${index > 0 ? '&' : ''}${key}=`, at), property(r, object!, key, at)]),
      at,
    ),
    (each) => (each.kind === 'text' ? { ...each, from: [...(each.from ?? []), SEARCH] } : each),
  );
}

/** `url.searchParams.get('schema')`, and `get` of a query that stands alone. */
export function searchMethod(receiver: TextValue, method: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  if (!receiver.from?.includes(SEARCH)) return undefined;
  const key = constantOf(args[0]);
  switch (method) {
    case 'get': {
      if (key === undefined) return undefined;
      const { flat, restore } = flatten(receiver);
      const whole = parseUrl(flat)
        ? undefined
        : flat
            .replace(/^\?/, '')
            .split('&')
            .find((each) => each.startsWith(`${key}=`));
      return (whole === undefined ? urlPart(receiver, `query.${key}`) : restore(whole.slice(key.length + 1))) ?? { kind: 'const', value: null, at };
    }
    case 'set':
    case 'append': {
      const value = args[1];
      return key !== undefined && value ? withQuery(receiver, key, value, at) : receiver;
    }
    case 'toString':
      return receiver;
    default:
      return undefined;
  }
}

/** The URL with one setting of its query replaced. */
export function withQuery(value: Abstract, key: string, setting: Abstract, at: Place): Abstract {
  return mapEach(value, (each) => {
    if (each.kind !== 'text') return each;
    const { flat, restore } = flatten(each);
    const cut = flat.indexOf('?');
    const others = (cut < 0 ? '' : flat.slice(cut + 1)).split('&').filter((pair) => pair !== '' && !pair.startsWith(`${key}=`));
    const made = concat([restore(`${cut < 0 ? flat : flat.slice(0, cut)}?${[...others, `${key}=`].join('&')}`, at), setting], at);
    return mapEach(made, (one) => (one.kind === 'text' ? { ...one, from: each.from ?? [] } : one));
  });
}
