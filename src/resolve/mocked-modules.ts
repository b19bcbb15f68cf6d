import type { Original } from '../model/abstract.js';
import type { Claim, Obligation } from '../model/claims.js';
import { isIn, isInside, pathOf } from '../model/code.js';
import type { Call, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import type { FileIndex } from './file-index.js';
import { madeOf } from './made-of.js';
import { exportOf } from './modules.js';
import type { RawMutation } from './settle.js';
import type { Resolver } from './resolver.js';

/** Modules that a test file or its set-up replaces before anything is loaded: `vi.mock('pg')`, `jest.mock('./connection', () => ({ ... }))`; and packages whose class a hook stubs. */
export interface Replaced {
  readonly packages: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
}

/** `pg.Client`: with the class, what opens connections is gone. */
const CLASS = /^((?:@[^/.#]+\/)?[\w-]+)\.[A-Z]\w*$/;
/** `Client`, not `PORT`. */
const CLASS_NAME = /^[A-Z]\w*[a-z]/;
const WORDS = /^(?:jest|vi|vitest)\.mock$/;
/** For what is loaded afterwards. */
const LATER = /^(?:jest|vi|vitest)\.(?:doMock|unstable_mockModule)$/;
const UNMOCKS = /^(?:jest|vi|vitest)\.(?:unmock|dontMock|doUnmock)$/;
/** Of `node:test` and of its test context: given what the module exports instead. */
const GIVEN = /^(?:\w+\.)?mock\.module$/;
const KEEPS = /^(requireActual|importActual)$/;

export function replacedModules(r: Resolver, file: string, mutations: readonly RawMutation[]): Replaced {
  const packages = new Set<string>();
  const files = new Set<string>();
  for (const { state, cell, holder, onlyWatches } of mutations) {
    const stubbed = state === 'mock' && holder.role === 'hook' && !onlyWatches ? CLASS.exec(cell)?.[1] : undefined;
    if (stubbed !== undefined) packages.add(stubbed);
  }
  const real = unmockedBy(r, file);
  const ofSetup = r.runner.setupFiles.filter((each) => each !== file).flatMap((each) => inSetup(r, each, WORDS));
  for (const each of [...told(r, mutations), ...ofContext(r, file), ...ofSetup]) {
    const replaced = real.has(targetOf(r, each)) ? undefined : replacedBy(r, each, WORDS);
    replaced?.packages.forEach((name) => packages.add(name));
    replaced?.files.forEach((path) => files.add(path));
  }
  return { packages, files };
}

/** What `vi.doMock('./connection', () => ({ ... }))` replaces, for those who load it afterwards. */
export const replacedLater = (r: Resolver, mutation: RawMutation): Replaced | undefined =>
  told(r, [mutation])
    .map((each) => replacedBy(r, each, LATER))
    .find((each) => each !== undefined);

function replacedBy(r: Resolver, { index, call, module }: Replacing, words: RegExp): Replaced | undefined {
  const whole = isWhole(index, call, module, words);
  const target = r.sources.resolveImport(index.facts.path, module);
  // `classic-level` is told as `level`.
  if ('package' in target && (whole || replacesClass(index, call)))
    return { packages: new Set([target.package, ...r.library.toldAs(target.package)]), files: new Set() };
  return 'file' in target && whole ? { packages: new Set(), files: new Set([target.file]) } : undefined;
}

interface Replacing {
  readonly index: FileIndex;
  readonly call: Call;
  readonly module: string;
}

/** They may stand in a helper that the test file imports. */
const told = (r: Resolver, mutations: readonly RawMutation[]): Replacing[] =>
  mutations.flatMap(({ state, cell, at }) => {
    const index = state === 'module-mock' ? r.index(at.path) : undefined;
    const id = index?.callAt(at);
    return index && id !== undefined ? [{ index, call: index.facts.calls[id]!, module: cell }] : [];
  });

/** `t.mock.module('pg', ...)` is taken back by itself after its test, so that no change of state tells of it. */
function ofContext(r: Resolver, file: string): Replacing[] {
  const index = r.runner.vocabulary.modules.includes('node:test') ? r.index(file) : undefined;
  return (index?.facts.calls ?? []).flatMap((call) => {
    const given = call.args[0]?.value;
    const module = given?.kind === 'const' && typeof given.value === 'string' ? given.value : undefined;
    const isIt = pathOf(call.callee, index!.facts)?.slice(1).join('.') === 'mock.module';
    return isIt && module !== undefined ? [{ index: index!, call, module }] : [];
  });
}

/** What stands at the head of a file that the runner loads before each test file. */
function inSetup(r: Resolver, file: string, words: RegExp): Replacing[] {
  const index = r.index(file);
  return (index?.facts.calls ?? []).flatMap((call) => {
    const given = call.in === 0 ? call.args[0]?.value : undefined;
    const module = given?.kind === 'const' && typeof given.value === 'string' ? given.value : undefined;
    return module !== undefined && words.test(pathOf(call.callee, index!.facts)?.join('.') ?? '') ? [{ index: index!, call, module }] : [];
  });
}

/** Modules that a test file has as they are although its set-up replaces them. */
const unmockedBy = (r: Resolver, file: string): ReadonlySet<string | undefined> => new Set(inSetup(r, file, UNMOCKS).map((each) => targetOf(r, each)));

function targetOf(r: Resolver, { index, module }: Replacing): string | undefined {
  const target = r.sources.resolveImport(index.facts.path, module);
  return 'file' in target ? target.file : 'package' in target ? target.package : module;
}

/** Nothing of the module is left: no factory that takes the real one in, and no `{ spy: true }`. */
function isWhole(index: FileIndex, { callee, args }: Call, module: string, words: RegExp): boolean {
  const name = pathOf(callee, index.facts)?.join('.') ?? '';
  const factory = args[1]?.value;
  if (GIVEN.test(name)) return !factory || (factory.kind === 'record' && !hasSpread(factory, 2));
  if (!words.test(name)) return false;
  if (!factory) return true;
  if (factory.kind !== 'fn' || (index.facts.functions[factory.fn]?.params.length ?? 0) > 0) return false;
  return !index.facts.calls.some((each) => isInside(index.facts, each.in, factory.fn) && takesIn(each, module));
}

/** `{ namedExports: { ...pg, escape } }` */
const hasSpread = (value: Value, depth: number): boolean =>
  value.kind === 'record' && value.entries.some((entry) => !('key' in entry) || (depth > 1 && hasSpread(entry.value, depth - 1)));

/** `({ ...actual, Client: vi.fn() })`: all of the package but its class is left. */
function replacesClass(index: FileIndex, { args }: Call): boolean {
  const factory = args[1]?.value;
  const given = factory?.kind === 'fn' ? (index.returns.get(factory.fn) ?? []) : [];
  return given.some(
    (each) => each.kind === 'record' && each.entries.some((entry) => 'key' in entry && typeof entry.key === 'string' && CLASS_NAME.test(entry.key)),
  );
}

/** `vi.importActual('./orders')` of the module itself, or of one that is not known. */
function takesIn({ callee, args }: Call, module: string): boolean {
  const taken = args[0]?.value;
  return callee.kind === 'member' && typeof callee.key === 'string' && KEEPS.test(callee.key) && !(taken?.kind === 'const' && taken.value !== module);
}

/** What of a module a factory answers for, where it keeps the rest: `({ ...actual, writeFileSync: vi.fn() })`. */
export const replacedParts = (r: Resolver, mutation: RawMutation): readonly Original[] =>
  told(r, [mutation]).flatMap(({ index, call, module }) => {
    const name = pathOf(call.callee, index.facts)?.join('.') ?? '';
    const factory = call.args[1]?.value;
    if (factory?.kind !== 'fn' || !(WORDS.test(name) || LATER.test(name))) return [];
    const target = r.sources.resolveImport(index.facts.path, module);
    return (index.returns.get(factory.fn) ?? []).flatMap((each) => partsOf(index, each, [])).flatMap((path) => originalAt(r, target, path));
  });

/** The names of a record and of those in it that hold something else than what stood there. */
function partsOf(index: FileIndex, value: Value, path: readonly string[]): readonly (readonly string[])[] {
  if (value.kind !== 'record') return path.length > 0 && !isKept(index, value, path.at(-1)!) ? [path] : [];
  return value.entries.flatMap((entry) => ('key' in entry && typeof entry.key === 'string' ? partsOf(index, entry.value, [...path, entry.key]) : []));
}

/** `actual.save`, `vi.fn(actual.save)`, `(order) => actual.save(order)` */
function isKept(index: FileIndex, value: Value, name: string): boolean {
  const isIt = (each: Value): boolean => each.kind === 'member' && each.key === name && isActual(index, each.of);
  return isIt(value) || index.facts.calls.some(({ at, callee, args }) => isIn(at, value.at) && (isIt(callee) || args.some((each) => isIt(each.value))));
}

/** `actual` of `const actual = await vi.importActual('./orders')`, or of a factory that is given a function for that. */
const isActual = (index: FileIndex, value: Value): boolean =>
  [...madeOf(index, value)].some(
    (each) => (each.kind === 'member' && typeof each.key === 'string' && KEEPS.test(each.key)) || (each.kind === 'ref' && index.params.has(each.binding)),
  );

function originalAt(r: Resolver, target: ReturnType<Resolver['sources']['resolveImport']>, path: readonly string[]): readonly Original[] {
  if ('package' in target) return [{ kind: 'outside', name: outsideName(target.package, path) }];
  const [name] = path;
  const value = 'file' in target && name !== undefined && path.length === 1 ? exportOf(r, target.file, name, { path: target.file, span: [0, 0] }) : undefined;
  return value?.kind === 'fn' ? [{ kind: 'function', file: value.file, fn: value.fn, name: name!, isOfModule: true }] : [];
}

/** `node:fs.promises.readFile`, however it is imported. */
export const outsideName = (from: string, path: readonly string[]): string =>
  [...from.replace(/^(?=(?:fs|os|process|child_process|net|http|https)(?:\/|$))/, 'node:').split('/'), ...path.filter((each) => each !== 'default')]
    .filter((each) => each !== '')
    .join('.');

interface Reached {
  readonly at: Place;
  readonly via: readonly Place[];
}

/** It stands in a replaced file, or one of the calls that lead there takes what it calls from one: a list of modules only hands on what stands elsewhere. */
const through = (r: Resolver, { files }: Replaced, { at, via }: Reached): boolean =>
  files.size > 0 && [at, ...via].some((each) => files.has(each.path) || takenFrom(r, each).some((path) => files.has(path)));

/** The files of the project that the call imports what it calls from, or what it hands over, or what gave it these. */
function takenFrom(r: Resolver, at: Place): string[] {
  const index = r.index(at.path);
  const id = index?.callAt(at);
  const call = id === undefined ? undefined : index?.facts.calls[id];
  if (!index || !call) return [];
  return [call.callee, ...call.args.map((each) => each.value)].flatMap((each) =>
    [...madeOf(index, each)].flatMap((part) => {
      const from = part.kind === 'ref' ? index.imports.get(part.binding)?.from : undefined;
      const target = from?.kind === 'const' && typeof from.value === 'string' ? r.sources.resolveImport(at.path, from.value) : undefined;
      return target && 'file' in target ? [target.file] : [];
    }),
  );
}

/** What is held of a package, by a name that is written somewhere. */
type Held = Partial<Pick<Claim, 'client' | 'decidedAt'>>;

/** It lies behind a replaced module or package; what such a module says of a name is not what the tests work with either. */
export const isOfReplaced = (r: Resolver, replaced: Replaced, reached: Reached, { client, decidedAt }: Held = {}): boolean =>
  (client !== undefined && replaced.packages.has(client)) || through(r, replaced, reached) || (decidedAt !== undefined && replaced.files.has(decidedAt.path));

/** `pg`, `Pool of pg` */
export const packageOf = ({ what }: Pick<Obligation, 'what'>): string => what.replace(/^.* of /, '');
