import type { Directive } from '../../model/facts.js';
import { lineAt } from '../../model/place.js';
import { spanOf } from './spans.js';

const FORM = /^\s*\*?\s*isolation-audit-ignore(-next-line)?(?:\s+([\w\-/, ]*?))?\s*(?:--\s*([\s\S]*?))?\s*$/;

/** Reads `isolation-audit-ignore[-next-line] rule, rule -- reason`. On a line of its own it speaks of the next line. */
export function directiveOf(
  comment: { readonly value: string; readonly start?: number; readonly end?: number; readonly range?: readonly [number, number] },
  lines: readonly number[],
): Directive | undefined {
  if (!comment.value.includes('isolation-audit-ignore')) return undefined;
  const match = FORM.exec(comment.value);
  if (!match) return undefined;
  const at = spanOf(comment);
  const line = lineAt(lines, at[1]) + 1;
  const rules = (match[2] ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((id) => id.replace(/^isolation-audit\//, ''));
  return { rules, reason: (match[3] ?? '').trim(), line: match[1] ? line + 1 : line, at };
}
