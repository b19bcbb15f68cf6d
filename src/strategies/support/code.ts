import { allSteps, isIn, isSame } from '../../model/code.js';
import type { Entry, FileFacts, Span, Step, Value } from '../../model/facts.js';

/** Every value that is written in a file. */
export function allValues(facts: FileFacts): ReadonlySet<Value> {
  const known = all.get(facts);
  if (known) return known;
  const found = new Set<Value>();
  const visit = (value: Value | undefined): void => {
    if (!value || found.has(value)) return;
    found.add(value);
    for (const inner of innerOf(value)) visit(inner);
  };
  for (const { step } of allSteps(facts)) for (const value of valuesOf(step)) visit(value);
  for (const { callee, args } of facts.calls) {
    visit(callee);
    for (const arg of args) visit(arg.value);
  }
  for (const { params, members = [] } of facts.functions) {
    for (const param of params) visit(param.default);
    for (const member of members) visit(member.value);
  }
  for (const each of facts.exports) if ('value' in each) visit(each.value);
  all.set(facts, found);
  return found;
}

const all = new WeakMap<FileFacts, ReadonlySet<Value>>();

/** Those that hold the span, the innermost first. */
export const valuesAround = (facts: FileFacts, span: Span): readonly Value[] =>
  [...allValues(facts)].filter((value) => isIn(span, value.at)).sort((a, b) => a.at[1] - a.at[0] - (b.at[1] - b.at[0]));

function valuesOf(step: Step): readonly (Value | undefined)[] {
  switch (step.do) {
    case 'bind':
    case 'scope':
      return [step.value];
    case 'branch':
      return [step.test];
    case 'loop':
      return [step.over];
    case 'exit':
      return [step.value];
    default:
      return [];
  }
}

function innerOf(value: Value): readonly (Value | undefined)[] {
  switch (value.kind) {
    case 'text':
      return value.parts;
    case 'member':
      return [value.of, typeof value.key === 'string' ? undefined : value.key];
    case 'record':
      return value.entries.map((entry) => ('spread' in entry ? entry.spread : entry.value));
    case 'list':
      return value.items;
    case 'spread':
      return [value.of];
    case 'choice':
      return [value.test, ...value.of];
    case 'op':
      return value.args;
    default:
      return [];
  }
}

/** The expression that decides: what stands at the span, with the defaults around it. `process.env.URL ?? 'postgres://localhost/shop'` is one. */
export function decision(facts: FileFacts, span: Span): Value | undefined {
  const around = valuesAround(facts, span);
  let at = around.find((each) => isSame(each.at, span)) ?? around.find((each) => each.kind === 'const' || each.kind === 'text');
  for (let wider = at; wider;) {
    const inner: Value = wider;
    wider = around.find((each) => each.kind === 'choice' && each !== inner && each.of.includes(inner));
    if (wider) at = wider;
  }
  return at;
}

/** The object literal of which the expression is an entry, with its key. */
export function entryOf(facts: FileFacts, value: Value): { readonly record: Extract<Value, { kind: 'record' }>; readonly key: string } | undefined {
  for (const record of valuesAround(facts, value.at)) {
    if (record.kind !== 'record') continue;
    const entry = record.entries.find((each): each is Exclude<Entry, { spread: Value }> => 'key' in each && each.value === value);
    if (entry && typeof entry.key === 'string') return { record, key: entry.key };
  }
  return undefined;
}
