import type { AssignmentTarget, AssignmentTargetMaybeDefault, AssignmentTargetRest, BindingPattern, BindingRestElement } from 'oxc-parser';
import type { PatternPart, Target, Value } from '../../model/facts.js';
import { lookup, type Builder } from './builder.js';
import { propertyKey, value } from './expressions.js';
import { spanOf } from './spans.js';

type Pattern = BindingPattern | BindingRestElement | AssignmentTarget | AssignmentTargetMaybeDefault | AssignmentTargetRest;

/** What an assignment writes to. Steps of computed keys and defaults are written on the way. */
export function assignTarget(b: Builder, node: Pattern): Target {
  const at = spanOf(node);
  switch (node.type) {
    case 'Identifier': {
      const binding = lookup(b, node.name);
      // An undeclared name becomes a property of the global object.
      return binding === undefined ? { kind: 'member', of: { kind: 'outer', name: 'globalThis', at }, key: node.name, at } : { kind: 'binding', binding, at };
    }
    case 'MemberExpression': {
      const of = value(b, node.object);
      return { kind: 'member', of, key: propertyKey(b, node.property, node.computed), at };
    }
    case 'ObjectPattern': {
      const parts: PatternPart[] = [];
      let rest: Target | undefined;
      for (const property of node.properties) {
        if (property.type === 'RestElement') {
          rest = assignTarget(b, property.argument);
          continue;
        }
        const key = propertyKey(b, property.key, property.computed);
        parts.push(part(b, typeof key === 'string' ? [key] : [], property.value));
      }
      return { kind: 'pattern', parts, ...(rest ? { rest } : {}), at };
    }
    case 'ArrayPattern': {
      const parts: PatternPart[] = [];
      let rest: Target | undefined;
      node.elements.forEach((element, index) => {
        if (!element) return;
        if (element.type === 'RestElement') rest = assignTarget(b, element.argument);
        else parts.push(part(b, [index], element));
      });
      return { kind: 'pattern', parts, ...(rest ? { rest } : {}), at };
    }
    case 'AssignmentPattern':
      return assignTarget(b, node.left);
    case 'RestElement':
      return assignTarget(b, node.argument);
    default:
      return 'expression' in node ? assignTarget(b, node.expression as Pattern) : { kind: 'pattern', parts: [], at };
  }
}

function part(b: Builder, path: readonly (string | number)[], node: Pattern): PatternPart {
  if (node.type !== 'AssignmentPattern') return { path, to: assignTarget(b, node) };
  const fallback: Value = value(b, node.right);
  return { path, to: assignTarget(b, node.left), default: fallback };
}
