import { isIn } from '../model/code.js';
import type { BindingId, Call, CallId, FileFacts, Span, Step, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import { expectedFailures } from './assertions.js';
import type { FileIndex } from './file-index.js';
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
  return !facts.functions.some((fn) => givesAway(fn.body, binding));
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

/** Whether what a call gives is held by one variable outside the function, whole, and is put into nothing else: the next call overwrites it. */
export function isOverwritten(index: FileIndex | undefined, at: Place): boolean {
  const call = index?.callAt(at);
  if (!index || call === undefined) return false;
  const { facts } = index;
  const [held, ...others] = index.holders(call);
  if (held === undefined || others.length > 0 || facts.bindings[held]!.in === facts.calls[call]!.in) return false;
  const isKept = facts.calls.some(
    ({ callee, args }) => callee.kind === 'member' && typeof callee.key === 'string' && FILLS.has(callee.key) && args.some((arg) => hands(arg.value, held)),
  );
  return !isKept && !facts.functions.some((fn) => givesAway(fn.body, held));
}

/** Whether a step hands the variable on: to another variable, or to the caller. */
export function givesAway(steps: readonly Step[], binding: BindingId): boolean {
  return steps.some((step) => {
    switch (step.do) {
      case 'bind':
        return hands(step.value, binding);
      case 'exit':
        return step.value !== undefined && hands(step.value, binding);
      case 'branch':
        return givesAway(step.then, binding) || givesAway(step.else, binding);
      case 'loop':
        return (step.over !== undefined && hands(step.over, binding)) || givesAway(step.body, binding);
      case 'try':
        return givesAway(step.body, binding) || givesAway(step.catch ?? [], binding) || givesAway(step.finally ?? [], binding);
      case 'scope':
        return hands(step.value, binding) || givesAway(step.body, binding);
      default:
        return false;
    }
  });
}

/** The variable itself, or something that holds it, is the value; its members are not it. */
export function hands(value: Value, binding: BindingId): boolean {
  switch (value.kind) {
    case 'ref':
      return value.binding === binding;
    case 'list':
      return value.items.some((each) => hands(each, binding));
    case 'record':
      return value.entries.some((each) => hands('spread' in each ? each.spread : each.value, binding));
    case 'choice':
      return value.of.some((each) => hands(each, binding));
    case 'spread':
      return hands(value.of, binding);
    default:
      return false;
  }
}

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
