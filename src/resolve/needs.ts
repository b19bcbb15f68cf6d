/**
 * What a value can depend on, as far as its own file tells: arguments, the object it belongs to, imports and globals.
 * It answers from the shape of the source alone, before anything is evaluated.
 */
import type { Frame } from '../model/abstract.js';
import { isInside } from '../model/code.js';
import type { BindingId, CallId, FunctionId, Step, Target, Value } from '../model/facts.js';
import type { FileIndex } from './file-index.js';
import { changesByName } from './methods.js';
import { isHandedOn } from './shared-variables.js';
import { remembered } from '../model/remembered.js';

export interface Needs {
  /** The functions whose arguments it depends on. */
  readonly functions: ReadonlySet<FunctionId>;
  readonly self: boolean;
  /** Imported names, and names that no binding of the file explains. */
  readonly imports: ReadonlySet<BindingId>;
  readonly outers: ReadonlySet<string>;
  /** A function that it calls or hands on may change something that is not its own. */
  readonly touches: boolean;
}

/** What of a frame a value depends on: the frame itself, one around it, only the object it belongs to, or nothing. */
export function neededOf(index: FileIndex | undefined, value: Value, frame: Frame): Frame | 'self' | undefined {
  if (index?.facts.path !== frame.file) return frame;
  const needs = needsIn(index).of(value);
  if (needs.functions.size === 0) return needs.self ? 'self' : undefined;
  if (needs.self) return frame;
  for (let each: Frame | undefined = frame; each; each = each.scope) if (each.file === frame.file && needs.functions.has(each.fn)) return each;
  return frame;
}

/** What a call depends on: the function that is called, and what is handed to it. */
export function needsOfCall(index: FileIndex, call: CallId): Needs {
  return needsIn(index).ofCall(call);
}

const needsIn = remembered((index: FileIndex) => new NeedsOfFile(index));

/** What stands in an expression or a function, without what the names in it lead to. */
interface Parts {
  /** Variables by number, members by key: what is assigned to a member elsewhere in the file is part of its value. */
  readonly names: Set<BindingId | string>;
  readonly outers: Set<string>;
  self: boolean;
  touches: boolean;
}

const nothing = (): Parts => ({ names: new Set(), outers: new Set(), self: false, touches: false });

/** Writes to the parts of a URL change what its variable holds, and so does what is put into a collection under a key that is computed. */
const URL_PARTS = ['pathname', 'search', 'host', 'hostname', 'port'];

const NONE: Needs = { functions: new Set(), self: false, imports: new Set(), outers: new Set(), touches: false };

const own = ({ self, outers, touches }: Parts): Needs => (self || touches || outers.size > 0 ? { ...NONE, self, outers, touches } : NONE);

function joined(all: readonly Needs[]): Needs {
  let only = NONE;
  for (const each of all) {
    if (each === NONE || each === only) continue;
    if (only !== NONE) return union(all);
    only = each;
  }
  return only;
}

function union(all: readonly Needs[]): Needs {
  return {
    functions: allOf(all.map(({ functions }) => functions)),
    imports: allOf(all.map(({ imports }) => imports)),
    outers: allOf(all.map(({ outers }) => outers)),
    self: all.some(({ self }) => self),
    touches: all.some(({ touches }) => touches),
  };
}

/** The largest set itself where the others add nothing to it: needs of a file mostly repeat each other. */
function allOf<T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> {
  const largest = sets.reduce((best, each) => (each.size > best.size ? each : best));
  const out = new Set(largest);
  for (const each of sets) if (each !== largest) for (const one of each) out.add(one);
  return out.size === largest.size ? largest : out;
}

class NeedsOfFile {
  readonly #values = new Map<Value, Needs>();
  readonly #calls = new Map<CallId, Needs>();
  readonly #names = new Map<BindingId | string, Needs>();
  readonly #functions = new Map<FunctionId, Parts>();
  /** What may be written to any variable of the file. */
  readonly #scattered = nothing();

  constructor(readonly index: FileIndex) {
    const fillings = index.facts.calls.filter(({ callee }) => callee.kind === 'member' && (callee.key === 'set' || callee.key === 'append'));
    const scattered = [
      ...URL_PARTS.flatMap((key) => (index.memberWrites.get(key) ?? []).map((write) => write.value)),
      ...fillings.flatMap((call) => call.args.map((each) => each.value)),
      ...index.computedWrites.map((write) => write.value),
    ];
    for (const each of scattered) this.#value(each, this.#scattered);
  }

  of(value: Value): Needs {
    let known = this.#values.get(value);
    if (!known) this.#values.set(value, (known = this.#closed((out) => this.#value(value, out))));
    return known;
  }

  ofCall(call: CallId): Needs {
    let known = this.#calls.get(call);
    if (!known) this.#calls.set(call, (known = this.#closed((out) => this.#call(call, out))));
    return known;
  }

  #closed(collect: (out: Parts) => void): Needs {
    const parts = nothing();
    collect(parts);
    const all = [own(parts)];
    for (const name of parts.names) all.push(this.#name(name));
    return joined(all);
  }

  /** Follows a name to all that is ever written to it, and on from there. */
  #name(start: BindingId | string): Needs {
    const known = this.#names.get(start);
    if (known) return known;
    const done: Needs[] = [];
    const functions = new Set<FunctionId>();
    const imports = new Set<BindingId>();
    const parts = nothing();
    let isScattered = false;
    parts.names.add(start);
    // A set hands out what is added to it while it is walked.
    for (const name of parts.names) {
      const before = name === start ? undefined : this.#names.get(name);
      if (before) done.push(before);
      else if (typeof name === 'string') for (const write of this.index.memberWrites.get(name) ?? []) this.#value(write.value, parts);
      else if (this.index.imports.has(name)) imports.add(name);
      else {
        this.#written(name, parts, functions);
        if (!isScattered) this.#add(this.#scattered, parts);
        isScattered = true;
      }
    }
    const needs = joined([...done, own(parts), { ...NONE, functions, imports }]);
    this.#names.set(start, needs);
    return needs;
  }

  #written(binding: BindingId, parts: Parts, functions: Set<FunctionId>): void {
    const param = this.index.params.get(binding);
    if (param) {
      functions.add(this.index.facts.bindings[binding]!.in);
      if (param.fallback) this.#value(param.fallback, parts);
      if (param.wholeFallback) this.#value(param.wholeFallback, parts);
    }
    for (const write of this.index.writes.get(binding) ?? []) {
      this.#value(write.value, parts);
      if (write.fallback) this.#value(write.fallback, parts);
    }
    for (const each of this.index.fillings(binding) ?? []) {
      this.#value(each.value, parts);
      if (each.only) this.#value(each.only, parts);
    }
  }

  #value(value: Value, out: Parts): void {
    switch (value.kind) {
      case 'ref':
        out.names.add(value.binding);
        return;
      case 'outer':
        out.outers.add(value.name);
        return;
      case 'self':
      case 'super':
        out.self = true;
        return;
      case 'member':
        this.#value(value.of, out);
        if (typeof value.key === 'string') out.names.add(value.key);
        else this.#value(value.key, out);
        return;
      case 'text':
        for (const each of value.parts) this.#value(each, out);
        return;
      case 'list':
        for (const each of value.items) this.#value(each, out);
        return;
      case 'op':
        for (const each of value.args) this.#value(each, out);
        return;
      case 'choice':
        if (value.test) this.#value(value.test, out);
        for (const each of value.of) this.#value(each, out);
        return;
      case 'spread':
        this.#value(value.of, out);
        return;
      case 'record':
        for (const entry of value.entries) {
          if ('spread' in entry) this.#value(entry.spread, out);
          else {
            if (typeof entry.key !== 'string') this.#value(entry.key, out);
            this.#value(entry.value, out);
          }
        }
        return;
      case 'result':
        this.#call(value.call, out);
        return;
      case 'fn':
        this.#add(this.#function(value.fn), out);
        return;
      default:
    }
  }

  #call(id: CallId, out: Parts): void {
    const call = this.index.facts.calls[id];
    if (!call) return;
    if (changesByName(call.callee)) out.touches = true;
    this.#value(call.callee, out);
    for (const arg of call.args) this.#value(arg.value, out);
  }

  #add(from: Parts, to: Parts): void {
    for (const each of from.names) to.names.add(each);
    for (const each of from.outers) to.outers.add(each);
    to.self ||= from.self;
    to.touches ||= from.touches;
  }

  /** What a function takes from outside: its own variables are made anew in each of its calls, and nobody else writes to them. */
  #function(id: FunctionId): Parts {
    const known = this.#functions.get(id);
    if (known) return known;
    const out = nothing();
    this.#functions.set(id, out);
    const fn = this.index.facts.functions[id];
    if (!fn) return out;
    for (const param of fn.params) {
      if (param.default) this.#value(param.default, out);
      this.#target(param.target, out);
    }
    for (const each of [...fn.decorators, ...(fn.bases ?? [])]) this.#value(each, out);
    // `(sequelize) => { class Order extends Model {} Order.init(columns, { sequelize }); return Order; }`
    if (fn.bases && fn.bases.length > 0 && fn.in)
      for (const [name] of this.index.params) if (this.index.facts.bindings[name]?.in === fn.in) out.names.add(name);
    for (const member of fn.members ?? []) {
      if (typeof member.key !== 'string') this.#value(member.key, out);
      this.#value(member.value, out);
    }
    this.#steps(fn.body, out);
    for (const name of out.names) {
      if (typeof name !== 'number') continue;
      if (isInside(this.index.facts, this.index.facts.bindings[name]?.in, id)) out.names.delete(name);
      else if (isHandedOn(this.index, name)) out.touches = true;
    }
    if (!fn.arrow) out.self = false;
    return out;
  }

  #steps(steps: readonly Step[], out: Parts): void {
    for (const step of steps) {
      switch (step.do) {
        case 'call':
          this.#call(step.call, out);
          break;
        case 'bind':
          this.#target(step.to, out);
          this.#value(step.value, out);
          break;
        case 'unbind':
          this.#target(step.target, out);
          break;
        case 'branch':
          this.#value(step.test, out);
          this.#steps(step.then, out);
          this.#steps(step.else, out);
          break;
        case 'loop':
          if (step.over) this.#value(step.over, out);
          this.#steps(step.body, out);
          break;
        case 'try':
          this.#steps(step.body, out);
          if (step.catch) this.#steps(step.catch, out);
          if (step.finally) this.#steps(step.finally, out);
          break;
        case 'scope':
          this.#value(step.value, out);
          this.#steps(step.body, out);
          break;
        case 'exit':
          if (step.value) this.#value(step.value, out);
          break;
      }
    }
  }

  #target(target: Target, out: Parts): void {
    if (target.kind === 'binding') out.names.add(target.binding);
    if (target.kind === 'member') {
      out.touches = true;
      this.#value(target.of, out);
      if (typeof target.key !== 'string') this.#value(target.key, out);
    } else if (target.kind === 'pattern') {
      for (const part of target.parts) {
        this.#target(part.to, out);
        if (part.default) this.#value(part.default, out);
      }
      if (target.rest) this.#target(target.rest, out);
    }
  }
}
