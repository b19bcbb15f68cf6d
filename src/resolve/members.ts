import type { Abstract, ContextValue, Frame, FunctionValue, InstanceValue, RecordValue } from '../model/abstract.js';
import { text, unknown } from '../model/abstract.js';
import type { FunctionId, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import { configurationMember } from './configuration.js';
import { environment } from './environment.js';
import { ERASED, SOME_TEXT } from './erasure.js';
import { handleOfType, outer, property } from './evaluate.js';
import { chain } from './chain.js';
import type { MemberWrite } from './file-index.js';
import { passedBy } from './initialisers.js';
import { moduleMember } from './modules.js';
import { merged } from './objects.js';
import { overridden } from './overrides.js';
import { provided } from './provided.js';
import { frameOf } from './frames.js';
import { DEEPEST, type Resolver } from './resolver.js';
import { isConstructor, prototypeMember } from './prototypes.js';
import { storedIn } from './stores.js';
import { oneOf } from './text.js';
import { textMember, urlAfterWrites } from './url-members.js';
import { contextMember, runnerMember, wordMember } from './words.js';

/**
 * A member of a value. `of` is the expression where it is at hand, so that later writes to the same variable's member
 * (`cfg.db = 'x'`, `url.pathname = '/x'`) are seen too.
 */
export function member(r: Resolver, of: Value | Abstract, key: string, file: string, frame: Frame | undefined, at: Place): Abstract {
  if (r.depth > DEEPEST) return unknown('too many steps away', at);
  r.depth++;
  try {
    return memberOf(r, of, key, file, frame, at);
  } finally {
    r.depth--;
  }
}

function memberOf(r: Resolver, of: Value | Abstract, key: string, file: string, frame: Frame | undefined, at: Place): Abstract {
  const expression = isExpression(of) ? of : undefined;
  const asked = expression ? r.value(expression, file, frame) : (of as Abstract);
  const value = expression && key !== 'searchParams' ? urlAfterWrites(r, expression, asked, file, frame) : asked;
  const found = known(r, value, key, at);
  const writes = expression ? writtenTo(r, expression, key, file) : [];
  if (writes.length > 0) {
    const values = writes.map((write) => r.value(write.value, file, write.fn === 0 ? undefined : frame));
    const own = found && found.kind !== 'unknown' && !(found.kind === 'const' && (found.value === undefined || found.value === null)) ? [found] : [];
    return oneOf([...own, ...values]);
  }
  // `globalThis.clients[name] ??= make()`
  if (expression && (value.kind === 'outer' ? found?.kind === 'outer' : found === undefined && value.kind === 'record')) {
    const stored = storedIn(r, expression, file, frame);
    if (stored) return stored;
  }
  if (value.kind === 'outer' && value.path[0] === 'this')
    return key === 'test' || key === 'currentTest' ? { kind: 'context', file, path: [key], fixtures: [] } : shared(r, 'this', key, file, at);
  return found ?? { kind: 'const', value: undefined, at };
}

function isExpression(of: Value | Abstract): of is Value {
  return 'at' in of && Array.isArray(of.at);
}

function writtenTo(r: Resolver, of: Value, key: string, file: string): readonly MemberWrite[] {
  const writes = r.index(file)?.memberWrites.get(key);
  if (!writes) return [];
  const target = chain(of);
  if (target === undefined || target.startsWith('process.env')) return [];
  return writes.filter((write) => !write.op && chain(write.of) === target);
}

function known(r: Resolver, value: Abstract, key: string, at: Place): Abstract | undefined {
  return overridden(r, value, key, at, () => standing(r, value, key, at)) ?? standing(r, value, key, at);
}

/** What a member is, whatever the tests write to it. */
function standing(r: Resolver, value: Abstract, key: string, at: Place): Abstract | undefined {
  switch (value.kind) {
    case 'record': {
      const found = value.get(key);
      const isEmpty = found?.kind === 'const' && (found.value === undefined || found.value === null);
      const written = isEmpty ? ownWrites(r, value, key) : [];
      return written.length > 0 ? oneOf(written) : found;
    }
    case 'list': {
      if (/^\d+$/.test(key)) return value.items[Number(key)] ?? (value.open ? unknown('an item of a list', at) : undefined);
      return key === 'length' && !value.open ? { kind: 'const', value: value.items.length, at } : unknown('a property of a list', at);
    }
    case 'module':
      return moduleMember(r, value.path, key, at) ?? unknown(`\`${key}\` is not exported by ${value.path}`, at);
    case 'library':
      if (key === 'sep' && /^(node:)?path(\/posix|\/win32)?$/.test(value.package)) return text('/', at);
      return runnerMember(r.runner.vocabulary, value, key, at) ?? libraryMember(r, value, key, at) ?? { ...value, path: [...value.path, key] };
    case 'outer':
      if (ENVIRONMENTS.has(value.path.join('.'))) return environment(r, key, at);
      if (value.path.length === 1 && value.path[0] === 'import.meta' && key !== 'env') return outer(r, `import.meta.${key}`, at.path, at);
      if (value.path.length === 1 && value.path[0] === 'process') {
        const own = processMember('process', [], key, at);
        if (own) return own;
      }
      if (value.path.length === 1 && (value.path[0] === 'globalThis' || value.path[0] === 'global'))
        return provided(r, key) ?? { kind: 'outer', path: [key], at };
      return { kind: 'outer', path: [...value.path, key], at };
    case 'instance':
      return instanceMember(r, value, key, at);
    case 'handle': {
      const path = [...(value.path ?? []), key];
      const specs = r.library.method(value.entry, value.type, path.join('.'));
      const gives = specs.find((spec) => spec.gives !== undefined)?.gives;
      if (gives) return { kind: 'text', parts: [{ varies: gives.varies, source: gives.source, at }], at };
      const returns = specs.find((spec) => spec.returns !== undefined)?.returns;
      if (returns === undefined) return r.library.leads(value.entry, value.type, path) ? { ...value, path } : unknown(`a property of a ${value.type}`, at);
      return { kind: 'handle', entry: value.entry, type: returns === 'receiver' ? value.type : returns, at: value.at, from: value };
    }
    case 'fn':
      return functionMember(r, value, key, at);
    case 'word':
      return wordMember(r.runner.vocabulary, value, key) ?? unknown(`\`${key}\` of the runner`, at);
    case 'context':
      return contextValue(r, value, key, at);
    case 'text':
      return textMember(value, key, at);
    case 'oneOf': {
      const found = value.of.map((each) => known(r, each, key, at)).filter((each): each is Abstract => each !== undefined);
      return found.length > 0 ? oneOf(found) : undefined;
    }
    case 'unknown':
      // What a text has and what its methods give is no text that is surely there.
      return value === SOME_TEXT ? ERASED : value;
    case 'const':
      // `options.redis` where a port was passed instead of options.
      return typeof value.value === 'number' || typeof value.value === 'boolean'
        ? { kind: 'const', value: undefined, at }
        : unknown('a property of a plain value', at);
  }
}

const ENVIRONMENTS = new Set(['process.env', 'import.meta.env', 'Bun.env', 'globalThis.process.env', 'global.process.env']);

/** What a package exports that is text or a setting by itself. */
export function libraryMember(r: Resolver, value: Extract<Abstract, { kind: 'library' }>, key: string, at: Place): Abstract | undefined {
  return (
    configurationMember(r, value, key, at) ??
    processMember(
      value.package.replace(/^node:/, ''),
      value.path.filter((each) => each !== 'default'),
      key,
      at,
    )
  );
}

/** What tells one process or thread from another. */
function processMember(of: string, path: readonly string[], key: string, at: Place): Abstract | undefined {
  const name = [of, ...path, key].join('.');
  const hole = (varies: 'run' | 'worker' | 'environment', source: string): Abstract => ({ kind: 'text', parts: [{ varies, source, at }], at });
  switch (name) {
    case 'process.pid':
      return hole('worker', 'pid');
    case 'process.ppid':
      return hole('run', 'parent pid');
    case 'worker_threads.threadId':
      return hole('worker', 'thread id');
    case 'process.platform':
    case 'process.arch':
    case 'process.version':
      return hole('environment', name);
    default:
      return undefined;
  }
}

function functionMember(r: Resolver, value: FunctionValue, key: string, at: Place): Abstract | undefined {
  const index = r.index(value.file);
  const fn = index?.facts.functions[value.fn];
  if (fn?.kind === 'class') {
    const own = fn.members?.find((each) => each.static && each.key === key && each.form !== 'set');
    if (own) {
      const found = r.value(own.value, value.file, value.scope);
      const written = own.form === 'field' ? staticWrites(r, value, key) : [];
      if (written.length > 0) return oneOf([...(found.kind === 'const' && !found.value ? [] : [found]), ...written]);
      if (own.form !== 'get') return found.kind === 'fn' ? { ...found, self: value } : found;
      return found.kind === 'fn'
        ? oneOf((r.index(found.file)?.returns.get(found.fn) ?? []).map((each) => r.value(each, found.file, frameOf(r, { ...found, self: value }, [], 1))))
        : found;
    }
    // A class has a prototype of its own, whatever it extends.
    for (const base of key === 'prototype' ? [] : (fn.bases ?? [])) {
      const parent = r.value(base, value.file, value.scope);
      if (parent.kind === 'fn') return functionMember(r, parent, key, at);
      if (parent.kind === 'library') return { ...parent, path: [...parent.path, key] };
    }
  }
  const bound = index?.boundTo.get(value.fn);
  const writes = index?.memberWrites
    .get(key)
    ?.filter((write) => (write.of.kind === 'ref' && write.of.binding === bound) || (write.of.kind === 'self' && fn?.kind === 'class'));
  // `root.close = close` beside `function root() {}`, with the arguments of the function around both.
  const around = value.scope;
  if (writes && writes.length > 0) return oneOf(writes.map((write) => r.value(write.value, value.file, write.fn === around?.fn ? around : undefined)));
  return undefined;
}

/** `const db = { client: null, async open() { this.client ??= new Client(); } }` */
function ownWrites(r: Resolver, value: RecordValue, key: string): Abstract[] {
  const { path, span } = value.at;
  return (r.index(path)?.memberWrites.get(key) ?? []).flatMap((write) => {
    const isInside = write.of.kind === 'self' && span[0] <= write.at[0] && write.at[1] <= span[1];
    if (!isInside || (write.value.kind === 'const' && !write.value.value)) return [];
    return [r.value(write.value, path, frameOf(r, { kind: 'fn', file: path, fn: write.fn, scope: undefined }, [], 1, value))];
  });
}

/** `static connection; static async open() { this.connection ??= new Client(); }`, and `Db.connection = ...` in the same file. */
function staticWrites(r: Resolver, value: FunctionValue, key: string): Abstract[] {
  const index = r.index(value.file);
  const functions = index?.facts.functions;
  const bound = index?.boundTo.get(value.fn);
  return (index?.memberWrites.get(key) ?? []).flatMap((write) => {
    const isOwn =
      write.of.kind === 'self'
        ? functions?.[value.fn]?.members?.some((each) => each.static && each.value.kind === 'fn' && each.value.fn === write.fn)
        : write.of.kind === 'ref' && write.of.binding === bound;
    if (!isOwn || (write.value.kind === 'const' && !write.value.value)) return [];
    return [r.value(write.value, value.file, frameOf(r, { kind: 'fn', file: value.file, fn: write.fn, scope: value.scope }, [], 1, value))];
  });
}

/** `const builder = new Builder(); builder.name = name;` in the file of the class. */
function writesFromOutside(r: Resolver, { file, fn, scope }: InstanceValue, key: string): Abstract[] {
  return (r.index(file)?.memberWrites.get(key) ?? []).flatMap((write) => {
    if (write.of.kind !== 'ref' || write.op) return [];
    const frame = frameOf(r, { kind: 'fn', file, fn: write.fn, scope }, [], 1);
    const holder = r.value(write.of, file, frame);
    return holder.kind === 'instance' && holder.file === file && holder.fn === fn ? [r.value(write.value, file, frame)] : [];
  });
}

/** The class of an instance and those it extends, nearest first; stops where a library's class begins. */
export function classesOf(
  r: Resolver,
  value: InstanceValue,
): { readonly classes: readonly { file: string; fn: number; scope: Frame | undefined; args: readonly Abstract[] }[]; readonly base?: Abstract } {
  const classes: { file: string; fn: number; scope: Frame | undefined; args: readonly Abstract[] }[] = [];
  let current: { file: string; fn: number; scope: Frame | undefined; args: readonly Abstract[] } = value;
  for (let steps = 0; steps < 8; steps++) {
    classes.push(current);
    const facts = r.index(current.file)?.facts;
    const fn = facts?.functions[current.fn];
    const base = fn?.bases?.[0];
    if (!facts || !fn || !base) return { classes };
    const parent = r.value(base, current.file, current.scope);
    if (parent.kind !== 'fn') return { classes, base: parent };
    const constructor = fn.members?.find((each) => each.key === 'constructor')?.value;
    let args = current.args;
    if (constructor?.kind === 'fn') {
      const call = facts.calls.find((each) => each.callee.kind === 'super' && each.in === constructor.fn);
      const frame = frameOf(r, { kind: 'fn', file: current.file, fn: constructor.fn, scope: current.scope }, current.args, 1, value);
      args = call ? call.args.map((each) => r.value(each.value, current.file, frame)) : [];
    }
    current = { file: parent.file, fn: parent.fn, scope: parent.scope, args };
  }
  return { classes };
}

function instanceMember(r: Resolver, value: InstanceValue, key: string, at: Place): Abstract | undefined {
  if (isConstructor(r.index(value.file), value.fn)) return prototypeMember(r, value, key) ?? unknown(`\`${key}\` of an object`, at);
  const { classes, base } = classesOf(r, value);
  for (const each of classes) {
    const index = r.index(each.file);
    const fn = index?.facts.functions[each.fn];
    if (!index || !fn) continue;
    const own = fn.members?.find((known) => !known.static && known.key === key && known.form !== 'set');
    const scope: Frame | undefined = each.scope;
    if (own?.form === 'method') {
      const found = r.value(own.value, each.file, scope);
      return found.kind === 'fn' ? { ...found, self: value } : found;
    }
    if (own?.form === 'get') {
      const found = r.value(own.value, each.file, scope);
      if (found.kind !== 'fn') return found;
      const frame = frameOf(r, { ...found, self: value }, [], 1);
      return oneOf((index.returns.get(found.fn) ?? []).map((one) => r.value(one, each.file, frame)));
    }
    const constructor = fn.members?.find((known) => known.key === 'constructor')?.value;
    const values: Abstract[] = [];
    const frame = constructor?.kind === 'fn' ? frameOf(r, { kind: 'fn', file: each.file, fn: constructor.fn, scope }, each.args, 1, value) : undefined;
    if (constructor?.kind === 'fn') {
      const params = index.facts.functions[constructor.fn]!.params;
      const position = params.findIndex((param) => param.property === key);
      if (position >= 0) {
        const given = each.args[position];
        const fallback = params[position]!.default;
        if (given) values.push(given);
        else if (fallback) values.push(r.value(fallback, each.file, frame));
        else {
          const type = params[position]!.type;
          const typed = type ? handleOfType(r, type, each.file, at) : undefined;
          if (typed) values.push(typed);
        }
      }
    }
    if (own) {
      const self = frameOf(r, { kind: 'fn', file: each.file, fn: each.fn, scope }, each.args, 1, value);
      const initial = r.value(own.value, each.file, self);
      if (!(initial.kind === 'const' && initial.value === undefined)) values.push(initial);
    }
    for (const write of index.memberWrites.get(key) ?? []) {
      if (write.of.kind !== 'self' || write.op) continue;
      const holder = index.facts.functions[write.fn];
      const owner = holder?.kind === 'method' ? holder.owner : ownerOf(index.facts.functions, write.fn);
      if (owner !== each.fn) continue;
      const passed =
        frame && write.fn !== frame.fn
          ? passedBy(
              r,
              index,
              frame.fn,
              () => frame,
              (name) => fn.members!.some((method) => method.key === name && functionOf(method.value) === write.fn),
            )
          : [];
      const inside = write.fn === frame?.fn ? frame : frameOf(r, { kind: 'fn', file: each.file, fn: write.fn, scope }, passed, 1, value);
      const over = write.fn === functionOf(constructor) && own && each.args.length > 0 ? laidOver(write.value, key) : undefined;
      if (over) values.splice(0, values.length, merged(r, [...values.slice(-1), r.value(over, each.file, inside)], at));
      else values.push(r.value(write.value, each.file, inside));
    }
    if (own && values.length === 0) values.push(...writesFromOutside(r, { ...value, file: each.file, fn: each.fn }, key));
    const real = values.filter((one) => !(one.kind === 'const' && one.value === null));
    if (real.length > 0) {
      const answer = oneOf(real);
      if (answer.kind !== 'unknown' || !own?.type) return answer;
    }
    if (own?.type) {
      const typed = handleOfType(r, own.type, each.file, at);
      if (typed) return typed;
    }
    if (own) return real.length > 0 ? oneOf(real) : { kind: 'const', value: undefined, at };
  }
  if (base?.kind === 'library') {
    const made = r.library.exported(base.package, base.path, 'new');
    const returns = made?.specs.find((spec) => spec.returns)?.returns;
    if (made && returns) return property(r, { kind: 'handle', entry: made.entry, type: returns, at: value.at, byType: true }, key, at);
  }
  return unknown(`\`${key}\` of an object`, at);
}

const functionOf = (value: Value | undefined): FunctionId | undefined => (value?.kind === 'fn' ? value.fn : undefined);

/** `this.options = { ...this.options, ...given }` in a constructor: what is laid over the value that the field has from the start. */
function laidOver(value: Value, key: string): Value | undefined {
  const [first, ...rest] = value.kind === 'record' ? value.entries : [];
  if (value.kind !== 'record' || !first || !('spread' in first)) return undefined;
  return first.spread.kind === 'member' && first.spread.of.kind === 'self' && first.spread.key === key ? { ...value, entries: rest } : undefined;
}

function ownerOf(
  functions: readonly { readonly in?: number; readonly owner?: number; readonly arrow: boolean; readonly kind: string }[],
  fn: number,
): number | undefined {
  for (let id: number | undefined = fn; id !== undefined; id = functions[id]?.in) {
    const each = functions[id];
    if (!each) return undefined;
    if (each.kind === 'method') return each.owner;
    if (!each.arrow) return undefined;
  }
  return undefined;
}

function contextValue(r: Resolver, value: ContextValue, key: string, at: Place): Abstract {
  const { vocabulary } = r.runner;
  if (value.path.length === 0) {
    const word = contextMember(vocabulary, key, at);
    if (word) return word;
    for (let index = value.fixtures.length - 1; index >= 0; index--) {
      const fixtures = value.fixtures[index]!;
      const made = fixtures.kind === 'record' ? fixtures.get(key) : undefined;
      if (made) return fixtureValue(r, made, value, at);
    }
  }
  if (vocabulary.sharedContext !== undefined && vocabulary.sharedContext !== 'this' && value.path.join('.') === vocabulary.sharedContext)
    return shared(r, vocabulary.sharedContext, key, value.file, at);
  return ofTest(r, key, at) ?? { ...value, path: [...value.path, key] };
}

/** What a runner tells a test of itself: its name, its file, its worker. */
function ofTest(r: Resolver, key: string, at: Place): Abstract | undefined {
  const hole = (varies: 'worker' | 'file' | 'test', source: string): Abstract => ({ kind: 'text', parts: [{ varies, source, at }], at });
  const id = r.runner.workerIds.find((each) => each.form === 'property' && each.name.endsWith(`.${key}`));
  if (id) return hole('worker', id.name);
  if (TITLES.has(key)) return hole('test', 'test name');
  return FILES.has(key) ? hole('file', 'test file') : undefined;
}

const TITLES = new Set(['name', 'title', 'fullName', 'fullTitle', 'titlePath', 'currentTestName', 'testId', 'id', 'outputDir']);
const FILES = new Set(['testPath', 'filepath', 'filePath']);

/** What a fixture hands to `use`. */
function fixtureValue(r: Resolver, made: Abstract, context: ContextValue, at: Place): Abstract {
  const fn = made.kind === 'list' ? made.items[0] : made;
  if (fn?.kind !== 'fn') return fn ?? unknown('a fixture', at);
  const index = r.index(fn.file);
  const use = [...(index?.params ?? [])].find(([binding, param]) => param.index === 1 && index?.facts.bindings[binding]?.in === fn.fn);
  const calls = use ? (index?.callsOf.get(use[0]) ?? []) : [];
  const frame = frameOf(r, fn, [{ ...context, fixtures: context.fixtures.slice(0, -1) }], 1);
  if (calls.length > 0) return oneOf(calls.map((call) => (call.args[0] ? r.value(call.args[0].value, fn.file, frame) : unknown('a fixture', at))));
  const returns = index?.returns.get(fn.fn) ?? [];
  return returns.length > 0 ? oneOf(returns.map((each) => r.value(each, fn.file, frame))) : unknown('a fixture', at);
}

/** What tests and hooks of a file leave for each other on `this` or on the context. */
function shared(r: Resolver, where: string, key: string, file: string, at: Place): Abstract {
  const index = r.index(file);
  const writes =
    index?.memberWrites.get(key)?.filter((write) => (where === 'this' ? write.of.kind === 'self' : write.of.kind === 'member' && write.of.key === where)) ?? [];
  if (writes.length === 0) return unknown(`\`${key}\` of the test context`, at);
  return oneOf(writes.map((write) => r.value(write.value, file, undefined)));
}
