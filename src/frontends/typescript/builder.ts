import type {
  Argument,
  Binding,
  BindingId,
  Call,
  CallId,
  Directive,
  Export,
  FileFacts,
  Fn,
  FunctionId,
  Gap,
  Import,
  Span,
  Step,
  TypeRef,
  Value,
} from '../../model/facts.js';

/** A mutable twin of a readonly fact while it is being built. */
type Draft<T> = { -readonly [K in keyof T]: T[K] };
export type DraftFn = Draft<Omit<Fn, 'params' | 'members' | 'decorators'>> & {
  params: Fn['params'][number][];
  members?: NonNullable<Fn['members']>[number][];
  decorators: Value[];
};

/** Names visible at a point. `fn` is the function whose bindings it declares. */
export interface Scope {
  readonly names: Map<string, BindingId>;
  readonly parent: Scope | undefined;
  readonly fn: FunctionId;
  /** `var` lands here. */
  readonly hoists: boolean;
}

/** Everything that is written while one file is turned into facts. */
export interface Builder {
  readonly path: string;
  readonly bindings: Binding[];
  readonly functions: DraftFn[];
  readonly calls: Draft<Call>[];
  readonly imports: Import[];
  readonly exports: Export[];
  readonly gaps: Gap[];
  readonly directives: Directive[];
  scope: Scope;
  /** The function being built, and the step list that new steps are appended to. */
  fn: FunctionId;
  steps: Step[];
}

export function createBuilder(path: string, end: number): Builder {
  const module: DraftFn = { kind: 'module', async: true, generator: false, arrow: false, params: [], decorators: [], body: [], at: [0, end] };
  return {
    path,
    bindings: [],
    functions: [module],
    calls: [],
    imports: [],
    exports: [],
    gaps: [],
    directives: [],
    scope: { names: new Map(), parent: undefined, fn: 0, hoists: true },
    fn: 0,
    steps: module.body as Step[],
  };
}

export function finish(b: Builder, lines: readonly number[]): FileFacts {
  return {
    language: 'typescript',
    path: b.path,
    bindings: b.bindings,
    functions: b.functions,
    calls: b.calls,
    imports: b.imports,
    exports: b.exports,
    gaps: b.gaps,
    lines,
    directives: b.directives,
  };
}

export function declare(b: Builder, name: string, form: Binding['form'], at: Span, type?: TypeRef, scope: Scope = b.scope): BindingId {
  const known = scope.names.get(name);
  if (known !== undefined && form !== 'param') {
    if (type && !b.bindings[known]?.type) b.bindings[known] = { ...b.bindings[known]!, type };
    return known;
  }
  const id = b.bindings.length;
  b.bindings.push({ name, in: scope.fn, form, at, ...(type ? { type } : {}) });
  scope.names.set(name, id);
  return id;
}

export function lookup(b: Builder, name: string): BindingId | undefined {
  for (let scope: Scope | undefined = b.scope; scope; scope = scope.parent) {
    const id = scope.names.get(name);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Runs `build` with its own block scope. */
export function inScope<T>(b: Builder, build: () => T, hoists = false, fn: FunctionId = b.fn): T {
  const outer = b.scope;
  b.scope = { names: new Map(), parent: outer, fn, hoists };
  try {
    return build();
  } finally {
    b.scope = outer;
  }
}

/** Runs `build` and gives the steps it wrote, apart from the surrounding list. */
export function collect(b: Builder, build: () => void): Step[] {
  const outer = b.steps;
  const own: Step[] = [];
  b.steps = own;
  try {
    build();
  } finally {
    b.steps = outer;
  }
  return own;
}

export function addCall(b: Builder, callee: Value, args: readonly Argument[], form: Call['form'], at: Span, extra: Partial<Draft<Call>> = {}): Value {
  const call: CallId = b.calls.length;
  b.calls.push({ callee, args, form, in: b.fn, at, waited: 'sync', ...extra });
  b.steps.push({ do: 'call', call, at });
  return { kind: 'result', call, at };
}

/** Says of a call's result how it is waited for; other values are left alone. */
export function mark(b: Builder, value: Value, waited: Call['waited']): void {
  if (value.kind === 'result') {
    const call = b.calls[value.call];
    // Whoever waits for it has taken it.
    if (call && (waited !== 'floating' || call.waited === 'sync')) call.waited = waited;
  } else if (value.kind === 'choice') {
    for (const each of value.of) mark(b, each, waited);
  }
}
