import type { Abstract } from '../model/abstract.js';
import { constantOf, text, unknown } from '../model/abstract.js';
import type { Call } from '../model/facts.js';
import { HOME, normalisePath, ROOT, TEMPORARY, WORKING_DIRECTORY } from '../model/paths.js';
import type { Place } from '../model/place.js';
import { items, property } from './evaluate.js';
import { returned } from './calls.js';
import { configurationCall, configurationMethod } from './configuration.js';
import { contentOf, documentAt, parsedContent } from './documents.js';
import { digest, hashMethod } from './hashes.js';
import { imported } from './modules.js';
import { copied, entriesOf, entryParts, fromEntries, merged, utilityCall } from './objects.js';
import { pathCall, userFolders } from './path-calls.js';
import { envVarMethod, schemaMethod } from './schemas.js';
import { formatted, quotedName } from './quoting.js';
import { query, searchMethod, urlRecord } from './urls.js';
import type { Resolver } from './resolver.js';
import { concat, mapText, oneOf, toNumber } from './text.js';
import { workerCall } from './worker-library.js';

/** Calls of the language's and Node's own pure functions: paths, URLs, text, numbers, promises. */
export function platformCall(
  r: Resolver,
  callee: Extract<Abstract, { kind: 'library' | 'outer' }>,
  args: readonly Abstract[],
  form: Call['form'],
  at: Place,
): Abstract | undefined {
  const [first] = args;
  if (callee.kind === 'library') {
    const name = callee.path.filter((each) => each !== 'default' && each !== 'posix' && each !== 'promises').join('.');
    // `defineConfig(x)` gives `x` in every tool that has it; `mergeConfig(a, b)` lays `b` over `a`.
    if (/^define[A-Z]/.test(name)) return first;
    if (name === 'mergeConfig') return merged(r, args, at, true);
    if (name === 'expect.getState') return { kind: 'context', file: at.path, path: ['state'], fixtures: [] };
    const known = configurationCall(r, callee, args, at) ?? utilityCall(r, callee.package, name, args, at) ?? documentCall(r, callee.package, name, args, at);
    if (known) return known;
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
      case 'env-paths':
        return name === '' ? userFolders(r, args, at) : undefined;
      case 'node:url':
        if (name === 'fileURLToPath' && first) return mapText(first, (part) => part.replace(/^file:(\/\/)?/, ''));
        if (name === 'pathToFileURL' && first) return first;
        if (name === 'URL' || name === 'parse') return url(args.slice(0, name === 'URL' ? 2 : 1), at);
        if (name === 'format' && first) return first.kind === 'record' ? undefined : first;
        if (name === 'URLSearchParams') return query(r, first, at);
        return undefined;
      case 'mongodb-connection-string-url':
      case 'url-parse':
      case 'whatwg-url':
        return name === '' || name === 'ConnectionString' || name === 'URL' ? url(args.slice(0, 1), at) : undefined;
      case 'pg-connection-string':
        return name.startsWith('parse') && first ? urlRecord(first, at) : undefined;
      case 'pg-format':
      case '@scaleleap/pg-format':
        return name === '' || name === 'format' || name === 'withArray' ? formatted(args, at) : quotedName(name, args, at);
      case 'pkg-types':
        return name === 'findWorkspaceDir' ? text(ROOT, at) : undefined;
      case 'node:querystring':
      case 'qs':
      case 'query-string':
        return name === 'stringify' || name === 'encode' ? query(r, first, at) : undefined;
      case 'node:util':
        return name === 'promisify' ? first : undefined;
      case 'node:crypto':
        return (
          digest(name, args, at) ??
          (name === 'randomBytes' ? few('random bytes', 256, first, at) : name === 'randomInt' ? between('randomInt', args, at) : undefined)
        );
      case 'node:module':
        return name === 'createRequire' ? { kind: 'outer', path: ['require'], at } : undefined;
      case 'node:process':
        return name === 'cwd' ? text(WORKING_DIRECTORY, at) : undefined;
      case 'isolation-audit/worker':
        return workerCall(r, name, args, at);
      case 'nanoid':
      case 'nanoid/non-secure':
        return name === 'nanoid' ? few('nanoid', 64, first, at) : undefined;
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
    case 'Number.parseInt':
    case 'Number.parseFloat':
      return toNumber(first, at);
    case 'isNaN':
    case 'Number.isNaN':
      return isWorkerNumber(first) ? { kind: 'const', value: false, at } : undefined;
    case 'isFinite':
    case 'Number.isFinite':
    case 'Number.isInteger':
    case 'Number.isSafeInteger':
      return isWorkerNumber(first) ? { kind: 'const', value: true, at } : undefined;
    case 'Boolean': {
      const known = first?.kind === 'const' ? Boolean(first.value) : first && constantOf(first) !== undefined ? constantOf(first) !== '' : undefined;
      return known === undefined ? undefined : { kind: 'const', value: known, at };
    }
    case 'Math.floor':
    case 'Math.round':
    case 'Math.ceil':
    case 'Math.trunc':
    case 'Math.abs': {
      const known = first?.kind === 'const' && typeof first.value === 'number' ? first.value : undefined;
      return known === undefined ? first : { kind: 'const', value: Math[callee.path[1] as 'floor'](known), at };
    }
    case 'String.raw':
      return first;
    case 'Object': {
      return first;
    }
    case 'URLSearchParams':
      return query(r, first, at);
    case 'Object.entries':
      return entriesOf(r, first, at);
    case 'Object.fromEntries':
      return fromEntries(first, at);
    case 'expect.getState':
      return { kind: 'context', file: at.path, path: ['state'], fixtures: [] };
    case 'require':
    case 'import': {
      const specifier = constantOf(first);
      return specifier === undefined ? undefined : imported(r, at.path, specifier, callee.path[0] === 'import' ? '*' : 'module.exports', at);
    }
    case 'process.cwd':
      return text(WORKING_DIRECTORY, at);
    case 'encodeURIComponent':
    case 'decodeURIComponent':
    case 'Object.freeze':
    case 'Promise.resolve':
    case 'Object.seal':
    case 'Array.from':
      return first;
    case 'structuredClone':
      return copied(first, at);
    case 'Object.assign':
      // A client stays what it is, with methods of its own beside those of the library.
      return first?.kind === 'handle' && args.length > 1 ? oneOf([merged(r, args.slice(1), at), first]) : merged(r, args, at);
    case 'JSON.parse':
      return first?.kind === 'record' || first?.kind === 'instance' ? copied(first, at) : parsedContent(r, first, at);
    case 'JSON.stringify':
      return first?.kind === 'record' ? first : undefined;
    case 'Promise.all':
    case 'Promise.allSettled':
      return first;
    case 'Object.keys':
      return entryParts(r, first, 0, at);
    case 'Object.values':
      return entryParts(r, first, 1, at);
    case 'Promise':
      return form === 'new' && first?.kind === 'fn' ? settled(r, first, at) : undefined;
    // The handler decides what else is told; the runner's words and clients stay what they are.
    case 'Proxy':
      return form === 'new' && (first?.kind === 'word' || first?.kind === 'handle') ? first : undefined;
    case 'require.resolve':
      return first;
    default:
      return undefined;
  }
}

/** `parseInt(process.env.JEST_WORKER_ID)`: the runner sets it, and to a number. */
const isWorkerNumber = (value: Abstract | undefined): boolean =>
  value?.kind === 'text' &&
  value.from?.includes('number') === true &&
  value.parts.every((part) => typeof part !== 'string' && 'varies' in part && part.varies === 'worker');

/** Files that are read, and texts that are parsed. */
function documentCall(r: Resolver, packageName: string, name: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  const [first] = args;
  switch (packageName) {
    case 'node:fs':
    case 'fs':
    case 'node:fs/promises':
    case 'fs/promises':
    case 'fs-extra':
    case 'graceful-fs':
      if (name === 'readFileSync' || name === 'readFile') return contentOf(r, first, at);
      if (/^readJ(son|SON)(Sync)?$/.test(name)) return documentAt(r, first, at);
      return name.startsWith('realpath') ? first : undefined;
    case 'jsonfile':
    case 'load-json-file':
    case 'read-pkg':
      return /^(readFile|readFileSync|loadJsonFile|loadJsonFileSync|)$/.test(name) ? documentAt(r, first, at) : undefined;
    case 'yaml':
    case 'js-yaml':
    case 'json5':
    case 'comment-json':
    case 'jsonc-parser':
    case 'hjson':
      return /^(load|safeLoad|parse|JSON5\.parse|YAML\.parse)$/.test(name) ? parsedContent(r, first, at) : undefined;
    case 'node:timers/promises':
      return undefined;
    default:
      return undefined;
  }
}

/** Random text so short that two draws can meet. */
function few(source: string, base: number, length: Abstract | undefined, at: Place): Abstract | undefined {
  const count = length?.kind === 'const' && typeof length.value === 'number' ? base ** length.value : undefined;
  return count !== undefined && count <= 1_000_000 ? { kind: 'text', parts: [{ varies: 'call', source, values: count, at }], at } : undefined;
}

/** A random number below a bound, or between two. */
function between(source: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  const bounds = args.slice(0, 2).flatMap((each) => (each.kind === 'const' && typeof each.value === 'number' ? [each.value] : []));
  const values = bounds.length === 2 ? bounds[1]! - bounds[0]! : bounds[0];
  return values !== undefined && values > 0 && values <= 1_000_000 ? { kind: 'text', parts: [{ varies: 'call', source, values, at }], at } : undefined;
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
  // What is asked of it was decided where its text was.
  const whole = relative ? relativeUrl(first, base, at) : concat([first], first.kind === 'text' ? first.at : at);
  const tag = (each: Abstract): Abstract => (each.kind === 'text' ? { ...each, from: [...(each.from ?? []), 'URL'] } : each);
  return whole.kind === 'oneOf' ? { kind: 'oneOf', of: whole.of.map(tag) } : tag(whole);
}

function relativeUrl(first: Abstract, base: Abstract, at: Place): Abstract {
  const folder = mapText(base, (part) => part.replace(/[^/]*$/, ''));
  const joinedUrl = concat([folder, first], at);
  return mapText(joinedUrl, (part) => (part.startsWith('file:') ? `file://${normalisePath(part.replace(/^file:\/\//, ''))}` : part));
}

/** Methods of texts and lists. */
export function platformMethod(r: Resolver, receiver: Abstract, method: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  if (receiver.kind === 'list') return listMethod(r, receiver, method, args, at);
  if (
    receiver.kind === 'oneOf' &&
    receiver.of.every((each) => each.kind === 'text' || each.kind === 'const' || each.kind === 'unknown') &&
    !receiver.of.every((each) => each.kind === 'unknown')
  ) {
    const all = receiver.of.map((each) => (each.kind === 'unknown' ? each : platformMethod(r, each, method, args, at)));
    return all.every((each) => each !== undefined) ? oneOf(all) : undefined;
  }
  if (receiver.kind === 'const' && (method === 'toString' || method === 'toFixed')) return text(String(receiver.value), receiver.at ?? at);
  if (receiver.kind === 'fn') return functionMethod(r, receiver, method, args, at);
  if (receiver.kind === 'record') {
    if (receiver.schema) return schemaMethod(r, receiver, method, args, at);
    return receiver.separator === undefined ? undefined : configurationMethod(r, receiver, method, args, at);
  }
  // `app.get(ConfigService)`
  if (method === 'get' && args[0]?.kind === 'library' && args[0].package === '@nestjs/config' && receiver.kind !== 'library') return args[0];
  if (receiver.kind === 'word' && method === 'info') return { kind: 'context', file: at.path, path: ['info'], fixtures: [] };
  if (receiver.kind === 'context' && (method === 'fullTitle' || method === 'titlePath')) return property(r, receiver, method, at);
  if (receiver.kind !== 'text') return undefined;
  const special = hashMethod(receiver, method, args, at) ?? searchMethod(receiver, method, args, at) ?? envVarMethod(receiver, method, args);
  if (special) return special;
  const clock = clockMethod(receiver, method);
  if (clock) return clock;
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
      const ending = endingOf(args[0]);
      return to ? replaced(receiver, from ?? ending ?? '', ending !== undefined, to, at) : receiver;
    }
    case 'slice':
    case 'substring':
    case 'substr': {
      const known = constantOf(receiver);
      const bounds = args.map((each) => (each.kind === 'const' && typeof each.value === 'number' ? each.value : undefined));
      if (known !== undefined && bounds.every((each) => each !== undefined))
        return text(method === 'slice' ? known.slice(...bounds) : known.substring(bounds[0] ?? 0, bounds[1]), receiver.at ?? at);
      return receiver;
    }
    case 'split': {
      const [known, by] = [constantOf(receiver), constantOf(args[0])];
      return known !== undefined && by !== undefined
        ? { kind: 'list', items: known.split(by).map((each) => text(each, receiver.at ?? at)), open: false, at }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** `new Date().getTime()`, and the parts of a date that take few values. */
function clockMethod(receiver: Extract<Abstract, { kind: 'text' }>, method: string): Abstract | undefined {
  const [only, ...others] = receiver.parts;
  if (others.length > 0 || typeof only !== 'object' || !('varies' in only) || only.source !== 'clock') return undefined;
  const part = /^get(?:UTC)?(Milliseconds|Seconds|Minutes|Hours|Date|Day|Month)$/.exec(method)?.[1];
  if (part !== undefined) return { ...receiver, parts: [{ ...only, values: FEW_TIMES[part]! }] };
  return /^(get(UTC)?FullYear|getTime|toISOString|toJSON|valueOf|toLocale(Date|Time)?String|to(UTC|GMT|Date|Time)String|unix|format)$/.test(method)
    ? receiver
    : undefined;
}
const FEW_TIMES: Readonly<Record<string, number>> = { Milliseconds: 1000, Seconds: 60, Minutes: 60, Hours: 24, Date: 31, Day: 7, Month: 12 };

function replaced(receiver: Extract<Abstract, { kind: 'text' }>, from: string, atEnd: boolean, to: Abstract, at: Place): Abstract {
  const { parts } = receiver;
  const index = parts.findIndex((part, index) => typeof part === 'string' && (atEnd ? index === parts.length - 1 && part.endsWith(from) : part.includes(from)));
  const part = parts[index];
  if (from === '' || typeof part !== 'string') return receiver;
  const cut = atEnd ? part.length - from.length : part.indexOf(from);
  const around = (some: typeof parts): Abstract => ({ kind: 'text', parts: some, at: receiver.at });
  return concat(
    [around(parts.slice(0, index)), text(part.slice(0, cut), at), to, text(part.slice(cut + from.length), at), around(parts.slice(index + 1))],
    receiver.at,
  );
}

/** The text that `/\.db$/` stands for. */
function endingOf(pattern: Abstract | undefined): string | undefined {
  const source = pattern?.kind === 'record' ? constantOf(pattern.get('source')) : undefined;
  return source !== undefined && /^(?:[\w\s:@-]|\\[^\w])+\$$/.test(source) ? source.slice(0, -1).replaceAll('\\', '') : undefined;
}

/** `fn.call(this, a)` is `fn(a)`. */
function functionMethod(r: Resolver, fn: Extract<Abstract, { kind: 'fn' }>, method: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  const kind = r.index(fn.file)?.facts.functions[fn.fn]?.kind;
  if (kind === 'class' || kind === undefined) return undefined;
  const [self, ...rest] = args;
  const bound = self && (self.kind === 'record' || self.kind === 'instance') ? { ...fn, self } : fn;
  switch (method) {
    case 'call':
      return returned(r, bound, rest, undefined, at);
    case 'apply':
      return returned(r, bound, rest[0]?.kind === 'list' ? rest[0].items : [], undefined, at);
    case 'bind':
      return rest.length === 0 ? bound : unknown('a function with arguments bound to it', at);
    default:
      return undefined;
  }
}

function listMethod(r: Resolver, receiver: Extract<Abstract, { kind: 'list' }>, method: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  switch (method) {
    case 'map':
    case 'flatMap': {
      const [fn] = args;
      if (fn?.kind !== 'fn' || receiver.items.length > 20) return { kind: 'list', items: [], open: true, at };
      return {
        kind: 'list',
        items: receiver.items.map((each, index) => returned(r, fn, [each, { kind: 'const', value: index, at }], undefined, at)),
        open: receiver.open,
        at,
      };
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
      return concat(
        receiver.items.flatMap((each, index) => (index > 0 ? [by, each] : [each])),
        at,
      );
    }
    case 'reduce': {
      const [fn, initial] = args;
      if (fn?.kind !== 'fn' || receiver.open || receiver.items.length > 12) return undefined;
      const start = initial ?? receiver.items[0];
      const rest: readonly Abstract[] = initial ? receiver.items : receiver.items.slice(1);
      return start && rest.reduce<Abstract>((sum, each, index) => returned(r, fn, [sum, each, { kind: 'const', value: index, at }], undefined, at), start);
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
