/**
 * Facts: what one file says about itself, as a small structured program in plain data.
 * They hold syntax only, with sugar removed: no library, no runner and no judgement is known here, and they
 * survive `JSON.parse(JSON.stringify(facts))` unchanged so that they can be cached and sent between threads.
 */

/** Half-open range of UTF-16 offsets in the file's text without its byte order mark. */
export type Span = readonly [start: number, end: number];

/** Index into `FileFacts.bindings`. */
export type BindingId = number;
/** Index into `FileFacts.functions`; 0 is the module body. */
export type FunctionId = number;
/** Index into `FileFacts.calls`. */
export type CallId = number;

export type Language = 'typescript' | 'python';

export interface FileFacts {
  readonly language: Language;
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly bindings: readonly Binding[];
  readonly functions: readonly Fn[];
  readonly calls: readonly Call[];
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  /** What the front end could not say. Reported, never dropped. */
  readonly gaps: readonly Gap[];
  /** Start offset of every line: turns offsets into lines without the text. */
  readonly lines: readonly number[];
  /** Comments that speak to isolation-audit, with the line they stand on. */
  readonly directives: readonly Directive[];
}

/** The facts of a file of which nothing could be read. */
export const unreadFacts = (path: string, gap: Gap, lines: readonly number[]): FileFacts => ({
  language: 'typescript',
  path,
  bindings: [],
  functions: [],
  calls: [],
  imports: [],
  exports: [],
  gaps: [gap],
  lines,
  directives: [],
});

export interface Gap {
  readonly why: 'syntax' | 'dynamic-import' | 'eval' | 'too-deep' | 'too-large' | 'binary' | 'unsupported';
  readonly at: Span;
  readonly detail?: string;
}

/** `isolation-audit-ignore[-next-line] rule, rule -- reason` as written. */
export interface Directive {
  readonly rules: readonly string[];
  readonly reason: string;
  /** The line, counted from 1, whose findings it silences. */
  readonly line: number;
  readonly at: Span;
}

export interface Binding {
  readonly name: string;
  readonly in: FunctionId;
  readonly form: 'const' | 'let' | 'param' | 'import' | 'function' | 'class' | 'using' | 'catch';
  /** The written annotation, when there is one. */
  readonly type?: TypeRef;
  readonly at: Span;
}

/** A written type: `db: Redis` is root `Redis`, `pg.Pool` is root `pg` with path `['Pool']`; arguments and unions are dropped. */
export interface TypeRef {
  /** The binding when the root name is bound in the file, else the name. */
  readonly root: BindingId | string;
  readonly path: readonly string[];
}

export interface Fn {
  readonly kind: 'module' | 'function' | 'method' | 'class';
  readonly name?: string;
  /** The function whose body holds this one. */
  readonly in?: FunctionId;
  /** The class of a method. */
  readonly owner?: FunctionId;
  readonly async: boolean;
  readonly generator: boolean;
  /** Takes `this` from the function around it. */
  readonly arrow: boolean;
  readonly params: readonly Param[];
  readonly decorators: readonly Value[];
  /** Class only. */
  readonly bases?: readonly Value[];
  /** Class only. */
  readonly members?: readonly Member[];
  readonly body: readonly Step[];
  readonly at: Span;
}

export interface Member {
  readonly key: string | Value;
  readonly static: boolean;
  readonly form: 'method' | 'get' | 'set' | 'field';
  readonly value: Value;
  readonly type?: TypeRef;
  readonly at: Span;
}

export interface Param {
  readonly target: Target;
  readonly default?: Value;
  readonly rest?: boolean;
  /** Python keyword-only name. */
  readonly keyword?: string;
  /** A TypeScript parameter property: `constructor(private db: Pool)`. */
  readonly property?: string;
  readonly type?: TypeRef;
}

export type Value = { readonly at: Span } & (
  | { readonly kind: 'const'; readonly value: string | number | boolean | null; readonly as?: 'bigint' | 'regex' | 'undefined' }
  /** `a${b}`, `a + b` where one side is text, f"{a}". */
  | { readonly kind: 'text'; readonly parts: readonly Value[] }
  | { readonly kind: 'ref'; readonly binding: BindingId }
  /** A name that no binding of the file explains: `process`, `describe`, `__dirname`. */
  | { readonly kind: 'outer'; readonly name: string }
  | { readonly kind: 'self' }
  | { readonly kind: 'super' }
  | { readonly kind: 'member'; readonly of: Value; readonly key: string | Value; readonly optional?: boolean }
  | { readonly kind: 'result'; readonly call: CallId }
  | { readonly kind: 'fn'; readonly fn: FunctionId }
  /** In source order: a later entry wins. */
  | { readonly kind: 'record'; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'spread'; readonly of: Value }
  | { readonly kind: 'choice'; readonly by: 'nullish' | 'falsy' | 'truthy' | 'test'; readonly test?: Value; readonly of: readonly [Value, Value] }
  | { readonly kind: 'op'; readonly op: string; readonly args: readonly Value[] }
  /** Not understood: never equal to anything, never proof of safety. */
  | { readonly kind: 'opaque' }
);

export type Entry = { readonly key: string | Value; readonly value: Value; readonly getter?: boolean } | { readonly spread: Value };

export type Target = { readonly at: Span } & (
  | { readonly kind: 'binding'; readonly binding: BindingId }
  | { readonly kind: 'member'; readonly of: Value; readonly key: string | Value }
  | { readonly kind: 'pattern'; readonly parts: readonly PatternPart[]; readonly rest?: Target }
);
export interface PatternPart {
  /** A key, an index, or nothing where the key is computed. */
  readonly path: readonly (string | number)[];
  readonly to: Target;
  readonly default?: Value;
}

export interface Call {
  readonly callee: Value;
  readonly args: readonly Argument[];
  readonly form: 'call' | 'new' | 'tag' | 'decorate';
  readonly in: FunctionId;
  readonly at: Span;
  readonly optional?: boolean;
  readonly typeArgs?: readonly TypeRef[];
  /** `sync` means the result is used where it stands; `floating` means nobody takes it. */
  readonly waited: 'awaited' | 'returned' | 'chained' | 'floating' | 'sync';
}
export interface Argument {
  /** Python keyword. */
  readonly name?: string;
  readonly value: Value;
}

export type Step = { readonly at: Span } & (
  | { readonly do: 'bind'; readonly to: Target; readonly value: Value; readonly op?: string; readonly declares?: boolean }
  | { readonly do: 'unbind'; readonly target: Target }
  /** In evaluation order; every call may throw. */
  | { readonly do: 'call'; readonly call: CallId }
  | { readonly do: 'branch'; readonly test: Value; readonly then: readonly Step[]; readonly else: readonly Step[] }
  /** Zero or more times. */
  | { readonly do: 'loop'; readonly over?: Value; readonly each?: Target; readonly body: readonly Step[] }
  | { readonly do: 'try'; readonly body: readonly Step[]; readonly error?: Target; readonly catch?: readonly Step[]; readonly finally?: readonly Step[] }
  /** `using x = v` and `with v as x`: released when the body ends, however it ends. */
  | { readonly do: 'scope'; readonly value: Value; readonly to?: Target; readonly async: boolean; readonly body: readonly Step[] }
  | { readonly do: 'exit'; readonly how: 'return' | 'throw' | 'yield' | 'break' | 'continue'; readonly value?: Value }
);

export interface Import {
  readonly binding?: BindingId;
  readonly from: Value;
  /** `*` for the namespace. */
  readonly name: string;
  readonly form: 'static' | 'dynamic' | 'require' | 'side-effect';
  readonly typeOnly: boolean;
  readonly at: Span;
}

/** `module.exports = v` exports the name `module.exports`. */
export type Export = { readonly at: Span } & (
  | { readonly name: string; readonly value: Value }
  /** A re-export; name `*` hands on everything, imported `*` the namespace. */
  | { readonly name: string; readonly from: string; readonly imported: string }
);
