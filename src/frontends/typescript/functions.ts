import type { ArrowFunctionExpression, Class, Function as FunctionNode, ParamPattern, Decorator } from 'oxc-parser';
import type { FunctionId, Member, Param, Step, TypeRef, Value } from '../../model/facts.js';
import { declare, inScope, mark, type Builder, type DraftFn } from './builder.js';
import { propertyKey, value } from './expressions.js';
import { declareBlock, declarePattern, hoistVars } from './hoist.js';
import { assignTarget } from './patterns.js';
import { spanOf } from './spans.js';
import { statements } from './statements.js';
import { annotated } from './types.js';

export function buildFunction(
  b: Builder,
  node: FunctionNode | ArrowFunctionExpression,
  kind: 'function' | 'method',
  owner?: FunctionId,
  name?: string,
): FunctionId {
  const id = b.functions.length;
  const arrow = node.type === 'ArrowFunctionExpression';
  const ownName = name ?? node.id?.name;
  const fn: DraftFn = {
    kind,
    in: b.fn,
    async: node.async,
    generator: node.generator,
    arrow,
    params: [],
    decorators: [],
    body: [],
    at: spanOf(node),
    ...(ownName ? { name: ownName } : {}),
    ...(owner === undefined ? {} : { owner }),
  };
  b.functions.push(fn);
  within(b, id, fn.body as Step[], () => {
    if (node.type === 'FunctionExpression') bindOwnName(b, node, id, 'function');
    for (const each of node.params) fn.params.push(param(b, each));
    if (!node.body) return;
    if (node.body.type !== 'BlockStatement') {
      const result = value(b, node.body);
      mark(b, result, 'returned');
      b.steps.push({ do: 'exit', how: 'return', value: result, at: spanOf(node.body) });
      return;
    }
    hoistVars(b, node.body.body);
    declareBlock(b, node.body.body);
    statements(b, node.body.body);
  });
  return id;
}

/** A named function or class expression sees its own name. */
function bindOwnName(b: Builder, node: FunctionNode | Class, fn: FunctionId, form: 'function' | 'class'): void {
  if (!node.id) return;
  const at = spanOf(node.id);
  const self = declare(b, node.id.name, form, at);
  b.steps.push({ do: 'bind', to: { kind: 'binding', binding: self, at }, value: { kind: 'fn', fn, at: spanOf(node) }, declares: true, at });
}

function within(b: Builder, fn: FunctionId, body: Step[], build: () => void): void {
  const outer = { fn: b.fn, steps: b.steps };
  b.fn = fn;
  b.steps = body;
  try {
    inScope(b, build, true, fn);
  } finally {
    b.fn = outer.fn;
    b.steps = outer.steps;
  }
}

function param(b: Builder, node: ParamPattern): Param {
  if (node.type === 'TSParameterProperty') {
    const inner = param(b, node.parameter);
    const plain = node.parameter.type === 'AssignmentPattern' ? node.parameter.left : node.parameter;
    return plain.type === 'Identifier' ? { ...inner, property: plain.name } : inner;
  }
  if (node.type === 'RestElement') {
    declarePattern(b, node.argument, 'param');
    return { target: assignTarget(b, node.argument), rest: true };
  }
  declarePattern(b, node, 'param');
  const target = assignTarget(b, node);
  const plain = node.type === 'AssignmentPattern' ? node.left : node;
  const type: TypeRef | undefined = plain.type === 'AssignmentPattern' ? undefined : annotated(b, plain.typeAnnotation);
  return {
    target,
    ...(node.type === 'AssignmentPattern' ? { default: value(b, node.right) } : {}),
    ...(type ? { type } : {}),
  };
}

function decorators(b: Builder, nodes: readonly Decorator[] | undefined): Value[] {
  return (nodes ?? []).map((each) => value(b, each.expression));
}

export function buildClass(b: Builder, node: Class): FunctionId {
  const bases = node.superClass ? [value(b, node.superClass)] : [];
  const own = decorators(b, node.decorators);
  const id = b.functions.length;
  const fn: DraftFn = {
    kind: 'class',
    in: b.fn,
    async: false,
    generator: false,
    arrow: false,
    params: [],
    decorators: own,
    bases,
    members: [],
    body: [],
    at: spanOf(node),
    ...(node.id ? { name: node.id.name } : {}),
  };
  b.functions.push(fn);
  within(b, id, fn.body as Step[], () => {
    if (node.type === 'ClassExpression') bindOwnName(b, node, id, 'class');
    for (const element of node.body.body) {
      const made = member(b, element, id);
      if (made) fn.members!.push(made);
    }
  });
  return id;
}

function member(b: Builder, element: Class['body']['body'][number], owner: FunctionId): Member | undefined {
  const at = spanOf(element);
  switch (element.type) {
    case 'StaticBlock':
      inScope(b, () => {
        declareBlock(b, element.body);
        statements(b, element.body);
      });
      return undefined;
    case 'MethodDefinition':
    case 'TSAbstractMethodDefinition': {
      const key = propertyKey(b, element.key, element.computed);
      const name = typeof key === 'string' ? key : undefined;
      const fn = buildFunction(b, element.value, 'method', owner, name);
      b.functions[fn]!.decorators = decorators(b, element.decorators);
      const form = element.kind === 'get' || element.kind === 'set' ? element.kind : 'method';
      return { key, static: element.static, form, value: { kind: 'fn', fn, at }, at };
    }
    case 'PropertyDefinition':
    case 'TSAbstractPropertyDefinition':
    case 'AccessorProperty':
    case 'TSAbstractAccessorProperty': {
      const key = propertyKey(b, element.key, element.computed);
      const type = annotated(b, element.typeAnnotation);
      const initial: Value = element.value ? value(b, element.value) : { kind: 'const', value: null, as: 'undefined', at };
      return { key, static: element.static, form: 'field', value: initial, ...(type ? { type } : {}), at };
    }
    default:
      return undefined;
  }
}
