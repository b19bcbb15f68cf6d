import type { Abstract, Frame, FunctionValue, HandleValue, LibraryCall, Reader } from '../model/abstract.js';
import { constantOf, unknown } from '../model/abstract.js';
import type { Call, CallId, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import { isAssertion } from './assertions.js';
import { reachableReturns } from './branches.js';
import { environment } from './environment.js';
import { property } from './evaluate.js';
import { urlAfterWrites } from './url-members.js';
import type { FileIndex } from './file-index.js';
import { modelBehind } from './models.js';
import { imported } from './modules.js';
import { chain } from './chain.js';
import { asLibrary } from './own-library.js';
import { platformCall, platformMethod } from './platform.js';
import { DEEPEST_CALL, frameOf } from './frames.js';
import { PROMISIFIES } from './objects.js';
import { place, type Resolver } from './resolver.js';
import { madeBy } from './prototypes.js';
import { pieceOf, quotedName } from './quoting.js';
import { takenFrom } from './stores.js';
import { concat, oneOf, urlPart } from './text.js';
import { wordCalled, wordsMade } from './words.js';

export const readerOf = (r: Resolver, at: Place): Reader => ({
  property: (value, key) => property(r, value, key, at),
  environment: (name) => environment(r, name, at),
  urlPart,
});

const LOADERS = new Set(['require', 'import', 'jest.requireActual', 'vi.importActual', 'vitest.importActual', 'jest.requireMock', 'vi.importMock']);

export function argumentsOf(r: Resolver, call: Call, file: string, frame: Frame | undefined): Abstract[] {
  const out: Abstract[] = [];
  for (const each of call.args) {
    if (each.value.kind === 'spread') {
      const inner = r.value(each.value.of, file, frame);
      if (inner.kind === 'list') out.push(...inner.items);
      else out.push(unknown('spread arguments', place(file, call.at)));
      continue;
    }
    const value = r.value(each.value, file, frame);
    out.push(urlAfterWrites(r, each.value, value, file, frame));
  }
  return out;
}

/** The specifier that a call loads, where it loads a module. */
export function loadedModule(
  r: Resolver,
  call: Call,
  file: string,
  frame: Frame | undefined,
): { readonly specifier: string; readonly name: '*' | 'module.exports' } | undefined {
  const name = dotted(call.callee);
  if (!name || !LOADERS.has(name) || !call.args[0]) return undefined;
  const specifier = constantOf(r.value(call.args[0].value, file, frame));
  return specifier === undefined ? undefined : { specifier, name: name === 'require' || name.startsWith('jest.') ? 'module.exports' : '*' };
}

function dotted(value: Value): string | undefined {
  if (value.kind === 'outer') return value.name;
  if (value.kind === 'member' && typeof value.key === 'string') {
    const of = dotted(value.of);
    return of ? `${of}.${value.key}` : undefined;
  }
  return undefined;
}

/** What a call gives back. */
export function resultOf(r: Resolver, id: CallId, file: string, frame: Frame | undefined): Abstract {
  const index = r.index(file);
  const call = index?.facts.calls[id];
  if (!index || !call) return unknown('a call that is not known');
  const at = place(file, call.at);
  if (isAssertion(index, call)) return unknown('what an assertion gives back', at);
  const load = loadedModule(r, call, file, frame);
  if (load) return imported(r, file, load.specifier, load.name, at);

  const args = argumentsOf(r, call, file, frame);
  if (call.callee.kind === 'member' && typeof call.callee.key === 'string') {
    const receiver = urlAfterWrites(r, call.callee.of, r.value(call.callee.of, file, frame), file, frame);
    const taken = takenFrom(r, call.callee.of, call.callee.key, file, frame);
    if (taken) return taken;
    const quoted = receiver.kind === 'handle' || receiver.kind === 'library' ? quotedName(call.callee.key, args, at) : undefined;
    if (quoted) return quoted;
    const piece = receiver.kind === 'handle' && index.isPiece(id) ? pieceOf(args) : undefined;
    if (piece) return piece;
    const done =
      promised(r, receiver, call.callee.key, args, at, frame) ??
      platformMethod(r, receiver, call.callee.key, args, at) ??
      loadedModel(r, receiver, call.callee.key, args, file, at);
    if (done) return done;
    const libraryCalls = methodCalls(r, receiver, call.callee.key, call, id, args, file, frame);
    if (libraryCalls.length > 0) return oneOf(libraryCalls.map((each) => libraryResult(r, each)));
  }
  const detached = detachedCalls(r, call, id, args, file, frame);
  if (detached.length > 0) return oneOf(detached.map((each) => libraryResult(r, each)));
  return called(r, r.value(call.callee, file, frame), call, id, args, file, frame, at);
}

function called(r: Resolver, callee: Abstract, call: Call, id: CallId, args: readonly Abstract[], file: string, frame: Frame | undefined, at: Place): Abstract {
  switch (callee.kind) {
    case 'oneOf':
      return oneOf(callee.of.map((each) => called(r, each, call, id, args, file, frame, at)));
    case 'word':
      return (
        wordCalled(
          callee,
          args,
          args.some((each) => each.kind === 'fn'),
        ) ?? unknown('what the runner gives back', at)
      );
    case 'fn': {
      const library = asLibrary(r, callee, file);
      if (library) return called(r, library, call, id, args, file, frame, at);
      const fn = r.index(callee.file)?.facts.functions[callee.fn];
      if (fn?.kind === 'class') {
        const instance = { kind: 'instance', file: callee.file, fn: callee.fn, scope: callee.scope, args, at } as const;
        return libraryBase(r, callee, args, call, id, file) ?? instance;
      }
      return (call.form === 'new' ? madeBy(r, callee, args, at) : undefined) ?? returned(r, callee, args, frame, at);
    }
    case 'library':
    case 'outer': {
      const words = callee.kind === 'library' ? wordsMade(r.runner.vocabulary, callee) : undefined;
      if (words) return words;
      const platform = platformCall(r, callee, args, call.form, at);
      if (platform) return platform;
      const made = libraryCall(r, callee, call, id, args, file);
      if (made) return libraryResult(r, made);
      if (call.form === 'tag' && args[0]) return args[0];
      return unknown(
        callee.kind === 'library' ? `what \`${[callee.package, ...callee.path].join('.')}\` gives back` : `what \`${callee.path.join('.')}\` gives back`,
        at,
      );
    }
    case 'handle': {
      const piece = r.index(file)?.isPiece(id) ? pieceOf(args) : undefined;
      if (piece) return piece;
      const specs = r.library.method(callee.entry, callee.type, '');
      return specs.length > 0
        ? libraryResult(r, { entry: callee.entry, specs, receiver: callee, args, chained: chainedOn(r, file, id), at, file, call: id })
        : unknown(`a call of a ${callee.type}`, at);
    }
    case 'unknown':
      return call.form === 'tag' && args[0] ? args[0] : callee;
    default:
      return unknown('a call that is not followed', at);
  }
}

/** An instance of a project class that extends a library's class is used like the library's object. */
function libraryBase(r: Resolver, callee: FunctionValue, args: readonly Abstract[], call: Call, id: CallId, file: string): Abstract | undefined {
  const fn = r.index(callee.file)?.facts.functions[callee.fn];
  const base = fn?.bases?.[0];
  if (!fn || !base || (fn.members?.length ?? 0) > 0) return undefined;
  const parent = r.value(base, callee.file, callee.scope);
  if (parent.kind !== 'library') return undefined;
  const made = libraryCall(r, parent, { ...call, form: 'new' }, id, args, file);
  return made ? libraryResult(r, made) : undefined;
}

/** The union of what a function returns for these arguments. */
export function returned(r: Resolver, callee: FunctionValue, args: readonly Abstract[], caller: Frame | undefined, at: Place): Abstract {
  const index = r.index(callee.file);
  const depth = (caller?.depth ?? 0) + 1;
  if (!index || depth > DEEPEST_CALL) return unknown('a call that is too deep to follow', at);
  const all = index.returns.get(callee.fn);
  const returns = all && all.length > 1 ? reachableReturns(r, index, callee.fn) : all;
  if (!returns || returns.length === 0) return { kind: 'const', value: undefined, at };
  const frame = frameOf(r, callee, args, depth);
  return oneOf(returns.slice(0, 6).map((each) => r.value(each, callee.file, frame)));
}

/** `sequelize.import(path)`, until Sequelize 5: what the module of that path makes of the connection. */
function loadedModel(r: Resolver, receiver: Abstract, key: string, args: readonly Abstract[], file: string, at: Place): Abstract | undefined {
  const connection = receiver.kind === 'oneOf' ? receiver.of.find((each) => each.kind === 'handle') : receiver;
  if (key !== 'import' || connection?.kind !== 'handle' || connection.type !== 'Sequelize') return undefined;
  const specifier = constantOf(args[0]);
  const make = specifier === undefined ? undefined : imported(r, file, specifier, 'module.exports', at);
  return make?.kind === 'fn' ? returned(r, make, [receiver], undefined, at) : undefined;
}

/** `.then(f)` hands on what `f` returns; a promise and its value are one. */
function promised(r: Resolver, receiver: Abstract, key: string, args: readonly Abstract[], at: Place, frame: Frame | undefined): Abstract | undefined {
  if (key !== 'then' && key !== 'catch' && key !== 'finally') return undefined;
  if (receiver.kind === 'handle' && r.library.method(receiver.entry, receiver.type, key).length > 0) return undefined;
  if (key !== 'then') return receiver;
  const callback = args[0];
  return callback?.kind === 'fn' ? returned(r, callback, [receiver], frame, at) : receiver;
}

/** The library calls that a method call may be, one per handle that the receiver may be. */
export function methodCalls(
  r: Resolver,
  receiver: Abstract,
  method: string,
  call: Call,
  id: CallId,
  args: readonly Abstract[],
  file: string,
  frame?: Frame,
): LibraryCall[] {
  const inner = method === 'apply' || method === 'call' ? applied(r, call, args, file, frame) : undefined;
  if (inner) return methodCalls(r, inner.receiver, inner.method, call, id, inner.args, file);
  if (receiver.kind === 'oneOf') return receiver.of.flatMap((each) => methodCalls(r, each, method, call, id, args, file));
  const handle = receiver.kind === 'fn' ? modelBehind(r, receiver, method) : (handleBehind(r, receiver) ?? byItsType(r, receiver, method, call, file));
  if (!handle) return [];
  const path = [...(handle.path ?? []), method].join('.');
  const specs = r.library.method(handle.entry, handle.type, path);
  return specs.length > 0
    ? [{ entry: handle.entry, specs, receiver: handle, method: path, args, chained: chainedOn(r, file, id), at: place(file, call.at), file, call: id }]
    : [];
}

/** `this.server.listen.apply(this.server, arguments)`, `pool.query.call(pool, text)`: the method that is called so. */
function applied(
  r: Resolver,
  { callee, args: written }: Call,
  args: readonly Abstract[],
  file: string,
  frame: Frame | undefined,
): { readonly receiver: Abstract; readonly method: string; readonly args: readonly Abstract[] } | undefined {
  if (callee.kind !== 'member' || callee.of.kind !== 'member' || typeof callee.of.key !== 'string') return undefined;
  const receiver = r.value(callee.of.of, file, frame);
  if (callee.key === 'call') return { receiver, method: callee.of.key, args: args.slice(1) };
  const list = written[1]?.value;
  const handed = list?.kind === 'outer' && list.name === 'arguments' ? frame?.args : args[1]?.kind === 'list' ? args[1].items : undefined;
  return { receiver, method: callee.of.key, args: handed ?? [] };
}

/** Asks the types, where they are at hand, for a receiver that nothing else explains: a field filled by injection, an inferred parameter. */
function byItsType(r: Resolver, receiver: Abstract, method: string, call: Call, file: string): HandleValue | undefined {
  if (receiver.kind !== 'unknown' || !r.sources.typeOf || call.callee.kind !== 'member' || !r.library.knowsMethod(method)) return undefined;
  const named = r.sources.typeOf(file, call.callee.of.at);
  const found = named && r.library.typed(named.package, named.name);
  return found ? { kind: 'handle', entry: found.entry, type: found.type, at: place(file, call.callee.of.at), byType: true } : undefined;
}

/** The library calls of a method that was taken from its object before: `promisify(server.listen.bind(server))(0)`. */
export function detachedCalls(r: Resolver, call: Call, id: CallId, args: readonly Abstract[], file: string, frame: Frame | undefined): LibraryCall[] {
  const method = call.callee.kind === 'member' ? undefined : detached(r, call.callee, file);
  return method ? methodCalls(r, r.value(method.of, file, frame), method.key, call, id, args, file, frame) : [];
}

function detached(r: Resolver, callee: Value, file: string, depth = 0): { readonly of: Value; readonly key: string } | undefined {
  const index = r.index(file);
  // `var once = promisify(once)`
  if (depth > DEEPEST_CALL) return undefined;
  if (callee.kind === 'ref') {
    const [write, ...others] = index?.writes.get(callee.binding) ?? [];
    return write?.value.kind === 'result' && others.length === 0 && write.path.length === 0 ? detached(r, write.value, file, depth + 1) : undefined;
  }
  const made = callee.kind === 'result' ? index?.facts.calls[callee.call] : undefined;
  if (!made) return undefined;
  const bound = made.callee.kind === 'member' && made.callee.key === 'bind' ? made.callee.of : undefined;
  const from = bound ?? (isPromisifying(made.callee, index) ? made.args[0]?.value : undefined);
  return from?.kind === 'member' && typeof from.key === 'string' && from.key !== 'bind'
    ? { of: from.of, key: from.key }
    : from && detached(r, from, file, depth + 1);
}

function isPromisifying(callee: Value, index: FileIndex | undefined): boolean {
  const name = callee.kind === 'member' ? callee.key : callee.kind === 'ref' ? index?.facts.bindings[callee.binding]?.name : undefined;
  return typeof name === 'string' && PROMISIFIES.test(name);
}

/** A handle, or the library object inside an instance whose class extends a library's. */
function handleBehind(r: Resolver, receiver: Abstract): HandleValue | undefined {
  if (receiver.kind === 'handle') return receiver;
  if (receiver.kind !== 'instance') return undefined;
  const index = r.index(receiver.file);
  const fn = index?.facts.functions[receiver.fn];
  const base = fn?.bases?.[0];
  if (!fn || !base) return undefined;
  const parent = r.value(base, receiver.file, receiver.scope);
  if (parent.kind !== 'library') return undefined;
  const made = r.library.exported(parent.package, parent.path, 'new');
  const type = made?.specs.find((spec) => spec.returns)?.returns;
  return made && type ? { kind: 'handle', entry: made.entry, type, at: receiver.at, byType: true } : undefined;
}

export function libraryCall(r: Resolver, callee: Abstract, call: Call, id: CallId, args: readonly Abstract[], file: string): LibraryCall | undefined {
  if (callee.kind !== 'library' && callee.kind !== 'outer') return undefined;
  const form = call.form === 'decorate' ? 'call' : call.form;
  const found = callee.kind === 'library' ? r.library.exported(callee.package, callee.path, form) : r.library.exported('global', callee.path, form);
  return found
    ? {
        entry: found.entry,
        specs: found.specs,
        method: callee.path.join('.'),
        args,
        chained: chainedOn(r, file, id),
        at: place(file, call.at),
        file,
        call: id,
        ...(callee.kind === 'library' && callee.own ? { own: true as const } : {}),
      }
    : undefined;
}

/** `global.sinon.restore()`: what a file puts under the global name of a library stands for the library. */
export function globalCall(r: Resolver, of: Value, key: string, call: Call, id: CallId, args: readonly Abstract[], file: string): LibraryCall | undefined {
  const names = chain(of)?.split('.');
  if (names?.length !== 2 || (names[0] !== 'global' && names[0] !== 'globalThis') || !r.library.knowsGlobal(names[1]!)) return undefined;
  return libraryCall(r, { kind: 'outer', path: [names[1]!, key], at: place(file, call.at) }, call, id, args, file);
}

const chainedOn = (r: Resolver, file: string, id: CallId): readonly string[] => r.index(file)?.chained(id) ?? [];

function libraryResult(r: Resolver, call: LibraryCall): Abstract {
  const reader = readerOf(r, call.at);
  const specs = r.library.matching(call, reader);
  for (const spec of specs) {
    if (!spec.gives) continue;
    const { varies, source, values, prefix } = spec.gives;
    const hole: Abstract = { kind: 'text', parts: [{ varies, source, at: call.at, ...(values === undefined ? {} : { values }) }], at: call.at };
    const lead = prefix ? r.library.read(call, prefix, reader) : undefined;
    return lead ? concat([lead, hole], call.at) : hole;
  }
  const inner = specs.find((spec) => spec.handsOn !== undefined)?.handsOn;
  const run = inner === undefined ? undefined : r.library.read(call, inner, reader);
  if (run?.kind === 'fn') return returned(r, run, [], run.scope, call.at);
  const returning = specs.find((spec) => spec.returns !== undefined);
  if (returning?.returns === 'receiver' && call.receiver)
    return returning.narrows ? { ...call.receiver, at: call.at, made: call, from: call.receiver } : call.receiver;
  if (returning?.returns) {
    return { kind: 'handle', entry: call.entry, type: returning.returns, at: call.at, made: call, ...(call.receiver ? { from: call.receiver } : {}) };
  }
  return unknown(`what ${call.entry.packages[0]} gives back`, call.at);
}
