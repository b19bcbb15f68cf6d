import type { Span } from '../../model/facts.js';

/**
 * The range of a node. oxc gives `start` and `end`, typescript-estree only `range`; ESLint's rule tester throws where a rule asks for `start`.
 * Both count UTF-16 units from after the byte order mark.
 */
export function spanOf(node: { readonly start?: number; readonly end?: number; readonly range?: readonly [number, number] }): Span {
  if (node.range) return node.range;
  return node.start !== undefined && node.end !== undefined ? [node.start, node.end] : [0, 0];
}
