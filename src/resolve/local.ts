import type { Abstract } from '../model/abstract.js';
import { everyStep, isIn, isSame } from '../model/code.js';
import type { BindingId, Call, CallId, FileFacts, FunctionId, Span, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import { remembered } from '../model/remembered.js';
import { expectedFailures } from './assertions.js';
import type { FileIndex, Write } from './file-index.js';
import type { Resolver } from './resolver.js';
import { FILLS } from './shared-variables.js';

/**
 * Whether what a call gives is held by a variable of the same function alone: nobody gets it by return, argument, assignment or
 * closure, so nobody else can close it.
 */
export function staysLocal(index: FileIndex | undefined, at: Place): boolean {
  const call = index?.callAt(at);
  if (!index || call === undefined) return false;
  const { facts } = index;
  const [binding, ...others] = index.holders(call);
  if (binding === undefined || others.length > 0 || index.writes.get(binding)!.length > 1) return false;
  const known = facts.bindings[binding];
  if (!known || known.in === 0 || known.in !== facts.calls[call]!.in) return false;
  if (facts.calls.some((each) => each.args.some((arg) => hands(arg.value, binding)) || (each.in !== known.in && mentions(each.callee, binding)))) return false;
  return !handedOnIn(index).has(binding);
}

const STARTS = /^(?:connect|\$connect|open|start|listen|init|initialize)$/;

/** `await assert.rejects(client.connect())`: what is never to come about is not there to be ended. */
export function neverStarts(index: FileIndex | undefined, at: Place): boolean {
  const call = index?.callAt(at);
  const [held, ...others] = index && call !== undefined ? index.holders(call) : [];
  if (!index || held === undefined || others.length > 0) return false;
  const starts = [...index.facts.calls.entries()].filter(
    ([, { callee }]) => callee.kind === 'member' && typeof callee.key === 'string' && STARTS.test(callee.key) && mentions(callee.of, held),
  );
  return starts.length > 0 && starts.every(([id]) => expectedFailures(index).has(id));
}

/**
 * The variable outside the function that holds what a call gives, whole, where that is put into nothing else: the next call overwrites it.
 * `server.listen(0)` is given what the variable holds, which the same hook has made.
 */
export function overwritten(r: Resolver, at: Place): BindingId | undefined {
  const index = r.index(at.path);
  const call = index?.callAt(at);
  if (!index || call === undefined) return undefined;
  const { facts } = index;
  const [held, ...others] = index.holders(call);
  const kept = held ?? renewedBefore(r, index, facts.calls[call]!);
  if (kept === undefined || others.length > 0 || facts.bindings[kept]!.in === facts.calls[call]!.in) return undefined;
  return isListed(index, kept) || handedOnIn(index).has(kept) ? undefined : kept;
}

/** `opened.push(server)`. */
const isListed = ({ facts }: FileIndex, binding: BindingId): boolean =>
  facts.calls.some(
    ({ callee, args }) => callee.kind === 'member' && typeof callee.key === 'string' && FILLS.has(callee.key) && args.some((arg) => hands(arg.value, binding)),
  );

function renewedBefore(r: Resolver, index: FileIndex, { callee, at }: Call): BindingId | undefined {
  if (callee.kind !== 'member' || callee.of.kind !== 'ref') return undefined;
  const made = renewal(index, callee.of.binding);
  const isBefore = made && isIn(at, index.facts.functions[made.fn]!.at) && made.at[0] < at[0];
  return isBefore && isMadeAnew(r, index, made.value) ? callee.of.binding : undefined;
}

/** The only write of something to a variable, which another function than its own does on every way. */
export function renewal({ facts, writes }: FileIndex, binding: BindingId): Write | undefined {
  const [made, ...others] = (writes.get(binding) ?? []).filter(({ value }) => value.kind !== 'const');
  if (!made || others.length > 0 || made.path.length > 0 || made.op || made.each || facts.bindings[binding]!.in === made.fn) return undefined;
  return facts.functions[made.fn]!.body.some((step) => step.do === 'bind' && isSame(step.at, made.at)) ? made : undefined;
}

/** An object that each call makes, or has a function make, for itself: nobody keeps it between two of them. */
export function isMadeAnew(r: Resolver, index: FileIndex, value: Value, depth = 0): boolean {
  if (value.kind === 'ref') {
    const [made, ...others] = index.writes.get(value.binding) ?? [];
    const isLocal = made !== undefined && made.fn !== 0 && index.facts.bindings[value.binding]!.in === made.fn;
    return (
      isLocal &&
      others.length === 0 &&
      made.path.length === 0 &&
      !isKeptBy(index, value, made.fn) &&
      !isListed(index, value.binding) &&
      isMadeAnew(r, index, made.value, depth)
    );
  }
  const call = value.kind === 'result' ? index.facts.calls[value.call] : undefined;
  const callee = call && r.value(call.callee, index.facts.path, undefined);
  if (!call || !callee) return false;
  if (callee.kind !== 'fn') return isHandleOf(call, r.value(value, index.facts.path, undefined), index.facts.path);
  if (call.form === 'new') return true;
  const home = r.index(callee.file);
  const given = home?.returns.get(callee.fn) ?? [];
  return depth < FURTHER && given.length > 0 && given.every((each) => !isKeptBy(home!, each, callee.fn) && isMadeAnew(r, home!, each, depth + 1));
}

/** The function puts it into something that is there when it has returned: `return (kept ??= new Shop())`. */
const isKeptBy = ({ facts }: FileIndex, value: Value, fn: FunctionId): boolean =>
  everyStep(facts.functions[fn]!.body).some(
    (step) =>
      step.do === 'bind' &&
      (step.to.kind !== 'binding' || facts.bindings[step.to.binding]!.in !== fn) &&
      (value.kind === 'ref' ? hands(step.value, value.binding) : value.kind === 'result' && gives(step.value, value.call)),
  );

/** So many helpers may stand between a hook and what makes the object. */
const FURTHER = 3;

/** A library makes it there. */
const isHandleOf = ({ at }: Call, made: Abstract, file: string): boolean => made.kind === 'handle' && made.at.path === file && isIn(made.at.span, at);

/** The variables that a step of the file hands on: to another variable, or to the caller. */
export const handedOnIn = remembered(({ facts }: FileIndex): ReadonlySet<BindingId> => {
  const out = new Set<BindingId>();
  for (const { body } of facts.functions) {
    for (const step of everyStep(body)) {
      const value = step.do === 'bind' || step.do === 'scope' || step.do === 'exit' ? step.value : step.do === 'loop' ? step.over : undefined;
      if (value) for (const each of handed(value)) out.add(each);
    }
  }
  return out;
});

/** The variable itself, or something that holds it, is the value; its members are not it. */
const hands = (value: Value, binding: BindingId): boolean => handed(value).includes(binding);

/** The variables of which that holds. */
export function handed(value: Value): readonly BindingId[] {
  switch (value.kind) {
    case 'ref':
      return [value.binding];
    case 'list':
      return value.items.flatMap(handed);
    case 'record':
      return value.entries.flatMap((each) => handed('spread' in each ? each.spread : each.value));
    case 'choice':
      return value.of.flatMap(handed);
    case 'spread':
      return handed(value.of);
    default:
      return NOTHING;
  }
}

const NOTHING: readonly BindingId[] = [];

function mentions(value: Value, binding: BindingId): boolean {
  if (value.kind === 'ref') return value.binding === binding;
  return value.kind === 'member' && mentions(value.of, binding);
}

const CLOSES = new Set(['close', 'end', 'quit', 'destroy', 'stop', 'disconnect', '$disconnect', 'terminate', 'kill', 'dispose', 'shutdown', 'closeSync']);

/** The call and those that are given what it makes: `new Kysely({ dialect: new PostgresDialect({ pool: new Pool() }) })` owns the pool. */
function owners({ facts: { calls } }: FileIndex, call: CallId): readonly CallId[] {
  const out = [call];
  // Grows while it is walked.
  for (const each of out)
    calls.forEach(({ args, form }, id) => form === 'new' && !out.includes(id) && args.some((arg) => gives(arg.value, each)) && out.push(id));
  return out;
}

function gives(value: Value, call: CallId): boolean {
  switch (value.kind) {
    case 'result':
      return value.call === call;
    case 'record':
      return value.entries.some((each) => 'key' in each && gives(each.value, call));
    case 'list':
      return value.items.some((each) => gives(each, call));
    default:
      return false;
  }
}

/** Whether the variable that holds what a call gives is closed in code that no test was seen to reach: a listener, a callback of a callback. */
export function isClosedUnseen(index: FileIndex | undefined, at: Place, isSeen: (span: Span) => boolean): boolean {
  const call = index?.callAt(at);
  if (!index || call === undefined) return false;
  const { calls } = index.facts;
  const held = new Set(owners(index, call).flatMap((each) => index.holders(each)));
  // `server.listen(0)` opens what the variable holds already.
  const { callee } = calls[call]!;
  if (callee.kind === 'member' && callee.of.kind === 'ref') held.add(callee.of.binding);
  return calls.some(
    (each) =>
      each.callee.kind === 'member' &&
      each.callee.of.kind === 'ref' &&
      held.has(each.callee.of.binding) &&
      typeof each.callee.key === 'string' &&
      (CLOSES.has(each.callee.key) ? !isSeen(each.at) : isEndAwaited(index, each)),
  );
}

/** `socket.once('disconnect', () => done())`: the test goes on only when the other side has ended it. */
function isEndAwaited({ facts: { bindings, calls, functions } }: FileIndex, { callee, args: [event, listener] }: Call): boolean {
  if (callee.kind !== 'member' || (callee.key !== 'on' && callee.key !== 'once')) return false;
  if (event?.value.kind !== 'const' || typeof event.value.value !== 'string' || !/^(disconnect|close|exit|end)$/.test(event.value.value)) return false;
  const isHandedIn = (value: Value): boolean => value.kind === 'ref' && bindings[value.binding]!.form === 'param';
  if (listener?.value.kind !== 'fn') return listener !== undefined && isHandedIn(listener.value);
  const { at } = functions[listener.value.fn]!;
  return calls.some((each) => isIn(each.at, at) && isHandedIn(each.callee) && /^(done|resolve|cb|callback|next|end)$/i.test(nameOf(bindings, each.callee)));
}

const nameOf = (bindings: FileFacts['bindings'], value: Value): string => (value.kind === 'ref' ? bindings[value.binding]!.name : '');
