import type {
  Argument as ArgumentNode,
  ArrayExpression,
  AssignmentExpression,
  CallExpression,
  Expression,
  JSXAttributeItem,
  JSXChild,
  LogicalExpression,
  MemberExpression,
  NewExpression,
  ObjectExpression,
  PropertyKey as KeyNode,
  TemplateLiteral,
} from 'oxc-parser';
import type { Argument, Call, Entry, Value } from '../../model/facts.js';
import { addCall, collect, lookup, mark, type Builder } from './builder.js';
import { buildClass, buildFunction } from './functions.js';
import { assignTarget } from './patterns.js';
import { spanOf } from './spans.js';
import { typeArguments } from './types.js';

/** Writes the steps of an expression in evaluation order and gives its value. */
export function value(b: Builder, node: Expression): Value {
  const at = spanOf(node);
  switch (node.type) {
    case 'Literal':
      return literal(node, at);
    case 'Identifier': {
      if (node.name === 'undefined') return { kind: 'const', value: null, as: 'undefined', at };
      const binding = lookup(b, node.name);
      return binding === undefined ? { kind: 'outer', name: node.name, at } : { kind: 'ref', binding, at };
    }
    case 'ThisExpression':
      return { kind: 'self', at };
    case 'Super':
      return { kind: 'super', at };
    case 'TemplateLiteral':
      return template(b, node);
    case 'TaggedTemplateExpression': {
      const callee = value(b, node.tag);
      const args: Argument[] = [{ value: template(b, node.quasi) }];
      return addCall(b, callee, args, 'tag', at, types(b, node));
    }
    case 'MemberExpression':
      return member(b, node);
    case 'ChainExpression':
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return value(b, node.expression);
    case 'CallExpression':
      return call(b, node, 'call');
    case 'NewExpression':
      return call(b, node, 'new');
    case 'ImportExpression': {
      const from = value(b, node.source);
      b.imports.push({ from, name: '*', form: 'dynamic', typeOnly: false, at });
      return addCall(b, { kind: 'outer', name: 'import', at }, [{ value: from }], 'call', at);
    }
    case 'AwaitExpression': {
      const inner = value(b, node.argument);
      mark(b, inner, 'awaited');
      return inner;
    }
    case 'YieldExpression': {
      const inner = node.argument ? value(b, node.argument) : undefined;
      b.steps.push({ do: 'exit', how: 'yield', ...(inner ? { value: inner } : {}), at });
      return { kind: 'opaque', at };
    }
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      return { kind: 'fn', fn: buildFunction(b, node, 'function'), at };
    case 'ClassExpression':
    case 'ClassDeclaration':
      return { kind: 'fn', fn: buildClass(b, node), at };
    case 'ObjectExpression':
      return record(b, node);
    case 'ArrayExpression':
      return list(b, node);
    case 'AssignmentExpression':
      return assign(b, node);
    case 'LogicalExpression':
      return logical(b, node);
    case 'ConditionalExpression': {
      const test = value(b, node.test);
      let then!: Value;
      let otherwise!: Value;
      const thenSteps = collect(b, () => (then = value(b, node.consequent)));
      const elseSteps = collect(b, () => (otherwise = value(b, node.alternate)));
      if (thenSteps.length > 0 || elseSteps.length > 0) b.steps.push({ do: 'branch', test, then: thenSteps, else: elseSteps, at });
      return { kind: 'choice', by: 'test', test, of: [then, otherwise], at };
    }
    case 'BinaryExpression':
      return node.operator === '+' ? plus(b, node) : { kind: 'op', op: node.operator, args: [value(b, node.left as Expression), value(b, node.right)], at };
    case 'UnaryExpression': {
      if (node.operator === 'delete') {
        const target = node.argument.type === 'ChainExpression' ? node.argument.expression : node.argument;
        if (target.type === 'MemberExpression') b.steps.push({ do: 'unbind', target: assignTarget(b, target), at });
        return { kind: 'const', value: true, at };
      }
      const inner = value(b, node.argument);
      if (node.operator === 'void') {
        mark(b, inner, 'floating');
        return { kind: 'const', value: null, as: 'undefined', at };
      }
      if (node.operator === '-' && inner.kind === 'const' && typeof inner.value === 'number') return { kind: 'const', value: -inner.value, at };
      return { kind: 'op', op: node.operator, args: [inner], at };
    }
    case 'UpdateExpression': {
      const to = assignTarget(b, node.argument);
      b.steps.push({ do: 'bind', to, value: { kind: 'opaque', at }, op: node.operator, at });
      return to.kind === 'binding' ? { kind: 'op', op: node.operator, args: [{ kind: 'ref', binding: to.binding, at: to.at }], at } : { kind: 'opaque', at };
    }
    case 'SequenceExpression': {
      let last: Value = { kind: 'opaque', at };
      for (const each of node.expressions) last = value(b, each);
      return last;
    }
    case 'MetaProperty':
      return { kind: 'outer', name: `${node.meta.name}.${node.property.name}`, at };
    case 'JSXElement':
      for (const attribute of node.openingElement.attributes) jsxAttribute(b, attribute);
      jsxChildren(b, node.children);
      return { kind: 'opaque', at };
    case 'JSXFragment':
      jsxChildren(b, node.children);
      return { kind: 'opaque', at };
    default:
      return { kind: 'opaque', at };
  }
}

function literal(node: Extract<Expression, { type: 'Literal' }>, at: Value['at']): Value {
  if ('regex' in node && node.regex) return { kind: 'const', value: node.raw ?? '', as: 'regex', at };
  if ('bigint' in node && node.bigint) return { kind: 'const', value: node.bigint, as: 'bigint', at };
  const raw = node.value;
  if (typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean' || raw === null) return { kind: 'const', value: raw, at };
  return { kind: 'opaque', at };
}

function template(b: Builder, node: TemplateLiteral): Value {
  const at = spanOf(node);
  const parts: Value[] = [];
  node.quasis.forEach((quasi, index) => {
    const text = quasi.value.cooked ?? quasi.value.raw;
    if (text !== '') parts.push({ kind: 'const', value: text, at: spanOf(quasi) });
    const hole = node.expressions[index];
    if (hole) parts.push(value(b, hole));
  });
  if (parts.length === 0) return { kind: 'const', value: '', at };
  if (parts.length === 1 && parts[0]!.kind === 'const' && typeof parts[0]!.value === 'string') return { ...parts[0]!, at };
  return { kind: 'text', parts, at };
}

/** `a + b + c` leans left and can be thousands deep, so it is flattened without recursion. */
function plus(b: Builder, node: Extract<Expression, { type: 'BinaryExpression' }>): Value {
  const operands: Expression[] = [];
  let current: Expression = node;
  while (current.type === 'BinaryExpression' && current.operator === '+') {
    operands.push(current.right);
    current = current.left;
  }
  operands.push(current);
  const parts = operands.reverse().map((each) => value(b, each));
  const at = spanOf(node);
  if (parts.some((part) => part.kind === 'text' || (part.kind === 'const' && typeof part.value === 'string'))) return { kind: 'text', parts, at };
  return { kind: 'op', op: '+', args: parts, at };
}

/** `a.b().c().d()` leans left too. */
function member(b: Builder, node: MemberExpression): Value {
  const chain: MemberExpression[] = [];
  let current: Expression = node;
  for (;;) {
    if (current.type === 'MemberExpression') {
      chain.push(current);
      current = current.object;
    } else if (current.type === 'ChainExpression' || current.type === 'TSNonNullExpression' || current.type === 'ParenthesizedExpression') {
      current = current.expression;
    } else break;
  }
  let of = value(b, current);
  for (const each of chain.reverse()) {
    of = {
      kind: 'member',
      of,
      key: each.computed ? keyOf(value(b, each.property)) : propertyKey(b, each.property, false),
      ...(each.optional ? { optional: true } : {}),
      at: spanOf(each),
    };
  }
  return of;
}

/** A computed key that is constant text is the plain key; `[Symbol.dispose]` is written `[dispose]`. */
function keyOf(key: Value): string | Value {
  if (key.kind === 'member' && key.of.kind === 'outer' && key.of.name === 'Symbol' && (key.key === 'dispose' || key.key === 'asyncDispose'))
    return `[${key.key}]`;
  return key.kind === 'const' && key.as === undefined && (typeof key.value === 'string' || typeof key.value === 'number') ? String(key.value) : key;
}

export function propertyKey(b: Builder, key: KeyNode, computed: boolean): string | Value {
  if (computed) return keyOf(value(b, key as Expression));
  if (key.type === 'Identifier' || key.type === 'PrivateIdentifier') return key.type === 'PrivateIdentifier' ? `#${key.name}` : key.name;
  return keyOf(value(b, key));
}

const CHAINED = new Set(['then', 'catch', 'finally']);

function call(b: Builder, node: CallExpression | NewExpression, form: 'call' | 'new'): Value {
  const callee = value(b, node.callee);
  if (callee.kind === 'member' && callee.of.kind === 'result' && typeof callee.key === 'string' && CHAINED.has(callee.key)) mark(b, callee.of, 'chained');
  const args = argumentsOf(b, node.arguments);
  const at = spanOf(node);
  if (form === 'call' && callee.kind === 'outer' && callee.name === 'require' && args[0]) {
    b.imports.push({ from: args[0].value, name: '*', form: 'require', typeOnly: false, at });
  }
  const optional = node.type === 'CallExpression' && node.optional;
  return addCall(b, callee, args, form, at, { ...types(b, node), ...(optional ? { optional: true } : {}) });
}

function types(b: Builder, node: { typeArguments?: Parameters<typeof typeArguments>[1] }): Partial<Call> {
  const typeArgs = typeArguments(b, node.typeArguments);
  return typeArgs ? { typeArgs } : {};
}

function argumentsOf(b: Builder, nodes: readonly ArgumentNode[]): Argument[] {
  return nodes.map((each) =>
    each.type === 'SpreadElement' ? { value: { kind: 'spread', of: value(b, each.argument), at: spanOf(each) } } : { value: value(b, each) },
  );
}

function record(b: Builder, node: ObjectExpression): Value {
  const entries: Entry[] = [];
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      entries.push({ spread: value(b, property.argument) });
      continue;
    }
    const key = propertyKey(b, property.key, property.computed);
    if (property.kind === 'set') continue;
    entries.push({ key, value: value(b, property.value), ...(property.kind === 'get' ? { getter: true } : {}) });
  }
  return { kind: 'record', entries, at: spanOf(node) };
}

function list(b: Builder, node: ArrayExpression): Value {
  const items: Value[] = node.elements.map((each) => {
    if (!each) return { kind: 'const', value: null, as: 'undefined', at: spanOf(node) };
    return each.type === 'SpreadElement' ? { kind: 'spread', of: value(b, each.argument), at: spanOf(each) } : value(b, each);
  });
  return { kind: 'list', items, at: spanOf(node) };
}

function assign(b: Builder, node: AssignmentExpression): Value {
  const at = spanOf(node);
  const to = assignTarget(b, node.left);
  if (node.operator === '&&=' || node.operator === '||=' || node.operator === '??=') {
    let right!: Value;
    const steps = collect(b, () => {
      right = value(b, node.right);
      b.steps.push({ do: 'bind', to, value: right, op: node.operator, at });
    });
    b.steps.push({ do: 'branch', test: { kind: 'opaque', at }, then: steps, else: [], at });
    return right;
  }
  const right = value(b, node.right);
  b.steps.push({ do: 'bind', to, value: right, ...(node.operator === '=' ? {} : { op: node.operator }), at });
  exported(b, node, right);
  return right;
}

/** `module.exports = v`, `exports.a = v`, `module.exports.a = v`. */
function exported(b: Builder, node: AssignmentExpression, right: Value): void {
  if (node.operator !== '=' || node.left.type !== 'MemberExpression' || node.left.computed) return;
  const { object, property } = node.left;
  const at = spanOf(node);
  const isModule = (each: Expression): boolean => each.type === 'Identifier' && each.name === 'module' && lookup(b, 'module') === undefined;
  const isExports = (each: Expression): boolean =>
    (each.type === 'Identifier' && each.name === 'exports' && lookup(b, 'exports') === undefined) ||
    (each.type === 'MemberExpression' && !each.computed && each.property.name === 'exports' && isModule(each.object));
  if (isModule(object) && property.name === 'exports') b.exports.push({ name: 'module.exports', value: right, at });
  else if (isExports(object)) b.exports.push({ name: property.name, value: right, at });
}

function logical(b: Builder, node: LogicalExpression): Value {
  const at = spanOf(node);
  const left = value(b, node.left);
  let right!: Value;
  const steps = collect(b, () => (right = value(b, node.right)));
  if (steps.length > 0) {
    if (node.operator === '&&') b.steps.push({ do: 'branch', test: left, then: steps, else: [], at });
    else b.steps.push({ do: 'branch', test: left, then: [], else: steps, at });
  }
  return { kind: 'choice', by: node.operator === '??' ? 'nullish' : node.operator === '||' ? 'falsy' : 'truthy', of: [left, right], at };
}

function jsxAttribute(b: Builder, attribute: JSXAttributeItem): void {
  if (attribute.type === 'JSXSpreadAttribute') value(b, attribute.argument);
  else if (attribute.value?.type === 'JSXExpressionContainer' && attribute.value.expression.type !== 'JSXEmptyExpression') value(b, attribute.value.expression);
  else if (attribute.value?.type === 'JSXElement') value(b, attribute.value);
}

function jsxChildren(b: Builder, children: readonly JSXChild[]): void {
  for (const child of children) {
    if (child.type === 'JSXElement' || child.type === 'JSXFragment') value(b, child);
    else if (child.type === 'JSXExpressionContainer' && child.expression.type !== 'JSXEmptyExpression') value(b, child.expression);
    else if (child.type === 'JSXSpreadChild') value(b, child.expression);
  }
}
