import type { Abstract, LibraryCall, Reader } from '../model/abstract.js';
import { constantOf, text, unknown } from '../model/abstract.js';

/** The value at a source of a call; nothing when it is surely absent. The grammar is that of `Source`. */
export function readSource(call: LibraryCall, source: string, reader: Reader): Abstract | undefined {
  if (source.startsWith('=')) return text(source.slice(1), call.at);
  const [path = '', ...transforms] = source.split('@');
  let value = start(call, path, reader);
  for (const transform of transforms) value = transformed(call, value, transform, reader);
  return absent(value) ? undefined : value;
}

const absent = (value: Abstract | undefined): boolean => value === undefined || (value.kind === 'const' && (value.value === undefined || value.value === null));

function start(call: LibraryCall, path: string, reader: Reader): Abstract | undefined {
  if (path.startsWith('env.')) {
    const value = reader.environment(path.slice(4));
    // A variable that nobody is known to set is absent: the client's own default follows.
    return value.kind === 'text' && value.parts.length === 1 && typeof value.parts[0] !== 'string' && value.from?.length === 1 ? undefined : value;
  }
  // `prisma.user.deleteMany`, `db.query.users.findMany`: the property before the method.
  if (path === 'member') return call.method === undefined ? undefined : text(call.method.split('.').at(-2) ?? call.method, call.at);
  const [head = '', ...keys] = path.split('.');
  if (head === 'arg*') {
    const found = call.args.map((each) => follow(each, keys, reader)).find((each) => !absent(each));
    return found;
  }
  if (head === 'receiver') return keys.length === 0 ? call.receiver : undefined;
  if (head === 'class') return follow(call.model, keys, reader);
  const match = /^arg(\d+)$/.exec(head);
  if (!match) return undefined;
  return follow(call.args[Number(match[1])], keys, reader);
}

function follow(value: Abstract | undefined, keys: readonly string[], reader: Reader): Abstract | undefined {
  let current = value;
  for (const key of keys) {
    if (current === undefined || absent(current)) return undefined;
    if (key === '*') {
      const record = current;
      const keys = record.kind === 'record' ? record.keys() : undefined;
      const items = record.kind === 'list' ? record.items : record.kind === 'record' && keys ? keys.map((each) => record.get(each)) : [unknown('an item')];
      // `{ where: { code } }` has a condition, whatever `code` is.
      current =
        items.find((each) => each !== undefined && !absent(each)) ?? (keys && keys.length > 0 ? unknown('an entry whose value is not known') : undefined);
      continue;
    }
    // Text and numbers have no options: `connect('postgres://...')` has no `arg0.host`.
    if (current.kind === 'oneOf') current = oneOf(current.of.filter((each) => each.kind !== 'text' && each.kind !== 'const'));
    if (current.kind === 'text' || current.kind === 'const') return undefined;
    current = reader.property(current, key);
  }
  return current;
}

/** `Number(process.env.REDIS_PORT)`, with a default or without. */
const isNumber = (value: Abstract): boolean =>
  value.kind === 'oneOf' ? value.of.every(isNumber) : value.kind === 'text' ? value.from?.includes('number') === true : value.kind === 'const';

const isText = (value: Abstract): boolean => (value.kind === 'oneOf' ? value.of.every(isText) : value.kind === 'text');

function transformed(call: LibraryCall, value: Abstract | undefined, transform: string, reader: Reader): Abstract | undefined {
  if (value === undefined || absent(value)) return undefined;
  if (transform.startsWith('url.')) {
    const part = transform.slice(4);
    if (value.kind === 'record' || value.kind === 'fn' || value.kind === 'const' || value.kind === 'handle' || value.kind === 'instance') return undefined;
    if (isNumber(value)) return undefined;
    // An address that nobody has read may have any path, but hardly this one option.
    if (part.startsWith('query.') && !mentions(value, `${part.slice(6)}=`)) return undefined;
    return reader.urlPart(value, part === 'scheme' ? 'protocol' : part);
  }
  if (transform === 'number') {
    if (value.kind === 'oneOf') return isNumber(value) ? value : undefined;
    if (value.kind === 'const') return typeof value.value === 'number' ? value : undefined;
    const known = constantOf(value);
    if (known !== undefined) return /^\d+$/.test(known) ? value : undefined;
    return value.kind === 'text' ? value : undefined;
  }
  if (transform === 'record') return value.kind === 'record' ? value : undefined;
  if (transform === 'text') return isText(value) ? value : undefined;
  if (transform === 'search_path') {
    const known = constantOf(value);
    const match = known === undefined ? undefined : /search_path(?:=|%3D)([^\s&]+)/i.exec(known);
    if (match) return text(match[1]!, value.kind === 'text' ? value.at : call.at);
    return value.kind === 'text' && known === undefined && value.parts.some((part) => typeof part === 'string' && /search_path(=|%3D)/i.test(part))
      ? trimSearchPath(value)
      : undefined;
  }
  if (transform.startsWith('dsn.')) {
    const known = constantOf(value);
    const match = known === undefined ? undefined : new RegExp(`(?:^|[\\s;])${transform.slice(4)}=([^\\s;]+)`).exec(known);
    return match ? text(match[1]!, call.at) : undefined;
  }
  if (transform === 'type') return value.kind === 'handle' ? text(value.type, call.at) : undefined;
  return transform.startsWith('made.') ? ofMaker(value, transform.slice(5), reader) : undefined;
}

/** A source of the call that made a value. What a tag that is not known makes of a template is its text. */
function ofMaker(value: Abstract, source: string, reader: Reader): Abstract | undefined {
  if (value.kind === 'oneOf') return value.of.map((each) => ofMaker(each, source, reader)).find((each) => each !== undefined);
  if (value.kind === 'text') return source === 'arg0' ? value : undefined;
  return value.kind === 'handle' && value.made ? readSource(value.made, source, reader) : undefined;
}

/** What is left of several values; nothing is a plain value without properties. */
function oneOf(of: readonly Abstract[]): Abstract {
  return of.length === 0 ? { kind: 'const', value: undefined } : of.length === 1 ? of[0]! : { kind: 'oneOf', of };
}

const mentions = (value: Abstract, word: string): boolean =>
  value.kind === 'oneOf'
    ? value.of.some((each) => mentions(each, word))
    : value.kind === 'text' && value.parts.some((part) => typeof part === 'string' && part.includes(word));

function trimSearchPath(value: Extract<Abstract, { kind: 'text' }>): Abstract {
  const index = value.parts.findIndex((part) => typeof part === 'string' && /search_path(=|%3D)/i.test(part));
  const first = value.parts[index];
  const rest = typeof first === 'string' ? first.replace(/^.*search_path(=|%3D)/i, '') : '';
  return { ...value, parts: [...(rest === '' ? [] : [rest]), ...value.parts.slice(index + 1)] };
}
