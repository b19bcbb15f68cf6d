import type { Span } from '../../model/facts.js';

/**
 * The range of a node. oxc gives `start` and `end`, typescript-estree only `range`.
 * Both count UTF-16 units from after the byte order mark.
 */
export function spanOf(node: { readonly start?: number; readonly end?: number; readonly range?: readonly [number, number] }): Span {
  if (node.start !== undefined && node.end !== undefined) return [node.start, node.end];
  return node.range ?? [0, 0];
}
