/** Members of URLs: what a part of one is, and what a URL is whose parts are written later. */
import type { Abstract, Frame } from '../model/abstract.js';
import { constantOf, text, unknown } from '../model/abstract.js';
import type { Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import { chain } from './chain.js';
import { place, type Resolver } from './resolver.js';
import { concat, mapEach, urlPart, withoutPath, withoutQuery, withPart, withPath } from './text.js';
import { SEARCH, withQuery } from './urls.js';

/** `url.pathname`, `url.searchParams`: a part of a text that is a URL. */
export function textMember(value: Extract<Abstract, { kind: 'text' }>, key: string, at: Place): Abstract {
  if (!value.from?.includes('URL')) return unknown(`\`${key}\` of a text`, at);
  switch (key) {
    case 'href':
      return value;
    case 'pathname': {
      const path = urlPart(value, 'path');
      return path?.kind === 'text'
        ? { ...path, parts: [`/${typeof path.parts[0] === 'string' ? path.parts[0] : ''}`, ...path.parts.slice(typeof path.parts[0] === 'string' ? 1 : 0)] }
        : text('/', at);
    }
    case 'host':
    case 'hostname':
      return urlPart(value, 'host') ?? text('', at);
    case 'port':
      return urlPart(value, 'port') ?? text('', at);
    case 'path':
      return textMember(value, 'pathname', at);
    case 'username':
    case 'auth':
      return urlPart(value, 'user') ?? text('', at);
    case 'protocol': {
      const protocol = urlPart(value, 'protocol');
      return protocol ? concat([protocol, text(':', at)], at) : unknown('the protocol of a URL', at);
    }
    case 'origin':
      return withoutPath(value);
    case 'hosts':
      return { kind: 'list', items: [urlPart(value, 'host') ?? text('', at)], open: false, at };
    case 'searchParams':
      return { ...value, from: [...(value.from ?? []), SEARCH] };
    default:
      return unknown(`\`${key}\` of a URL`, at);
  }
}

/** A URL whose path or query is assigned later. What a variable holds has seen the assignments already: `urlOfVariable`. */
export function urlAfterWrites(r: Resolver, of: Value, value: Abstract, file: string, frame: Frame | undefined): Abstract {
  return of.kind === 'ref' ? value : withWrites(r, of, value, file, frame);
}

export const isUrl = (value: Abstract): boolean =>
  value.kind === 'oneOf' ? value.of.some(isUrl) : value.kind === 'text' && value.from?.includes('URL') === true;

/** `url.pathname = '/x'`, `url.port += 1`, `url.searchParams.set('a', 'b')` between the creation and the place that asks. */
export function withWrites(r: Resolver, of: Value, value: Abstract, file: string, frame: Frame | undefined): Abstract {
  const target = isUrl(value) ? chain(of) : undefined;
  const index = r.index(file);
  if (target === undefined || !index) return value;
  let changed = value;
  const retag = (url: Abstract): Abstract => mapEach(url, (each) => (each.kind === 'text' ? { ...each, from: ['URL'] } : each));
  const isBefore = (span: readonly [number, number]): boolean => span[1] <= of.at[0];
  for (const [key, change] of Object.entries(WRITES)) {
    for (const write of index.memberWrites.get(key) ?? []) {
      if (chain(write.of) !== target || !isBefore(write.at) || (write.op && write.op !== '+=')) continue;
      const at = place(file, write.at);
      const to = r.value(write.value, file, frame);
      changed = retag(mapEach(changed, (url) => (url.kind === 'text' ? change(url, write.op ? concat([textMember(url, key, at), to], at) : to, at) : url)));
    }
  }
  for (const call of index.facts.calls) {
    if (
      call.callee.kind !== 'member' ||
      (call.callee.key !== 'set' && call.callee.key !== 'append') ||
      !isBefore(call.at) ||
      chain(call.callee.of) !== `${target}.searchParams`
    )
      continue;
    const [name, setting] = call.args.map((each) => r.value(each.value, file, frame));
    const key = constantOf(name);
    if (key !== undefined && setting) changed = retag(withQuery(changed, key, setting, place(file, call.at)));
  }
  return changed;
}

const WRITES: Readonly<Record<string, (url: Abstract, to: Abstract, at: Place) => Abstract>> = {
  pathname: withPath,
  search: (url, to, at) => concat([withoutQuery(url), to], at),
  host: (url, to, at) => withPart(url, 'host', to, at),
  hostname: (url, to, at) => withPart(url, 'hostname', to, at),
  port: (url, to, at) => withPart(url, 'port', to, at),
};
