import type { CallId, FunctionId, Span } from './facts.js';
import type { Hole, Name } from './names.js';
import type { Place } from './place.js';
import type { CallSpec, LibraryEntry } from './catalogue.js';
import type { Obligation, Operation, Resource, ResourceKind, WipeScope } from './claims.js';
import type { StateKind } from './state.js';
import type { ComputedEnvironment, Json, Modifier, Vocabulary, Word, WorkerId } from './runner.js';
import type { FileFacts } from './facts.js';

/**
 * What a value may be at run time, as far as the source tells. Values are asked for when needed, so records, instances
 * and functions hold closures and are never stored; what is stored (names, claims) is plain data.
 */
export type Abstract =
  | TextValue
  /** `from`, as of the text that the number was made from. */
  | { readonly kind: 'const'; readonly value: number | boolean | null | undefined; readonly at?: Place; readonly from?: readonly string[] }
  | { readonly kind: 'oneOf'; readonly of: readonly Abstract[] }
  | RecordValue
  | { readonly kind: 'list'; readonly items: readonly Abstract[]; readonly open: boolean; readonly at: Place }
  | FunctionValue
  | InstanceValue
  | HandleValue
  | LibraryValue
  /** A global and a path into it: `['process', 'env', 'DATABASE_URL']`. */
  | { readonly kind: 'outer'; readonly path: readonly string[]; readonly at: Place }
  /** The namespace of a module of the project. */
  | { readonly kind: 'module'; readonly path: string }
  | WordValue
  | ContextValue
  | UnknownValue;

/** A word of the runner's vocabulary: `test`, `test.concurrent`, `describe.each(table)`. */
export interface WordValue {
  readonly kind: 'word';
  readonly word: Word;
  readonly modifiers: readonly Modifier[];
  /** Records of fixtures from `extend`, outermost first. */
  readonly fixtures: readonly Abstract[];
  /** The table of an `each`. */
  readonly table?: Abstract;
  /** `test.describe.configure(options)`: changes the suite around it. */
  readonly configures?: boolean;
  /** It registers cleanup instead of declaring a block. */
  readonly cleanup?: boolean;
  readonly at: Place;
}
/** What a runner hands to a test or hook as its first parameter, and a path into it. */
export interface ContextValue {
  readonly kind: 'context';
  readonly file: string;
  readonly path: readonly string[];
  readonly fixtures: readonly Abstract[];
}

/** Text; known parts, holes that vary, and parts nobody knows. */
export interface TextValue {
  readonly kind: 'text';
  readonly parts: readonly (string | Hole | UnknownValue)[];
  readonly at: Place;
  /** How it became text of this form: an environment variable with its default, say. */
  readonly from?: readonly string[];
  /** Constants from elsewhere that were put into it, and where each is written. */
  readonly words?: readonly { readonly text: string; readonly at: Place }[];
}
export interface UnknownValue {
  readonly kind: 'unknown';
  readonly why: string;
  readonly at?: Place;
}
export interface RecordValue {
  readonly kind: 'record';
  readonly at: Place;
  /** `undefined` when the record surely has no such key. */
  get(key: string): Abstract | undefined;
  /** `undefined` when not all keys are known. */
  keys(): readonly string[] | undefined;
  /** Where a part of it is one of several objects: what it is with each of them, so that what one says is not read beside what another says. */
  ways?(): readonly RecordValue[] | undefined;
  /** The keys that are written out, whatever is spread beside them. */
  readonly written?: readonly string[];
  /** A validation library's schema. */
  readonly schema?: Schema;
  /** Of a configuration object: what stands between the keys of the path that its `get` takes. */
  readonly separator?: string;
}
/** What a schema makes of a value: fields of an object, a default where the value is missing, functions it passes through. */
export interface Schema {
  readonly fields?: RecordValue;
  readonly fallback?: Abstract;
  readonly changes?: readonly FunctionValue[];
}
/** Something a package exports: `{ package: 'pg', path: ['Pool'] }`; an empty path is the module namespace. */
export interface LibraryValue {
  readonly kind: 'library';
  readonly package: string;
  readonly path: readonly string[];
  readonly at: Place;
  /** It is the project's own: what its tests leave open is what they are about. */
  readonly own?: true;
}
export interface FunctionValue {
  readonly kind: 'fn';
  readonly file: string;
  readonly fn: FunctionId;
  /** The frames around it, whose parameters it can see. */
  readonly scope: Frame | undefined;
  readonly self?: Abstract;
}
/** An object made from a class of the project. */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly file: string;
  readonly fn: FunctionId;
  readonly scope: Frame | undefined;
  readonly args: readonly Abstract[];
  readonly at: Place;
}
/** An object that a library made. */
export interface HandleValue {
  readonly kind: 'handle';
  readonly entry: LibraryEntry;
  readonly type: string;
  readonly at: Place;
  /** The call that made it, and the handle it was made from. */
  readonly made?: LibraryCall;
  readonly from?: HandleValue;
  /** Known only by its written type. */
  readonly byType?: boolean;
  /** Properties passed through on the way to a method: `client.indices` of `client.indices.create()`. */
  readonly path?: readonly string[];
}

/** One call being followed: whose parameters have which values. */
export interface Frame {
  readonly file: string;
  readonly fn: FunctionId;
  readonly args: readonly Abstract[];
  readonly self?: Abstract;
  /** The frame around the function's definition. */
  readonly scope: Frame | undefined;
  readonly depth: number;
  /** Something in it is made in the test file whose story is told: no other story meets an equal frame. */
  readonly ofTold: boolean;
  /** Stands for file, function and arguments: equal keys, equal answers. */
  readonly key: number;
}

/** A call whose callee a library defines. */
export interface LibraryCall {
  readonly entry: LibraryEntry;
  readonly specs: readonly CallSpec[];
  readonly receiver?: HandleValue;
  /** The method as called, through properties: `users.deleteMany`. */
  readonly method?: string;
  readonly args: readonly Abstract[];
  /** Methods called on the result in the same expression. */
  readonly chained: readonly string[];
  readonly at: Place;
  readonly file: string;
  readonly call: CallId;
  /** A call of the library that the project itself is. */
  readonly own?: true;
  /** The class of the project for which the call counts: `Order` of `class Order extends Model {}`. */
  readonly model?: FunctionValue;
}

/** What a spy or stub takes the place of. */
export type Original =
  | { readonly kind: 'function'; readonly file: string; readonly fn: FunctionId; readonly name: string; readonly isOfModule: boolean }
  /** Of a client. */
  | { readonly kind: 'method'; readonly handle: string; readonly name: string }
  /** Of a package or the platform: `node:fs.writeFile`, `process.cwd`. */
  | { readonly kind: 'outside'; readonly name: string }
  /** Of all resources of a kind: `mock-fs` keeps files in memory. */
  | { readonly kind: 'resources'; readonly of: ResourceKind };

/** What one library call does to the world, as far as the library's data says. */
export type Reaction =
  | {
      readonly kind: 'claim';
      readonly resource: Resource;
      readonly op: Operation;
      readonly wipes?: WipeScope;
      readonly client: string;
      readonly handle?: string;
      readonly decidedAt?: Place;
      readonly saidAt?: Place;
      readonly note?: string;
    }
  /** `handle` names the opened object; `value` is the text it stands for where it is no object (a temporary directory). */
  | {
      readonly kind: 'open';
      readonly what: string;
      readonly of: Obligation['kind'];
      readonly owes: string;
      readonly handle: string;
      readonly inside: readonly string[];
      /** It begins with its first `use`. */
      readonly isLazy?: true;
    }
  /** A call on what connects when it is used, or one that takes it. */
  | { readonly kind: 'use'; readonly handle: string }
  | { readonly kind: 'release'; readonly handle: string }
  | {
      readonly kind: 'change';
      readonly state: StateKind;
      readonly cell: string;
      readonly handle: string;
      readonly isSaved: boolean;
      readonly onlyWatches?: true;
      /** What a spy or stub takes the place of, where that is known. */
      readonly originals?: readonly Original[];
    }
  | {
      readonly kind: 'restore';
      readonly state: readonly StateKind[];
      readonly what: 'all' | 'handle' | 'cell';
      readonly handle?: string;
      readonly cell?: string;
    }
  | { readonly kind: 'scoped'; readonly callback: Abstract; readonly param: number; readonly handle: HandleValue | undefined };

/** A package that the project publishes: its entry file and what its package.json asks for at run time. */
export interface PublishedPackage {
  readonly name: string;
  readonly entry: string;
  readonly dependencies: readonly string[];
  /** What whoever uses it brings along. */
  readonly peers: readonly string[];
}
export type Resolved = { readonly file: string } | { readonly package: string; readonly subpath?: string } | { readonly missing: true };
export interface EnvironmentValue {
  readonly value: string;
  readonly at: Place;
  /** `.env.test`, `compose.yml service db`, `workflow ci.yml`. */
  readonly from: string;
}
/** The world as resolve sees it: given by core, never read by resolve itself. */
export interface Sources {
  facts(path: string): FileFacts | undefined;
  resolveImport(from: string, specifier: string): Resolved;
  /** A JSON or YAML file of the project. */
  data(path: string): Json | undefined;
  /** Where the value at a path of keys stands in such a file. */
  dataSpan?(path: string, keys: readonly string[]): Span | undefined;
  /** Packages of the project itself. */
  published?(): readonly PublishedPackage[];
  /** Whether the project has such a file. */
  has?(path: string): boolean;
  /** Whether a file could export something of this name, a class or anything, as far as its text tells without being parsed. */
  mayExport?(path: string, name: string, what?: 'class'): boolean;
  /** Values that files of the project give to an environment variable. */
  environment(name: string): readonly EnvironmentValue[];
  /** The type of an expression, asked only for receivers that imports, values and annotations do not explain. */
  readonly typeOf?: (path: string, span: Span) => NamedType | undefined;
}
/** A type by the package that declares it: `{ package: 'ioredis', name: 'Redis' }`. */
export interface NamedType {
  readonly package: string;
  readonly name: string;
}
/** What resolve must be told about the runner. */
export interface RunnerKnowledge {
  readonly vocabulary: Vocabulary;
  readonly workerIds: readonly WorkerId[];
  /** Setup files, whose environment writes later files see. */
  readonly setupFiles: readonly string[];
  /** Files that run once before all workers: so do their environment writes. */
  readonly globalSetup?: readonly string[];
  readonly computedEnvironment?: ComputedEnvironment;
  /** Variables that set-up points at the worker's own, where they are set. */
  readonly pointed?: ReadonlyMap<string, Pointed>;
}

/** What a variable is pointed at: a database, in a connection string or by name; a port; a path. */
export type Pointed = 'database' | 'port' | 'path';

/** What resolve must be told about libraries; core passes the catalogue in through it. */
export interface Library {
  /** Entries for an imported package, or for a global when `package` is `global`. */
  exported(
    packageName: string,
    path: readonly string[],
    form: 'call' | 'new' | 'tag',
  ): { readonly entry: LibraryEntry; readonly specs: readonly CallSpec[] } | undefined;
  /** Specs for a method of a handle; an empty method is the handle itself being called. */
  method(entry: LibraryEntry, type: string, method: string): readonly CallSpec[];
  /** The handle type that a package's exported TypeScript type stands for. */
  typed(packageName: string, typeName: string): { readonly entry: LibraryEntry; readonly type: string } | undefined;
  /** The names of the clients that claims are told of where a package is called: the first one of each entry that it has. */
  toldAs(packageName: string): readonly string[];
  /** Whether calls of a global, or of its members, have an entry. */
  knowsGlobal(name: string): boolean;
  /** Whether some handle has a method of this name. */
  knowsMethod(name: string): boolean;
  /** Whether calls into a package can claim, change or open anything. */
  acts(packageName: string): boolean;
  /** Kinds of servers that calls into a package reach. */
  reaches(packageName: string): ReadonlySet<ResourceKind>;
  /** The names under which a package exports what has an entry: `['Pool']`, `['default', 'Client']`. */
  exportsOf(packageName: string): readonly (readonly string[])[];
  /** The specs of a call whose conditions hold. */
  matching(call: LibraryCall, reader: Reader): readonly CallSpec[];
  /** Whether what a call does may depend on what it is given there. */
  readsArgument(spec: CallSpec, argument: number): boolean;
  /** What the call does. `ambient` gives the handle that stands behind a package's exports. */
  react(call: LibraryCall, reader: Reader, ambient: (entry: LibraryEntry) => HandleValue | undefined): readonly Reaction[];
  /** Whether some call of the type goes through this property. */
  leads(entry: LibraryEntry, type: string, path: readonly string[]): boolean;
  /** The value at a source of a call; nothing when it is surely absent. */
  read(call: LibraryCall, source: string, reader: Reader): Abstract | undefined;
}
/** How a library's data looks into values. */
export interface Reader {
  property(value: Abstract, key: string): Abstract | undefined;
  environment(name: string): Abstract;
  urlPart(value: Abstract | undefined, part: string): Abstract | undefined;
}

export const unknown = (why: string, at?: Place): UnknownValue => ({ kind: 'unknown', why, ...(at ? { at } : {}) });
export const text = (value: string, at: Place): TextValue => ({ kind: 'text', parts: [value], at });

/** The constant text of a value, numbers included, or nothing. */
export function constantOf(value: Abstract | undefined): string | undefined {
  if (!value) return undefined;
  if (value.kind === 'const') return typeof value.value === 'number' ? String(value.value) : undefined;
  if (value.kind !== 'text') return undefined;
  let out = '';
  for (const part of value.parts) {
    if (typeof part !== 'string') return undefined;
    out += part;
  }
  return out;
}

/** The objects of which a value is one, where it is one of several: `process.env.CI ? { type: 'mysql' } : { type: 'sqlite' }`. */
export function recordsOf(value: Abstract | undefined): readonly RecordValue[] | undefined {
  if (value?.kind === 'record') return value.ways?.();
  const each = value?.kind === 'oneOf' ? value.of : [];
  return each.length > 0 && each.every((one) => one.kind === 'record') ? each : undefined;
}

/** A value read as a name. `null`, `undefined` and `''` are no name: the caller's default applies, so this returns nothing. */
export function nameOf(value: Abstract | undefined): Name | undefined {
  if (!value) return undefined;
  switch (value.kind) {
    case 'const':
      return value.value === null || value.value === undefined || typeof value.value === 'boolean'
        ? undefined
        : { kind: 'parts', parts: [String(value.value)], ...(value.at ? { at: value.at } : {}) };
    case 'text': {
      const bad = value.parts.find((part): part is UnknownValue => typeof part !== 'string' && 'kind' in part);
      if (bad) return { kind: 'unknown', why: bad.why, at: bad.at ?? value.at };
      if (value.parts.length === 0 || (value.parts.length === 1 && value.parts[0] === '')) return undefined;
      return { kind: 'parts', parts: value.parts as readonly (string | Hole)[], at: value.at };
    }
    case 'oneOf': {
      const names = value.of.map(nameOf).filter((name): name is Name => name !== undefined);
      if (names.length === 0) return undefined;
      return names.length === 1 ? names[0] : { kind: 'oneOf', names };
    }
    case 'unknown':
      return { kind: 'unknown', why: value.why, ...(value.at ? { at: value.at } : {}) };
    case 'outer':
      return { kind: 'unknown', why: `the value of ${value.path.join('.')}`, at: value.at };
    default:
      return { kind: 'unknown', why: `not text but a ${value.kind}`, ...('at' in value && value.at ? { at: value.at } : {}) };
  }
}
