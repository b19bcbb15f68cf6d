import { allSteps, isIn, rootName } from './code.js';
import { remembered } from './remembered.js';
import type { BindingId, FileFacts, Span, Step, Value } from './facts.js';

/** Every value that is written in a file. */
export const allValues = remembered((facts: FileFacts): ReadonlySet<Value> => {
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
  return found;
});

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

/** Whether something else than its own methods and assertions gets hold of what a variable holds. */
export function isHandedOn(facts: FileFacts, binding: BindingId): boolean {
  const isIt = (value: Value | undefined): boolean => value?.kind === 'ref' && value.binding === binding;
  for (const value of allValues(facts)) if (value.kind !== 'member' && innerOf(value).some(isIt)) return true;
  for (const { step } of allSteps(facts)) if ((step.do === 'bind' || step.do === 'exit' || step.do === 'scope') && isIt(step.value)) return true;
  return facts.calls.some(({ callee, args }) => args.some(({ value }) => isIt(value)) && !isAssertion(callee, facts));
}

/** `expect(...).toBe` and `assert.equal`, by the name in front. */
export function isAssertion(callee: Value, facts: FileFacts): boolean {
  return /^(?:expect|assert|should|chai|t)$/.test(rootName(callee, facts) ?? '');
}
