import type { Abstract } from '../model/abstract.js';
import { constantOf, text, unknown } from '../model/abstract.js';
import type { Call } from '../model/facts.js';
import { HOME, normalisePath, TEMPORARY, WORKING_DIRECTORY } from '../model/paths.js';
import type { Place } from '../model/place.js';
import { items } from './evaluate.js';
import { returned } from './calls.js';
import type { Resolver } from './resolver.js';
import { concat, joined, mapText, oneOf, partsOf } from './text.js';

const absolute = (part: unknown): boolean => typeof part === 'string' && (/^(\/|<(root|cwd|tmp|home)>|[A-Za-z]:[\\/]|file:)/.test(part) || part === '');

/** Calls of the language's and Node's own pure functions: paths, URLs, text, numbers, promises. */
export function platformCall(r: Resolver, callee: Extract<Abstract, { kind: 'library' | 'outer' }>, args: readonly Abstract[], form: Call['form'], at: Place): Abstract | undefined {
  const [first] = args;
  if (callee.kind === 'library') {
    const name = callee.path.filter((each) => each !== 'default' && each !== 'posix' && each !== 'promises').join('.');
    // `defineConfig(x)` gives `x` in every tool that has it; `mergeConfig(a, b)` lays `b` over `a`.
    if (/^define[A-Z]/.test(name)) return first;
    if (name === 'mergeConfig') return merged(args, at, true);
    switch (callee.package) {
      case 'node:path':
      case 'path':
      case 'pathe':
        return pathCall(name, args, at);
      case 'node:os':
        if (name === 'tmpdir') return text(TEMPORARY, at);
        if (name === 'homedir') return text(HOME, at);
        if (name === 'hostname') return { kind: 'text', parts: [{ varies: 'environment', source: 'hostname', at }], at };
        return undefined;
      case 'node:url':
        if (name === 'fileURLToPath' && first) return mapText(first, (part) => part.replace(/^file:(\/\/)?/, ''));
        if (name === 'pathToFileURL' && first) return first;
        if (name === 'URL') return url(args, at);
        return undefined;
      case 'node:util':
        return name === 'promisify' ? first : undefined;
      case 'node:fs':
        return name.startsWith('realpath') ? first : undefined;
      case 'node:process':
        return name === 'cwd' ? text(WORKING_DIRECTORY, at) : undefined;
      default:
        return undefined;
    }
  }
  switch (callee.path.join('.')) {
    case 'URL':
      return url(args, at);
    case 'String':
      return first ? concat([first], at) : text('', at);
    case 'Number':
    case 'parseInt':
    case 'parseFloat':
      return toNumber(first, at);
    case 'process.cwd':
      return text(WORKING_DIRECTORY, at);
    case 'encodeURIComponent':
    case 'decodeURIComponent':
    case 'Object.freeze':
    case 'structuredClone':
    case 'Promise.resolve':
    case 'Object.seal':
    case 'Array.from':
      return first;
    case 'Object.assign':
      return merged(args, at);
    case 'JSON.parse':
      return first?.kind === 'record' || first?.kind === 'instance' ? first : undefined;
    case 'JSON.stringify':
      return first?.kind === 'record' ? first : undefined;
    case 'Promise.all':
    case 'Promise.allSettled':
      return first;
    case 'Object.keys':
      if (first?.kind === 'record') {
        const keys = first.keys();
        return keys ? { kind: 'list', items: keys.map((key) => text(key, at)), open: false, at } : undefined;
      }
      return undefined;
    case 'Object.values':
      if (first?.kind === 'record') {
        const keys = first.keys();
        return keys ? { kind: 'list', items: keys.map((key) => first.get(key) ?? unknown('a value', at)), open: false, at } : undefined;
      }
      return undefined;
    case 'Promise':
      return form === 'new' && first?.kind === 'fn' ? settled(r, first, at) : undefined;
    case 'require.resolve':
      return first;
    default:
      return undefined;
  }
}

/** What `new Promise((resolve) => ...)` resolves to: the arguments of the calls of its first parameter. */
function settled(r: Resolver, executor: Extract<Abstract, { kind: 'fn' }>, at: Place): Abstract | undefined {
  const index = r.index(executor.file);
  if (!index) return undefined;
  const resolve = [...index.params].find(([binding, param]) => param.index === 0 && index.facts.bindings[binding]?.in === executor.fn)?.[0];
  if (resolve === undefined) return undefined;
  const values = (index.callsOf.get(resolve) ?? []).flatMap((call) => (call.args[0] ? [r.value(call.args[0].value, executor.file, executor.scope)] : []));
  return values.length > 0 ? oneOf(values) : unknown('a promise', at);
}

function url(args: readonly Abstract[], at: Place): Abstract {
  const [first, base] = args;
  if (!first) return unknown('a URL', at);
  const relative = base && first.kind === 'text' && typeof first.parts[0] === 'string' && !/^[a-z][a-z0-9+.-]*:/i.test(first.parts[0]);
  const whole = relative ? relativeUrl(first, base, at) : concat([first], at);
  const tag = (each: Abstract): Abstract => (each.kind === 'text' ? { ...each, from: [...(each.from ?? []), 'URL'] } : each);
  return whole.kind === 'oneOf' ? { kind: 'oneOf', of: whole.of.map(tag) } : tag(whole);
}

function relativeUrl(first: Abstract, base: Abstract, at: Place): Abstract {
  const folder = mapText(base, (part) => part.replace(/[^/]*$/, ''));
  const joinedUrl = concat([folder, first], at);
  return mapText(joinedUrl, (part) => (part.startsWith('file:') ? `file://${normalisePath(part.replace(/^file:\/\//, ''))}` : part));
}

function pathCall(name: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  switch (name) {
    case 'join':
      return joinPaths(args, false, at);
    case 'resolve': {
      const rooted = args.some((each) => each.kind === 'text' && absolute(each.parts[0]));
      return joinPaths(rooted ? args : [text(WORKING_DIRECTORY, at), ...args], true, at);
    }
    case 'dirname':
      return args[0] ? mapLast(args[0], (part) => part.replace(/\/?[^/]*$/, '') || '/') : undefined;
    case 'normalize':
      return args[0];
    case 'basename':
      return args[0] ? mapLast(args[0], (part) => part.replace(/.*\//, '')) : undefined;
    case 'sep':
      return text('/', at);
    default:
      return undefined;
  }
}

function mapLast(value: Abstract, change: (part: string) => string): Abstract {
  if (value.kind === 'oneOf') return oneOf(value.of.map((each) => mapLast(each, change)));
  if (value.kind !== 'text') return value;
  const last = value.parts.at(-1);
  if (typeof last === 'string' && last.includes('/')) return { ...value, parts: joined([...value.parts.slice(0, -1), change(last)]) };
  return value.parts.length > 1 ? { ...value, parts: value.parts.slice(0, -1) } : value;
}

function joinPaths(args: readonly Abstract[], resolving: boolean, at: Place): Abstract {
  if (args.some((each) => each.kind === 'oneOf')) {
    const position = args.findIndex((each) => each.kind === 'oneOf');
    const options = (args[position] as Extract<Abstract, { kind: 'oneOf' }>).of;
    return oneOf(options.slice(0, 6).map((each) => joinPaths(args.map((arg, index) => (index === position ? each : arg)), resolving, at)));
  }
  let from = 0;
  if (resolving) args.forEach((each, index) => { if (each.kind === 'text' && absolute(each.parts[0])) from = index; });
  const parts: (ReturnType<typeof partsOf>[number])[] = [];
  args.slice(from).forEach((each, index) => {
    if (index > 0) parts.push('/');
    parts.push(...partsOf(each));
  });
  const whole = joined(parts);
  return { kind: 'text', parts: whole.map((part, index) => (typeof part === 'string' ? normalisePath(part, index > 0) : part)), at };
}

function toNumber(value: Abstract | undefined, at: Place): Abstract {
  if (!value) return { kind: 'const', value: NaN, at };
  if (value.kind === 'oneOf') return oneOf(value.of.map((each) => toNumber(each, at)));
  const known = constantOf(value);
  if (known !== undefined) return { kind: 'const', value: Number(known), at: 'at' in value && value.at ? value.at : at };
  if (value.kind === 'const') return { kind: 'const', value: value.value === undefined ? NaN : Number(value.value), at };
  return value;
}

function merged(args: readonly Abstract[], at: Place, deep = false): Abstract {
  const records = args.filter((each) => each.kind === 'record');
  if (records.length === 0) return args[0] ?? unknown('an object', at);
  return {
    kind: 'record', at,
    get(key) {
      const found = records.map((each) => each.get(key)).filter((each) => each !== undefined);
      const last = found.at(-1);
      return deep && found.length > 1 && found.every((each) => each.kind === 'record') ? merged(found, at, true) : last;
    },
    keys: () => {
      const all = records.map((each) => each.keys());
      return all.every((each) => each !== undefined) ? [...new Set(all.flat())] : undefined;
    },
  };
}

/** Methods of texts and lists. */
export function platformMethod(r: Resolver, receiver: Abstract, method: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  if (receiver.kind === 'list') return listMethod(r, receiver, method, args, at);
  if (receiver.kind === 'oneOf' && receiver.of.every((each) => each.kind === 'text' || each.kind === 'const')) {
    const all = receiver.of.map((each) => platformMethod(r, each, method, args, at));
    return all.every((each) => each !== undefined) ? oneOf(all) : undefined;
  }
  if (receiver.kind === 'const' && (method === 'toString' || method === 'toFixed')) return text(String(receiver.value), at);
  if (receiver.kind === 'record' && method === 'toString') return undefined;
  if (receiver.kind !== 'text') return undefined;
  switch (method) {
    case 'toString':
    case 'trim':
    case 'valueOf':
    case 'trimEnd':
    case 'trimStart':
    case 'normalize':
    case 'padStart':
    case 'padEnd':
      return receiver;
    case 'toLowerCase':
      return mapText(receiver, (part) => part.toLowerCase());
    case 'toUpperCase':
      return mapText(receiver, (part) => part.toUpperCase());
    case 'concat':
      return concat([receiver, ...args], at);
    case 'replace':
    case 'replaceAll': {
      const [from, to] = [constantOf(args[0]), args[1]];
      if (from !== undefined && to) return replaced(receiver, from, to, at);
      return receiver;
    }
    case 'slice':
    case 'substring':
    case 'substr': {
      const known = constantOf(receiver);
      const bounds = args.map((each) => (each.kind === 'const' && typeof each.value === 'number' ? each.value : undefined));
      if (known !== undefined && bounds.every((each) => each !== undefined)) return text(method === 'slice' ? known.slice(...bounds) : known.substring(bounds[0] ?? 0, bounds[1]), at);
      return receiver;
    }
    case 'split': {
      const [known, by] = [constantOf(receiver), constantOf(args[0])];
      return known !== undefined && by !== undefined ? { kind: 'list', items: known.split(by).map((each) => text(each, at)), open: false, at } : undefined;
    }
    default:
      return undefined;
  }
}

function replaced(receiver: Extract<Abstract, { kind: 'text' }>, from: string, to: Abstract, at: Place): Abstract {
  const pieces: Abstract[] = [];
  let found = false;
  for (const part of receiver.parts) {
    if (typeof part === 'string' && !found && part.includes(from)) {
      const cut = part.indexOf(from);
      pieces.push(text(part.slice(0, cut), at), to, text(part.slice(cut + from.length), at));
      found = true;
    } else pieces.push({ kind: 'text', parts: [part], at: receiver.at });
  }
  return found ? concat(pieces, receiver.at) : receiver;
}

function listMethod(r: Resolver, receiver: Extract<Abstract, { kind: 'list' }>, method: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  switch (method) {
    case 'map':
    case 'flatMap': {
      const [fn] = args;
      if (fn?.kind !== 'fn' || receiver.items.length > 20) return { kind: 'list', items: [], open: true, at };
      return { kind: 'list', items: receiver.items.map((each, index) => returned(r, fn, [each, { kind: 'const', value: index, at }], undefined, at)), open: receiver.open, at };
    }
    case 'filter':
    case 'sort':
    case 'reverse':
    case 'slice':
      return { ...receiver, open: receiver.open || method === 'filter' || method === 'slice' };
    case 'concat':
      return { kind: 'list', items: [...receiver.items, ...args.flatMap((each) => (each.kind === 'list' ? each.items : [each]))], open: receiver.open, at };
    case 'join': {
      const by = args[0] ?? text(',', at);
      if (receiver.open || receiver.items.length > 20) return unknown('a joined list', at);
      return concat(receiver.items.flatMap((each, index) => (index > 0 ? [by, each] : [each])), at);
    }
    case 'find':
    case 'at':
    case 'pop':
    case 'shift':
      return receiver.items.length > 0 ? items(receiver) : undefined;
    default:
      return undefined;
  }
}

