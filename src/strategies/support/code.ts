import { isSame } from '../../model/code.js';
import type { Entry, FileFacts, Span, Value } from '../../model/facts.js';
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
