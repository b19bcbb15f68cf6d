import { isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml';
import type { Json } from '../model/runner.js';
import type { ValueSpan } from './json-file.js';
import { errorText } from './user-error.js';

export interface ReadData {
  readonly value: Json;
  /** Places of values by path; a list's items are numbers. Empty where the text could not be mapped. */
  readonly spans: readonly ValueSpan[];
}

/** The value of YAML with the places of its values, or why it is none. Anchors and merge keys are followed. */
export function parseYaml(text: string): ReadData | { readonly error: string } {
  try {
    const document = parseDocument(text, { merge: true, uniqueKeys: false, logLevel: 'silent' });
    const problem = document.errors[0];
    if (problem) return { error: problem.message.split('\n')[0] ?? 'not valid YAML' };
    const spans: ValueSpan[] = [];
    collect(document.contents, [], spans);
    return { value: (document.toJS({ maxAliasCount: 200 }) ?? null) as Json, spans };
  } catch (error) {
    return { error: errorText(error) };
  }
}

function collect(node: unknown, path: readonly string[], spans: ValueSpan[]): void {
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return;
  const range = (node as Node).range;
  if (range) spans.push({ path, span: [range[0], range[1]] });
  if (isSeq(node)) node.items.forEach((item, index) => collect(item, [...path, String(index)], spans));
  if (isMap(node)) for (const pair of node.items) collect(pair.value, [...path, isScalar(pair.key) ? String(pair.key.value) : String(pair.key)], spans);
}
