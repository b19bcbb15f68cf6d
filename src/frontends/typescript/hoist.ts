import type { BindingPattern, BindingRestElement, Directive, Statement } from 'oxc-parser';
import { declare, type Builder, type Scope } from './builder.js';
import { spanOf } from './spans.js';
import { annotated } from './types.js';

type Statements = readonly (Statement | Directive)[];

/** Declares what a statement list binds before any of it is built: imports, classes, functions, `let` and `const`. */
export function declareBlock(b: Builder, statements: Statements): void {
  for (const statement of statements) declareStatement(b, statement);
}

function declareStatement(b: Builder, statement: Statement | Directive): void {
  switch (statement.type) {
    case 'ImportDeclaration':
      for (const specifier of statement.specifiers) declare(b, specifier.local.name, 'import', spanOf(specifier));
      return;
    case 'VariableDeclaration': {
      // `declare const` binds nothing here.
      if (statement.kind === 'var' || statement.declare) return;
      const form = statement.kind === 'const' ? 'const' : statement.kind === 'let' ? 'let' : 'using';
      for (const each of statement.declarations) declarePattern(b, each.id, form);
      return;
    }
    case 'FunctionDeclaration':
      if (statement.id) declare(b, statement.id.name, 'function', spanOf(statement.id));
      return;
    case 'ClassDeclaration':
      if (statement.id) declare(b, statement.id.name, 'class', spanOf(statement.id));
      return;
    case 'TSEnumDeclaration':
      declare(b, statement.id.name, 'const', spanOf(statement.id));
      return;
    case 'TSModuleDeclaration':
      if (statement.id.type === 'Identifier' && !statement.declare) declare(b, statement.id.name, 'const', spanOf(statement.id));
      return;
    case 'TSImportEqualsDeclaration':
      declare(b, statement.id.name, 'import', spanOf(statement.id));
      return;
    case 'ExportNamedDeclaration':
      if (statement.declaration) declareStatement(b, statement.declaration);
      return;
    case 'ExportDefaultDeclaration': {
      const inner = statement.declaration;
      if ((inner.type === 'FunctionDeclaration' || inner.type === 'ClassDeclaration') && inner.id) {
        declare(b, inner.id.name, inner.type === 'ClassDeclaration' ? 'class' : 'function', spanOf(inner.id));
      }
      return;
    }
    default:
  }
}

/** Declares every name of a pattern. */
export function declarePattern(
  b: Builder,
  pattern: BindingPattern | BindingRestElement,
  form: 'const' | 'let' | 'using' | 'param' | 'catch',
  scope: Scope = b.scope,
): void {
  switch (pattern.type) {
    case 'Identifier':
      declare(b, pattern.name, form, spanOf(pattern), annotated(b, pattern.typeAnnotation), scope);
      return;
    case 'AssignmentPattern':
      declarePattern(b, pattern.left, form, scope);
      return;
    case 'RestElement':
      declarePattern(b, pattern.argument, form, scope);
      return;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) declarePattern(b, element, form, scope);
      return;
    case 'ObjectPattern':
      for (const property of pattern.properties) declarePattern(b, property.type === 'RestElement' ? property : property.value, form, scope);
  }
}

/** Declares the `var`s of a function body, wherever they stand in it. */
export function hoistVars(b: Builder, statements: Statements): void {
  for (const statement of statements) hoist(b, statement);
}

function hoist(b: Builder, statement: Statement | Directive | null | undefined): void {
  if (!statement) return;
  switch (statement.type) {
    case 'VariableDeclaration':
      if (statement.kind === 'var' && !statement.declare) for (const each of statement.declarations) declarePattern(b, each.id, 'let', hoistingScope(b));
      return;
    case 'ExportNamedDeclaration':
      if (statement.declaration?.type === 'VariableDeclaration') hoist(b, statement.declaration);
      return;
    case 'BlockStatement':
      hoistVars(b, statement.body);
      return;
    case 'IfStatement':
      hoist(b, statement.consequent);
      hoist(b, statement.alternate);
      return;
    case 'ForStatement':
      if (statement.init?.type === 'VariableDeclaration') hoist(b, statement.init);
      hoist(b, statement.body);
      return;
    case 'ForInStatement':
    case 'ForOfStatement':
      if (statement.left.type === 'VariableDeclaration') hoist(b, statement.left);
      hoist(b, statement.body);
      return;
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
    case 'WithStatement':
      hoist(b, statement.body);
      return;
    case 'TryStatement':
      hoist(b, statement.block);
      hoist(b, statement.handler?.body);
      hoist(b, statement.finalizer);
      return;
    case 'SwitchStatement':
      for (const each of statement.cases) hoistVars(b, each.consequent);
      return;
    default:
  }
}

function hoistingScope(b: Builder): Scope {
  let scope = b.scope;
  while (!scope.hoists && scope.parent) scope = scope.parent;
  return scope;
}
