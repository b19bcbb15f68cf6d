import type { Span } from './facts.js';

/** A range in a file of the project. */
export interface Place {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly span: Span;
}

/** Line and column, both counted from 1, of a place's two ends. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Equal texts where two places begin at the same spot. */
export const placeKey = ({ path, span }: Place): string => `${path}:${span[0]}`;

export function samePlace(a: Place, b: Place): boolean {
  return a.path === b.path && a.span[0] === b.span[0] && a.span[1] === b.span[1];
}

/** The index of the line, counted from 0, that holds the offset. `lines` holds the start of every line. */
export function lineAt(lines: readonly number[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function regionOf(lines: readonly number[], span: Span): Region {
  const first = lineAt(lines, span[0]);
  const last = lineAt(lines, Math.max(span[0], span[1]));
  return {
    startLine: first + 1,
    startColumn: span[0] - (lines[first] ?? 0) + 1,
    endLine: last + 1,
    endColumn: span[1] - (lines[last] ?? 0) + 1,
  };
}

/** The start offset of every line; `\r\n`, `\n` and `\r` end a line. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}
