import type { FileFacts, Step, Value } from '../model/facts.js';
import type { Audited, FileStory } from '../model/suite.js';

/**
 * Whether a test file looks at a collection that another module keeps: the module exports it, or a function that gives it or its
 * size back, and the file asks for that. A cache or a list for cleanup that no test looks at does no harm.
 */
export function isObserved(audited: Audited, story: FileStory, cell: string): boolean {
  const hash = cell.indexOf('#');
  const path = cell.slice(0, hash);
  const facts = audited.facts(path);
  const own = audited.facts(story.file);
  const binding = facts?.bindings.findIndex((each) => each.in === 0 && each.name === cell.slice(hash + 1)) ?? -1;
  if (!facts || !own || binding < 0) return false;
  const base = path.replace(/^.*\//, '').replace(/\.[^.]+$/, '');
  if (!own.imports.some((each) => each.from.kind === 'const' && String(each.from.value).includes(base))) return false;
  const names = facts.exports.filter((each) => 'value' in each && shows(facts, each.value, binding)).map((each) => each.name);
  return names.some((name) => own.bindings.some((each) => each.name === name && (each.form === 'import' || each.form === 'const')));
}

function shows(facts: FileFacts, value: Value, binding: number): boolean {
  switch (value.kind) {
    case 'ref': {
      if (value.binding === binding) return true;
      for (const step of facts.functions[0]?.body ?? []) {
        if (step.do === 'bind' && step.to.kind === 'binding' && step.to.binding === value.binding && step.value.kind === 'fn')
          return shows(facts, step.value, binding);
      }
      const fn = facts.functions.findIndex((each) => each.kind === 'function' && each.in === 0 && each.name === facts.bindings[value.binding]?.name);
      return fn > 0 && gives(facts.functions[fn]!.body, binding);
    }
    case 'fn':
      return gives(facts.functions[value.fn]?.body ?? [], binding);
    default:
      return false;
  }
}

const gives = (steps: readonly Step[], binding: number): boolean =>
  steps.some(
    (step) =>
      (step.do === 'exit' && step.how === 'return' && step.value !== undefined && holds(step.value, binding)) ||
      (step.do === 'branch' && (gives(step.then, binding) || gives(step.else, binding))),
  );

function holds(value: Value, binding: number): boolean {
  switch (value.kind) {
    case 'ref':
      return value.binding === binding;
    case 'member':
      return (value.key === 'size' || value.key === 'length') && holds(value.of, binding);
    case 'list':
      return value.items.some((each) => each.kind === 'spread' && holds(each.of, binding));
    default:
      return false;
  }
}
