import type { BindingId, Call, CallId, Export, FileFacts, FunctionId, Import, Span, Step, Target, TypeRef, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import { type Filling, filledIn, fillingsIn } from './filled.js';
import { ofEnvironment, replacesEnvironment, writtenBy } from './written-at-once.js';

/** One write to a variable. A path leads from the written value to the part that the variable gets. */
export interface Write {
  readonly value: Value;
  readonly path: readonly (string | number)[];
  readonly fallback?: Value;
  readonly op?: string;
  readonly fn: FunctionId;
  readonly at: Span;
  /** Each item of the value in turn: `for (const x of v)`. */
  readonly each?: boolean;
}
export interface MemberWrite {
  readonly of: Value;
  readonly key: string;
  readonly value: Value;
  readonly op?: string;
  readonly fn: FunctionId;
  readonly at: Span;
}
export type ComputedWrite = Omit<MemberWrite, 'key'> & { readonly by: Value };
export interface ParamPlace {
  readonly index: number;
  readonly path: readonly (string | number)[];
  readonly fallback?: Value;
  readonly wholeFallback?: Value;
  readonly rest?: boolean;
  readonly type?: TypeRef;
}

/** Where things are in one file's facts, found once. */
export interface FileIndex {
  readonly facts: FileFacts;
  readonly writes: ReadonlyMap<BindingId, readonly Write[]>;
  readonly memberWrites: ReadonlyMap<string, readonly MemberWrite[]>;
  /** Writes under a key that is computed: `clients[name] = client`. */
  readonly computedWrites: readonly ComputedWrite[];
  readonly returns: ReadonlyMap<FunctionId, readonly Value[]>;
  readonly imports: ReadonlyMap<BindingId, Import>;
  readonly params: ReadonlyMap<BindingId, ParamPlace>;
  readonly callsOf: ReadonlyMap<BindingId, readonly Call[]>;
  readonly exports: ReadonlyMap<string, Export>;
  readonly stars: readonly Extract<Export, { from: string }>[];
  /** Methods called on the result of a call in the same expression, to the end of the chain. */
  chained(call: CallId): readonly string[];
  /** Written inside a template that a tag takes, and waited for by nobody: a piece of what the template says. */
  isPiece(call: CallId): boolean;
  /** The call that stands at a place of the file. */
  callAt(at: Place): CallId | undefined;
  /** The variables that take what a call gives back, whole. */
  holders(call: CallId): readonly BindingId[];
  /** What the module gives an object literal of its own after it was made, by key. */
  filled(record: Span): ReadonlyMap<string, readonly MemberWrite[]> | undefined;
  /** What the object that a variable holds is given by the function that made it, in the order of the source. */
  fillings(binding: BindingId): readonly Filling[] | undefined;
  /** The variable that a function is bound to. */
  readonly boundTo: ReadonlyMap<FunctionId, BindingId>;
}

const none: readonly never[] = [];

/** What a member gets of it: `[this.file, this.folder] = pathsOf(file)`. */
function partOf({ value, each, fallback, at }: Omit<Write, 'path'>, path: readonly (string | number)[]): Value {
  if (path.length === 0) return value;
  return each || fallback ? { kind: 'opaque', at } : path.reduce<Value>((of, key) => ({ kind: 'member', of, key: String(key), at }), value);
}

export function indexOf(facts: FileFacts): FileIndex {
  const writes = new Map<BindingId, Write[]>();
  const memberWrites = new Map<string, MemberWrite[]>();
  const computedWrites: ComputedWrite[] = [];
  const returns = new Map<FunctionId, Value[]>();
  const imports = new Map<BindingId, Import>();
  const params = new Map<BindingId, ParamPlace>();
  const callsOf = new Map<BindingId, Call[]>();
  const exports = new Map<string, Export>();
  const boundTo = new Map<FunctionId, BindingId>();
  const stars: Extract<Export, { from: string }>[] = [];

  /** The text that stands there, or that a constant above it holds. */
  const textOf = (value: Value): string | undefined => {
    if (value.kind === 'const') return typeof value.value === 'string' ? value.value : undefined;
    const [made] = value.kind === 'ref' && facts.bindings[value.binding]?.form === 'const' ? (writes.get(value.binding) ?? none) : none;
    return made?.path.length === 0 && made.value.kind === 'const' && typeof made.value.value === 'string' ? made.value.value : undefined;
  };
  const write = (to: Target, from: Omit<Write, 'path'>, path: readonly (string | number)[] = none): void => {
    if (to.kind === 'binding') {
      push(writes, to.binding, { ...from, path });
      if (from.value.kind === 'fn' && path.length === 0) boundTo.set(from.value.fn, to.binding);
    } else if (to.kind === 'member') {
      const written = {
        of: to.of,
        value: partOf(from, path),
        fn: from.fn,
        at: from.at,
        ...(from.op ? { op: from.op } : {}),
      };
      const key = typeof to.key === 'string' ? to.key : textOf(to.key);
      if (key !== undefined) push(memberWrites, key, { ...written, key });
      if (typeof to.key !== 'string') computedWrites.push({ ...written, by: to.key });
      if (replacesEnvironment(to)) for (const each of ofEnvironment(written.value, from.fn, from.at)) push(memberWrites, each.key, each);
    } else {
      for (const part of to.parts) write(part.to, part.default ? { ...from, fallback: part.default } : from, [...path, ...part.path]);
      if (to.rest) write(to.rest, from, path);
    }
  };
  const steps = (list: readonly Step[], fn: FunctionId): void => {
    for (const step of list) {
      switch (step.do) {
        case 'bind':
          write(step.to, { value: step.value, fn, at: step.at, ...(step.op ? { op: step.op } : {}) });
          break;
        case 'branch':
          steps(step.then, fn);
          steps(step.else, fn);
          break;
        case 'loop':
          if (step.each && step.over) write(step.each, { value: step.over, fn, at: step.at, each: true });
          steps(step.body, fn);
          break;
        case 'try':
          steps(step.body, fn);
          if (step.catch) steps(step.catch, fn);
          if (step.finally) steps(step.finally, fn);
          break;
        case 'scope':
          steps(step.body, fn);
          break;
        case 'exit':
          if (step.how === 'return' && step.value) push(returns, fn, step.value);
          break;
        default:
      }
    }
  };
  facts.functions.forEach((fn, id) => {
    steps(fn.body, id);
    fn.params.forEach((param, index) => {
      const place = (to: Target, path: readonly (string | number)[], fallback: Value | undefined): void => {
        if (to.kind === 'binding') {
          params.set(to.binding, {
            index,
            path,
            ...(fallback ? { fallback } : {}),
            ...(param.default ? { wholeFallback: param.default } : {}),
            ...(param.rest ? { rest: true } : {}),
            ...(param.type ? { type: param.type } : {}),
          });
        } else if (to.kind === 'pattern') {
          for (const part of to.parts) place(part.to, [...path, ...part.path], part.default);
          if (to.rest) place(to.rest, path, undefined);
        }
      };
      place(param.target, none, undefined);
    });
  });
  for (const each of facts.imports) if (each.binding !== undefined) imports.set(each.binding, each);
  for (const each of facts.exports) {
    if ('from' in each && each.name === '*') stars.push(each);
    else exports.set(each.name, each);
  }
  for (const call of facts.calls) {
    if (call.callee.kind === 'ref') push(callsOf, call.callee.binding, call);
    for (const each of writtenBy(call, textOf)) push(memberWrites, each.key, each);
  }
  let links: Map<CallId, { key: string; call: CallId }> | undefined;
  const chained = (call: CallId): readonly string[] => {
    if (!links) {
      links = new Map();
      for (const [id, each] of facts.calls.entries()) {
        if (each.callee.kind === 'member' && each.callee.of.kind === 'result' && typeof each.callee.key === 'string')
          links.set(each.callee.of.call, { key: each.callee.key, call: id });
      }
    }
    const out: string[] = [];
    for (let link = links.get(call); link; link = links.get(link.call)) out.push(link.key);
    return out;
  };
  let pieces: Set<CallId> | undefined;
  const isPiece = (call: CallId): boolean => {
    pieces ??= new Set(facts.calls.flatMap((each) => (each.form === 'tag' ? each.args.flatMap(({ value }) => results(value)) : [])));
    return pieces.has(call) && facts.calls[call]?.waited === 'sync';
  };
  let callsByPlace: ReadonlyMap<string, CallId> | undefined;
  const callAt = ({ path, span }: Place): CallId | undefined => {
    if (path !== facts.path) return undefined;
    // The first of two that stand at one place.
    callsByPlace ??= new Map(facts.calls.map(({ at }, id) => [at.join(), id] as const).reverse());
    return callsByPlace.get(span.join());
  };
  let held: Map<CallId, BindingId[]> | undefined;
  const holders = (call: CallId): readonly BindingId[] => {
    if (!held) {
      held = new Map();
      for (const [binding, all] of writes)
        for (const id of new Set(all.flatMap(({ value, path }) => (value.kind === 'result' && path.length === 0 ? [value.call] : [])))) push(held, id, binding);
    }
    return held.get(call) ?? [];
  };
  let filledAt: ReturnType<typeof filledIn> | undefined;
  const filled = ([start]: Span): ReadonlyMap<string, readonly MemberWrite[]> | undefined =>
    (filledAt ??= filledIn({ facts, writes, memberWrites, exports })).get(start);
  let fillingsOf: ReturnType<typeof fillingsIn> | undefined;
  const fillings = (binding: BindingId): readonly Filling[] | undefined =>
    (fillingsOf ??= fillingsIn({ facts, writes, memberWrites, computedWrites, params })).get(binding);
  return {
    callAt,
    chained,
    filled,
    fillings,
    holders,
    isPiece,
    facts,
    writes,
    memberWrites,
    computedWrites,
    returns,
    imports,
    params,
    callsOf,
    exports,
    stars,
    boundTo,
  };
}

/** The calls whose results stand in a template. */
const results = (value: Value): CallId[] => (value.kind === 'text' ? value.parts.flatMap((part) => (part.kind === 'result' ? part.call : [])) : []);

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
