import type { Abstract, TextValue, UnknownValue } from '../model/abstract.js';
import { constantOf, unknown } from '../model/abstract.js';
import type { Hole } from '../model/names.js';
import { samePlace, type Place } from '../model/place.js';
import { ERASED, SOME_TEXT } from './erasure.js';
import { keyOf } from './frames.js';

type Part = TextValue['parts'][number];

/** The parts of a value written as text. */
export function partsOf(value: Abstract | undefined): readonly Part[] {
  if (!value) return [unknown('a value that is not known')];
  switch (value.kind) {
    case 'text':
      return value.parts;
    case 'const':
      return [String(value.value)];
    case 'unknown':
      return [value];
    case 'outer':
      return [unknown(`the value of ${value.path.join('.')}`, value.at)];
    default:
      return [unknown(`a ${value.kind} written as text`)];
  }
}

/** At most this many alternatives are kept apart; more become unknown. */
const MOST = 6;

/** One text for every combination of alternatives. */
export function concat(values: readonly (Abstract | undefined)[], at: Place): Abstract {
  let rows: Part[][] = [[]];
  for (const each of values) {
    const options = each?.kind === 'oneOf' ? withSomething(each.of) : [each];
    const next: Part[][] = [];
    for (const row of rows) for (const option of options) next.push([...row, ...partsOf(option)]);
    if (next.length > MOST) {
      rows = rows.map((row) => [...row, unknown('too many alternatives', at)]);
      continue;
    }
    rows = next;
  }
  const words = values.flatMap((each) => wordsOf(each, at)).slice(0, 6);
  return oneOf(rows.map((parts) => ({ kind: 'text', parts: joined(parts), at, ...(words.length > 0 ? { words } : {}) })));
}

/** `if (!path) return; read(path + '.json')`: nobody means the text "undefined" where there is something else to write. */
function withSomething(values: readonly Abstract[]): readonly Abstract[] {
  const some = values.filter((each) => each.kind !== 'const' || (each.value !== undefined && each.value !== null));
  return some.length === 0 ? values : some;
}

/** `CREATE DATABASE ${NAME}`: the name and where it is written, which is not the statement. */
function wordsOf(value: Abstract | undefined, whole: Place): NonNullable<TextValue['words']> {
  if (value?.kind !== 'text') return [];
  const [only, ...others] = value.parts;
  const isInside = value.at.path === whole.path && whole.span[0] <= value.at.span[0] && value.at.span[1] <= whole.span[1];
  const own = typeof only === 'string' && others.length === 0 && !isInside && /^[\w.-]{2,}$/.test(only) ? [{ text: only, at: value.at }] : [];
  return [...own, ...(value.words ?? [])];
}

/** Neighbouring known parts become one. */
export function joined(parts: readonly Part[]): Part[] {
  const out: Part[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (typeof part === 'string' && typeof last === 'string') out[out.length - 1] = last + part;
    else if (part !== '') out.push(part);
  }
  return out;
}

/** At most this many values are kept beside each other; more become unknown. */
const MOST_VALUES = 12;

export function oneOf(values: readonly Abstract[]): Abstract {
  const flat = different(values);
  // A value that goes round in a circle adds nothing to the others.
  const open = flat.length > 1 ? flat.findIndex((each) => each.kind === 'unknown' && each.why === 'it depends on itself') : -1;
  if (open >= 0) flat.splice(open, 1);
  if (flat.length === 0) return unknown('no value');
  if (flat.length === 1) return flat[0]!;
  if (flat.length > MOST_VALUES) return unknown('too many possible values');
  return { kind: 'oneOf', of: flat };
}

/** Whether `oneOf` gives up on them, and would with more beside them. */
export const areTooMany = (values: readonly Abstract[]): boolean => values.length > MOST_VALUES && different(values).length > MOST_VALUES + 1;

function different(values: readonly Abstract[]): Abstract[] {
  const flat: Abstract[] = [];
  for (const value of values) {
    for (const each of value.kind === 'oneOf' ? value.of : [value]) {
      const known = flat.findIndex((one) => sameValue(one, each));
      if (known < 0) flat.push(each);
      // Of two places that say the same, the source tells a reader more than a workflow does.
      else if (isOutsideSource(flat[known]!) && !isOutsideSource(each)) flat[known] = each;
    }
    // One of them may go round in a circle.
    if (flat.length > MOST_VALUES + 1) break;
  }
  return flat;
}

const isOutsideSource = (value: Abstract): boolean => value.kind === 'text' && /\.ya?ml$|(^|\/)\.env[^/]*$/.test(value.at.path);

function sameValue(a: Abstract, b: Abstract): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if (a.kind === 'unknown' && b.kind === 'unknown') return a.why === b.why && a.at?.path === b.at?.path && a.at?.span[0] === b.at?.span[0];
  if (a.kind === 'const' && b.kind === 'const') return a.value === b.value;
  if (a.kind === 'text' && b.kind === 'text') return a.parts.length === b.parts.length && a.parts.every((part, index) => samePart(part, b.parts[index]!));
  // What one place makes of other arguments is another thing.
  if (a.kind === 'handle' && b.kind === 'handle') return a.type === b.type && keyOf(a) === keyOf(b);
  if (a.kind === 'fn' && b.kind === 'fn') return a.file === b.file && a.fn === b.fn && a.scope?.key === b.scope?.key;
  return false;
}

/** Two temporary directories are never one, however alike their names begin: each of them has to be removed. */
function samePart(a: Part, b: Part): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  const one: Hole | UnknownValue = a;
  const two: Hole | UnknownValue = b;
  if ('kind' in one || 'kind' in two) return one === two;
  return one.source === two.source && one.varies === two.varies && (one.source !== 'mkdtemp' || samePlace(one.at, two.at));
}

/** Applies a function to the known parts only: lower-casing, replacing. */
export function mapText(value: Abstract, change: (text: string) => string): Abstract {
  if (value.kind === 'oneOf') return oneOf(value.of.map((each) => mapText(each, change)));
  if (value.kind !== 'text') return value;
  return { ...value, parts: value.parts.map((part) => (typeof part === 'string' ? change(part) : part)) };
}

/** Applies a function to every alternative. */
export function mapEach(value: Abstract, change: (each: Abstract) => Abstract): Abstract {
  return value.kind === 'oneOf' ? oneOf(value.of.map(change)) : change(value);
}

const HOLE = '\u0000';

/** A text as one string in which every part that is not known stands as a mark, and the way back. */
export function flatten(value: TextValue): { readonly flat: string; readonly restore: (slice: string, at?: Place) => TextValue } {
  const holes: Part[] = [];
  let flat = '';
  for (const part of value.parts) {
    if (typeof part === 'string') flat += part;
    else {
      flat += `${HOLE}${String.fromCharCode(holes.length + 1)}${HOLE}`;
      holes.push(part);
    }
  }
  const restore = (slice: string, at: Place = value.at): TextValue => {
    const parts: Part[] = [];
    slice.split(HOLE).forEach((piece, index) => {
      if (index % 2 === 0) {
        if (piece !== '') parts.push(piece);
      } else parts.push(holes[piece.charCodeAt(0) - 1] ?? unknown('a part of a text'));
    });
    return { kind: 'text', parts, at };
  };
  return { flat, restore };
}

export interface UrlParts {
  readonly protocol: string;
  readonly user: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

/** The parts of a URL with holes in it; several hosts (`a:1,b:2`) stay one host text. Nothing when it is no URL. */
export function parseUrl(flat: string): UrlParts | undefined {
  const match = /^([a-z][a-z0-9+.-]*):(?:\/\/)?(?:([^/?#@]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?/i.exec(flat);
  if (!match || !(flat.includes('://') || /^(file|sqlite):/.test(flat))) return undefined;
  const hostPort = match[3] ?? '';
  const port = /:(\d+|\u0000.\u0000)$/.exec(hostPort);
  return {
    protocol: match[1]!,
    user: match[2] ?? '',
    host: port ? hostPort.slice(0, port.index) : hostPort,
    port: port?.[1] ?? '',
    path: match[4] ?? '',
    query: match[5] ?? '',
  };
}

/** A named part of a URL text: `path`, `host`, `port`, `user`, `protocol`, `query.db`. Absent parts are `undefined`. */
export function urlPart(value: Abstract | undefined, part: string): Abstract | undefined {
  if (!value) return undefined;
  if (value.kind === 'oneOf') {
    const found = value.of.map((each) => urlPart(each, part)).filter((each): each is Abstract => each !== undefined);
    return found.length > 0 ? oneOf(found) : undefined;
  }
  if (value.kind === 'unknown') return value;
  if (value.kind !== 'text') return undefined;
  const { flat, restore } = flatten(value);
  const url = parseUrl(flat);
  if (!url) {
    // `${process.env.MONGO_URL}/orders`, `${dsn}?options=...`: a server from elsewhere, and its path or query.
    const [server, path] = value.parts;
    if (
      server !== undefined &&
      typeof server !== 'string' &&
      typeof path === 'string' &&
      (path.startsWith('?') || (isServer(server) && path.startsWith('/')))
    ) {
      const isBehind = part.startsWith('query.') || (part === 'path' && path.startsWith('/'));
      if (!isBehind) return urlPart({ kind: 'text', parts: [server], at: value.at }, part);
      const rest = textOf(parseUrl(`x://x${flat.slice(flat.indexOf(HOLE, 1) + 1)}`), part);
      return rest === undefined ? undefined : restore(rest);
    }
    // Whether an unknown text before a path is a server or a folder nobody knows; that it says nothing is not so.
    if (server !== undefined && typeof server !== 'string' && 'kind' in server && typeof path === 'string' && path.startsWith('/')) return server;
    // Nothing but a hole: the whole URL comes from elsewhere, and so does each of its parts.
    const only = value.parts.length === 1 ? value.parts[0] : undefined;
    // A part of a URL from elsewhere is no URL.
    if (only !== undefined && typeof only !== 'string' && !('kind' in only) && only.source.includes('#')) return undefined;
    if (only !== undefined && typeof only !== 'string')
      return 'kind' in only ? only : { kind: 'text', parts: [{ ...only, source: `${only.source}#${part}` }], at: value.at };
    return undefined;
  }
  const text = textOf(url, part);
  return text === undefined ? undefined : restore(text);
}

function textOf(url: UrlParts | undefined, part: string): string | undefined {
  if (!url) return undefined;
  if (part.startsWith('query.')) {
    const key = `${part.slice(6)}=`;
    return url.query
      .split('&')
      .find((each) => each.startsWith(key))
      ?.slice(key.length);
  }
  switch (part) {
    case 'path':
    case 'host':
    case 'port':
    case 'protocol':
      return url[part] || undefined;
    case 'user':
      return url.user.replace(/:.*/s, '') || undefined;
    default:
      return undefined;
  }
}

/** An environment variable whose name says that it leads to a server. */
const isServer = (part: Part | undefined): part is Hole =>
  part !== undefined &&
  typeof part !== 'string' &&
  'varies' in part &&
  part.varies === 'environment' &&
  /ur[il]|server|endpoint|host|conn|dsn/i.test(part.source);

/** The URL with another path. */
export function withPath(value: Abstract, path: Abstract, at: Place): Abstract {
  if (value.kind === 'oneOf') return oneOf(value.of.map((each) => withPath(each, path, at)));
  if (value.kind !== 'text') return value;
  const { flat, restore } = flatten(value);
  const url = parseUrl(flat);
  const head = url ? flat.slice(0, flat.indexOf('://') + 3) + (url.user ? `${url.user}@` : '') + url.host + (url.port ? `:${url.port}` : '') : undefined;
  if (head === undefined) return concat([value, { kind: 'text', parts: ['#'], at }, path], at);
  const tail = url!.query ? `?${url!.query}` : '';
  const lead = path.kind === 'text' && typeof path.parts[0] === 'string' && path.parts[0].startsWith('/') ? '' : '/';
  return concat([restore(head, at), { kind: 'text', parts: lead ? [lead] : [], at }, path, restore(tail, at)], at);
}

/** The text before the query of a URL. */
export const withoutQuery = (value: Abstract): Abstract => upTo(value, (flat) => flat.indexOf('?'));

/** Protocol and host of a URL. */
export const withoutPath = (value: Abstract): Abstract => upTo(value, (flat) => flat.indexOf('/', flat.indexOf('://') + 3));

function upTo(value: Abstract, end: (flat: string) => number): Abstract {
  return mapEach(value, (each) => {
    if (each.kind !== 'text') return each;
    const { flat, restore } = flatten(each);
    const cut = end(flat);
    return cut < 0 ? each : restore(flat.slice(0, cut));
  });
}

/** The URL with another host, host name or port. */
export function withPart(value: Abstract, part: 'host' | 'hostname' | 'port', to: Abstract, at: Place): Abstract {
  return mapEach(value, (each) => {
    if (each.kind !== 'text') return each;
    const { flat, restore } = flatten(each);
    const url = parseUrl(flat);
    const start = flat.indexOf('://') + 3 + (url?.user ? url.user.length + 1 : 0);
    if (!url || start < 3) return each;
    const length = url.host.length + (url.port ? url.port.length + 1 : 0);
    const [host, port] = part === 'port' ? [restore(url.host), to] : [to, part === 'hostname' && url.port ? restore(url.port) : undefined];
    return concat(
      [restore(flat.slice(0, start), at), host, ...(port ? [{ kind: 'text', parts: [':'], at } as const, port] : []), restore(flat.slice(start + length))],
      at,
    );
  });
}

/** `Number(x)`, `+x`. */
export function toNumber(value: Abstract | undefined, at: Place): Abstract {
  if (!value) return { kind: 'const', value: NaN, at };
  if (value.kind === 'oneOf') return oneOf(value.of.map((each) => toNumber(each, at)));
  if (value.kind === 'text' && value.from?.includes('hash')) return constantOf(value) === undefined ? value : unknown('a number made from a hash', at);
  const known = constantOf(value);
  if (known !== undefined) {
    const from = value.kind === 'text' ? value.from : undefined;
    return { kind: 'const', value: Number(known), at: 'at' in value && value.at ? value.at : at, ...(from ? { from } : {}) };
  }
  if (value.kind === 'const') return { kind: 'const', value: value.value === undefined ? NaN : Number(value.value), at };
  if (value === SOME_TEXT) return ERASED;
  return value.kind === 'text' ? { ...value, from: [...(value.from ?? []), 'number'] } : value;
}
