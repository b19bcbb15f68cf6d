import JSON5 from 'json5';
import type { Span } from '../model/facts.js';
import type { Json } from '../model/runner.js';
import { errorText } from './user-error.js';

export interface JsonObject {
  readonly [key: string]: Json;
}

export interface ValueSpan {
  readonly path: readonly string[];
  readonly span: Span;
}

/** The value of JSON, JSON with comments or JSON5, or why it is none. */
export function parseJson(text: string): { readonly value: Json } | { readonly error: string } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    try {
      return { value: JSON5.parse<Json>(text) };
    } catch (error) {
      return { error: errorText(error).replace(/^JSON5: /, '') };
    }
  }
}

/** The object that a text holds; nothing where it holds another value, or none. */
export function jsonObject(text: string | undefined): JsonObject | undefined {
  const parsed = text === undefined ? undefined : parseJson(text);
  return parsed && 'value' in parsed && isObject(parsed.value) ? parsed.value : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The spans of all values in JSON, JSON with comments or JSON5, in one pass over the text.
 * The text is one that `parseJson` has read: anything odd ends the pass early instead of throwing.
 */
export function jsonSpans(text: string): ValueSpan[] {
  const spans: ValueSpan[] = [];
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|[{}[\],:]|[^\s{}[\],:"'/]+/g;
  const next = (): RegExpExecArray | null => {
    for (let found = token.exec(text); found; found = token.exec(text)) if (!found[0].startsWith('//') && !found[0].startsWith('/*')) return found;
    return null;
  };
  const value = (first: RegExpExecArray, path: readonly string[], depth: number): boolean => {
    if (depth > 200) return false;
    const slot = spans.push({ path, span: [first.index, token.lastIndex] }) - 1;
    if (first[0] !== '{' && first[0] !== '[') return true;
    const close = first[0] === '{' ? '}' : ']';
    for (let index = 0; ; index++) {
      let found = next();
      if (found?.[0] === ',') found = next();
      if (!found) return false;
      if (found[0] === close) break;
      let key = String(index);
      if (close === '}') {
        key = keyOf(found[0]);
        if (next()?.[0] !== ':') return false;
        found = next();
        if (!found) return false;
      }
      if (!value(found, [...path, key], depth + 1)) return false;
    }
    spans[slot] = { path, span: [first.index, token.lastIndex] };
    return true;
  };
  const first = next();
  if (first) value(first, [], 0);
  return spans;
}

function keyOf(token: string): string {
  if (!/^["']/.test(token)) return token;
  const read = parseJson(token);
  return 'value' in read && typeof read.value === 'string' ? read.value : token.slice(1, -1);
}

/** Looks places up by path. */
export function spanIndex(spans: readonly ValueSpan[]): (...path: readonly string[]) => Span | undefined {
  let index: Map<string, Span> | undefined;
  return (...path) => (index ??= new Map(spans.map((each) => [each.path.join('\0'), each.span]))).get(path.join('\0'));
}
