import type { Directive, Expression, ForStatementLeft, Function as FunctionNode, Statement, SwitchStatement, VariableDeclaration } from 'oxc-parser';
import type { Step, Target, Value } from '../../model/facts.js';
import { collect, inScope, lookup, mark, type Builder } from './builder.js';
import { value } from './expressions.js';
import { buildClass, buildFunction } from './functions.js';
import { declareBlock, declarePattern } from './hoist.js';
import { enumeration, exportDeclaration, importDeclaration, importEquals, namespace } from './modules.js';
import { assignTarget } from './patterns.js';
import { spanOf } from './spans.js';

/** Builds a statement list whose names are declared already. Functions come first, as they are hoisted. */
export function statements(b: Builder, list: readonly (Statement | Directive)[]): void {
  for (const each of list) {
    const inner = each.type === 'ExportNamedDeclaration' ? each.declaration : each.type === 'ExportDefaultDeclaration' ? each.declaration : each;
    if (inner?.type === 'FunctionDeclaration') bindFunction(b, inner);
  }
  const first = list.findIndex(isUsing);
  for (const each of first < 0 ? list : list.slice(0, first)) statement(b, each);
  if (first >= 0) using(b, list[first] as VariableDeclaration, list.slice(first + 1));
}

function isUsing(each: Statement | Directive): boolean {
  return each.type === 'VariableDeclaration' && (each.kind === 'using' || each.kind === 'await using');
}

/** `using x = v;` holds until the end of the block: the rest of the block becomes its body. */
function using(b: Builder, node: VariableDeclaration, rest: readonly (Statement | Directive)[]): void {
  const declaration = node.declarations[0];
  if (!declaration?.init) return;
  const held = value(b, declaration.init);
  const to = assignTarget(b, declaration.id);
  const body = collect(b, () => {
    b.steps.push({ do: 'bind', to, value: held, declares: true, at: spanOf(declaration) });
    statements(b, rest);
  });
  b.steps.push({ do: 'scope', value: held, to, async: node.kind === 'await using', body, at: spanOf(node) });
}

function block(b: Builder, node: Statement | null | undefined): Step[] {
  if (!node) return [];
  return collect(b, () => statement(b, node));
}

/** What is assigned is taken; `isReady && (await start())` is waited for. */
function expressionStatement(b: Builder, node: Expression): void {
  const given = value(b, node);
  if (node.type !== 'AssignmentExpression') mark(b, given, 'floating');
}

export function statement(b: Builder, node: Statement | Directive): void {
  const at = spanOf(node);
  switch (node.type) {
    case 'ExpressionStatement':
      expressionStatement(b, node.expression);
      return;
    case 'VariableDeclaration':
      variables(b, node);
      return;
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return;
    case 'ClassDeclaration': {
      const fn = buildClass(b, node);
      const binding = node.id ? lookup(b, node.id.name) : undefined;
      if (binding !== undefined)
        b.steps.push({ do: 'bind', to: { kind: 'binding', binding, at: spanOf(node.id!) }, value: { kind: 'fn', fn, at }, declares: true, at });
      return;
    }
    case 'BlockStatement':
      inScope(b, () => {
        declareBlock(b, node.body);
        statements(b, node.body);
      });
      return;
    case 'ReturnStatement': {
      const result = node.argument ? value(b, node.argument) : undefined;
      if (result && node.argument?.type !== 'AwaitExpression') mark(b, result, 'returned');
      b.steps.push({ do: 'exit', how: 'return', ...(result ? { value: result } : {}), at });
      return;
    }
    case 'ThrowStatement':
      b.steps.push({ do: 'exit', how: 'throw', value: value(b, node.argument), at });
      return;
    case 'BreakStatement':
    case 'ContinueStatement':
      b.steps.push({ do: 'exit', how: node.type === 'BreakStatement' ? 'break' : 'continue', at });
      return;
    case 'IfStatement': {
      const test = value(b, node.test);
      b.steps.push({ do: 'branch', test, then: block(b, node.consequent), else: block(b, node.alternate), at });
      return;
    }
    case 'ForStatement':
      inScope(b, () => {
        if (node.init?.type === 'VariableDeclaration') {
          declareBlock(b, [node.init]);
          variables(b, node.init);
        } else if (node.init) value(b, node.init);
        const body = collect(b, () => {
          if (node.test) value(b, node.test);
          statement(b, node.body);
          if (node.update) value(b, node.update);
        });
        b.steps.push({ do: 'loop', body, at });
      });
      return;
    case 'ForInStatement':
    case 'ForOfStatement':
      inScope(b, () => {
        const over = value(b, node.right);
        const each = loopTarget(b, node.left);
        const body = block(b, node.body);
        b.steps.push({ do: 'loop', ...(node.type === 'ForOfStatement' ? { over } : {}), each, body, at });
      });
      return;
    case 'WhileStatement':
    case 'DoWhileStatement': {
      const body = collect(b, () => {
        value(b, node.test);
        statement(b, node.body);
      });
      b.steps.push({ do: 'loop', body, at });
      return;
    }
    case 'TryStatement': {
      const body = block(b, node.block);
      let error: Target | undefined;
      const caught = node.handler
        ? collect(b, () =>
            inScope(b, () => {
              if (node.handler!.param) {
                declarePattern(b, node.handler!.param, 'catch');
                error = assignTarget(b, node.handler!.param);
              }
              statement(b, node.handler!.body);
            }),
          )
        : undefined;
      const last = node.finalizer ? block(b, node.finalizer) : undefined;
      b.steps.push({ do: 'try', body, ...(error ? { error } : {}), ...(caught ? { catch: caught } : {}), ...(last ? { finally: last } : {}), at });
      return;
    }
    case 'SwitchStatement':
      choose(b, node);
      return;
    case 'LabeledStatement':
    case 'WithStatement':
      statement(b, node.body);
      return;
    case 'ImportDeclaration':
      importDeclaration(b, node);
      return;
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
    case 'ExportAllDeclaration':
    case 'TSExportAssignment':
      exportDeclaration(b, node);
      return;
    case 'TSImportEqualsDeclaration':
      importEquals(b, node);
      return;
    case 'TSEnumDeclaration':
      enumeration(b, node);
      return;
    case 'TSModuleDeclaration':
      namespace(b, node);
      return;
    default:
  }
}

function bindFunction(b: Builder, node: FunctionNode): void {
  if (!node.id) return;
  const binding = lookup(b, node.id.name);
  const fn = buildFunction(b, node, 'function');
  const at = spanOf(node);
  if (binding !== undefined)
    b.steps.push({ do: 'bind', to: { kind: 'binding', binding, at: spanOf(node.id) }, value: { kind: 'fn', fn, at }, declares: true, at });
}

function variables(b: Builder, node: VariableDeclaration): void {
  if (node.declare) return;
  for (const each of node.declarations) {
    const at = spanOf(each);
    if (!each.init) continue;
    const initial = value(b, each.init);
    const to = assignTarget(b, each.id);
    b.steps.push({ do: 'bind', to, value: initial, declares: true, at });
  }
}

function loopTarget(b: Builder, left: ForStatementLeft): Target {
  if (left.type !== 'VariableDeclaration') return assignTarget(b, left);
  declareBlock(b, [left]);
  return assignTarget(b, left.declarations[0]!.id);
}

/** `switch` is a chain of branches; falling through is not modelled. */
function choose(b: Builder, node: SwitchStatement): void {
  const subject = value(b, node.discriminant);
  inScope(b, () => {
    for (const each of node.cases) declareBlock(b, each.consequent);
    const chain = (index: number): Step[] => {
      const each = node.cases[index];
      if (!each) return [];
      return collect(b, () => {
        const at = spanOf(each);
        if (!each.test) {
          statements(b, each.consequent);
          b.steps.push(...chain(index + 1));
          return;
        }
        const test: Value = { kind: 'op', op: '===', args: [subject, value(b, each.test)], at };
        const then = collect(b, () => statements(b, each.consequent));
        b.steps.push({ do: 'branch', test, then, else: chain(index + 1), at });
      });
    };
    b.steps.push(...chain(0));
  });
}
