import type { BindingId, Call, CallId, Entry, FileFacts, FunctionId, Span, Step, Target, Value } from './facts.js';
import type { Place } from './place.js';
import { remembered } from './remembered.js';

export const isIn = (inner: Span, outer: Span): boolean => outer[0] <= inner[0] && inner[1] <= outer[1];
export const isSame = (a: Span, b: Span): boolean => a[0] === b[0] && a[1] === b[1];

/** The properties of an object that are written out under names. */
export const keyedEntries = (entries: readonly Entry[]): { readonly key: string; readonly value: Value }[] =>
  entries.flatMap((each) => ('key' in each && typeof each.key === 'string' ? [{ key: each.key, value: each.value }] : []));

/** Whether a function is another, or stands inside it. */
export function isInside(facts: FileFacts, fn: FunctionId | undefined, outer: FunctionId): boolean {
  for (let each = fn; each !== undefined; each = facts.functions[each]?.in) if (each === outer) return true;
  return false;
}

/** The call that stands at a place of this file. */
export const callAt = (facts: FileFacts, { path, span }: Place): Call | undefined =>
  path === facts.path ? facts.calls.find((each) => isSame(each.at, span)) : undefined;

/** The step that writes a variable or a property at a place of this file. */
export function writingAt(facts: FileFacts, { path, span }: Place): Extract<Step, { readonly do: 'bind' }> | undefined {
  if (path !== facts.path) return undefined;
  for (const { step } of allSteps(facts)) if (step.do === 'bind' && isSame(step.at, span)) return step;
  return undefined;
}

/** Steps of a function at any depth, those of functions inside it left out. */
function* stepsIn(steps: readonly Step[]): Generator<Step> {
  for (const step of steps) {
    yield step;
    for (const inner of insideOf(step)) yield* stepsIn(inner);
  }
}

export const everyStep = (steps: readonly Step[]): readonly Step[] => [...stepsIn(steps)];

function insideOf(step: Step): readonly (readonly Step[])[] {
  switch (step.do) {
    case 'branch':
      return [step.then, step.else];
    case 'loop':
    case 'scope':
      return [step.body];
    case 'try':
      return [step.body, step.catch ?? [], step.finally ?? []];
    default:
      return [];
  }
}

export function* allSteps(facts: FileFacts): Generator<{ readonly step: Step; readonly fn: FunctionId }> {
  for (const [fn, { body }] of facts.functions.entries()) for (const step of stepsIn(body)) yield { step, fn };
}

/** Every value in a part of the facts, the outer before what it holds. A member that is assigned to counts as one. */
export function eachValue(part: unknown, see: (value: Value) => void): void {
  if (Array.isArray(part)) for (const each of part) eachValue(each, see);
  else if (typeof part === 'object' && part !== null) {
    if ('kind' in part && 'at' in part) see(part as Value);
    for (const each of Object.values(part)) eachValue(each, see);
  }
}

/** Whoever calls goes on when it is done, or hands that to its own caller. */
export const isWaitedFor = ({ waited }: Call): boolean => waited === 'awaited' || waited === 'returned';

/** Methods by which one listens to an object and does nothing with it. */
export const LISTENS: ReadonlySet<string> = new Set(['on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners']);

/** Names of methods that end nothing but what they are called on. */
export const ENDS = /^(close|end|quit|stop|destroy|disconnect|dispose|terminate|shutdown|teardown|tearDown)$/;

/** Names of methods that take away what the object has put on the disk. */
export const REMOVES = /^(delete|remove|cleanup|cleanUp|unlink|rm)$/;

/** Names of the global object. */
export const GLOBAL_NAMES: ReadonlySet<string> = new Set(['globalThis', 'global', 'window', 'self']);

/** The value at the front of `a.b.c`: the object that its members are members of. */
export function baseOf(value: Value): Value {
  let base = value;
  while (base.kind === 'member') base = base.of;
  return base;
}

/** The value at the front of `a.b().c`: of members, and of calls what is called. */
export function rootOf(value: Value, facts: FileFacts): Value {
  for (let root = value; ;) {
    if (root.kind === 'member') root = root.of;
    else if (root.kind === 'result') root = facts.calls[root.call]!.callee;
    else return root;
  }
}

/** `expect` of `expect(a).toBe`. */
export function rootName(value: Value, facts: FileFacts): string | undefined {
  const root = rootOf(value, facts);
  if (root.kind === 'outer') return root.name;
  return root.kind === 'ref' ? facts.bindings[root.binding]!.name : undefined;
}

/** Whether a value is what a call gives, or what calls on that give back: `jest.spyOn(api, 'get').mockReturnValue(1)` gives the spy. */
export function isResultOf(value: Value, call: CallId, facts: FileFacts): boolean {
  if (value.kind !== 'result') return false;
  const { callee } = facts.calls[value.call]!;
  return value.call === call || (callee.kind === 'member' && isResultOf(callee.of, call, facts));
}

/** The member path of a callee: `['mock', 'timers', 'enable']`; nothing where a key is computed or a call stands in between. */
export function pathOf(value: Value, facts: FileFacts): readonly string[] | undefined {
  if (value.kind === 'outer') return [value.name];
  if (value.kind === 'ref') return [facts.bindings[value.binding]!.name];
  if (value.kind !== 'member' || typeof value.key !== 'string') return undefined;
  const before = pathOf(value.of, facts);
  return before && [...before, value.key];
}

/** Whether code at the top of a function's body can name what the value starts with. */
export function isNamedIn(value: Value, at: FunctionId, facts: FileFacts): boolean {
  const root = rootOf(value, facts);
  if (root.kind === 'outer') return true;
  return root.kind === 'ref' && isVisible(root.binding, at, facts);
}

export function isVisible(binding: BindingId, at: FunctionId, facts: FileFacts): boolean {
  const { in: home, at: span, form } = facts.bindings[binding]!;
  if (form === 'param' || form === 'catch') return false;
  if (facts.functions[home]!.body.some((step) => insideOf(step).length > 0 && step.do !== 'scope' && isIn(span, step.at))) return false;
  return isInside(facts, at, home);
}

/** The package that a name is imported from or required of, with the name it has there. */
export const originOf = (binding: BindingId, facts: FileFacts): Origin | undefined => originsOf(facts).get(binding);

/** What every name of a file comes from that is imported, or required at the top of the file. */
export const originsOf = remembered((facts: FileFacts): ReadonlyMap<BindingId, Origin> => {
  const out = new Map<BindingId, Origin>();
  for (const step of facts.functions[0]?.body ?? []) {
    if (step.do !== 'bind' || !step.declares || step.value.kind !== 'result') continue;
    const from = requiredBy(facts.calls[step.value.call]!);
    if (from !== undefined) for (const [binding, name] of namesIn(step.to)) out.set(binding, { from, name });
  }
  for (const { binding, from, name } of facts.imports) if (binding !== undefined && from.kind === 'const') out.set(binding, { from: String(from.value), name });
  return out;
});

export interface Origin {
  readonly from: string;
  readonly name: string;
}

/** The name at the top of the file that comes from elsewhere. */
export const importedAs = (facts: FileFacts, isMeant: (origin: Origin) => boolean): string | undefined =>
  facts.bindings.find((each, id) => {
    const origin = each.in === 0 ? originOf(id, facts) : undefined;
    return origin !== undefined && isMeant(origin);
  })?.name;

/** The names that a declaration takes from a module, with the names that they have there. */
function namesIn(target: Target): readonly (readonly [BindingId, string])[] {
  if (target.kind === 'binding') return [[target.binding, 'module.exports']];
  if (target.kind !== 'pattern') return [];
  return target.parts.flatMap(({ to, path }) => (to.kind === 'binding' && path.length === 1 ? [[to.binding, String(path[0])] as const] : []));
}

/** `node:test` of `require('node:test')`. */
export function requiredBy(call: Call): string | undefined {
  const first = call.args[0]?.value;
  if (call.callee.kind !== 'outer' || call.callee.name !== 'require') return undefined;
  return first?.kind === 'const' && typeof first.value === 'string' ? first.value : undefined;
}

/** `module.exports`, `exports`. */
export const isCommonExports = (value: Value): boolean =>
  (value.kind === 'outer' && value.name === 'exports') ||
  (value.kind === 'member' && value.key === 'exports' && value.of.kind === 'outer' && value.of.name === 'module');
