import { isSame, originOf } from '../../model/code.js';
import type { BindingId, Entry, FileFacts, Fn, Span, Value } from '../../model/facts.js';
import type { ProjectView } from '../../model/plan.js';
import { valuesAround } from '../../model/values.js';

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

/** The name that the expression has at the top of its file: `const NAME = 'shop_test'`. */
export function nameGiven(facts: FileFacts, value: Value): BindingId | undefined {
  const declared = facts.functions[0]!.body.find((step) => step.do === 'bind' && step.declares && isSame(step.value.at, value.at));
  return declared?.do === 'bind' && declared.to.kind === 'binding' ? declared.to.binding : undefined;
}

/** What a name is declared as, at the top of the file or in these functions. */
export function declaredAs(facts: FileFacts, binding: BindingId, within: readonly Fn[] = facts.functions.slice(0, 1)): Value | undefined {
  const declared = within
    .flatMap(({ body }) => body)
    .find((step) => step.do === 'bind' && step.declares && step.to.kind === 'binding' && step.to.binding === binding);
  return declared?.do === 'bind' ? declared.value : undefined;
}

/** The value that stands behind a name, in its own file or in the one that exports it: `createClient(redisOptions)`. */
export function valueBehind(project: ProjectView, path: string, value: Value, depth = 0): { readonly path: string; readonly value: Value } | undefined {
  const facts = project.facts(path);
  if (value.kind !== 'ref' || !facts || depth > 4) return value.kind === 'ref' ? undefined : { path, value };
  const origin = originOf(value.binding, facts);
  if (!origin) {
    const declared = declaredAs(facts, value.binding);
    return declared && valueBehind(project, path, declared, depth + 1);
  }
  const target = project.resolve(path, origin.from);
  const exported = target === undefined ? undefined : project.facts(target)?.exports.find((each) => 'value' in each && each.name === origin.name);
  return target !== undefined && exported && 'value' in exported ? valueBehind(project, target, exported.value, depth + 1) : undefined;
}
