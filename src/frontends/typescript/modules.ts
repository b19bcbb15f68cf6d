import type {
  Function as FunctionNode,
  ExportAllDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  ImportDeclaration,
  ModuleExportName,
  Statement,
  TSExportAssignment,
} from 'oxc-parser';
import { everyStep, isCommonExports } from '../../model/code.js';
import type { BindingId, Entry, Target, Value } from '../../model/facts.js';
import { collect, inScope, lookup, type Builder } from './builder.js';
import { value } from './expressions.js';
import { buildClass, buildFunction } from './functions.js';
import { declareBlock } from './hoist.js';
import { spanOf } from './spans.js';
import { statement, statements } from './statements.js';

const nameOf = (node: ModuleExportName): string => (node.type === 'Literal' ? node.value : node.name);

export function importDeclaration(b: Builder, node: ImportDeclaration): void {
  const from: Value = { kind: 'const', value: node.source.value, at: spanOf(node.source) };
  const at = spanOf(node);
  const typeOnly = node.importKind === 'type';
  if (node.specifiers.length === 0) {
    b.imports.push({ from, name: '*', form: typeOnly ? 'static' : 'side-effect', typeOnly, at });
    return;
  }
  for (const each of node.specifiers) {
    const name = each.type === 'ImportSpecifier' ? nameOf(each.imported) : each.type === 'ImportDefaultSpecifier' ? 'default' : '*';
    const binding = lookup(b, each.local.name)!;
    b.imports.push({ binding, from, name, form: 'static', typeOnly: typeOnly || (each.type === 'ImportSpecifier' && each.importKind === 'type'), at });
  }
}

export function importEquals(b: Builder, node: Extract<Statement, { type: 'TSImportEqualsDeclaration' }>): void {
  const binding = lookup(b, node.id.name);
  if (node.moduleReference.type !== 'TSExternalModuleReference') return;
  const source = node.moduleReference.expression;
  b.imports.push({
    ...(binding === undefined ? {} : { binding }),
    from: { kind: 'const', value: source.value, at: spanOf(source) },
    name: 'module.exports',
    form: 'require',
    typeOnly: node.importKind === 'type',
    at: spanOf(node),
  });
}

type ExportNode = ExportNamedDeclaration | ExportDefaultDeclaration | ExportAllDeclaration | TSExportAssignment;

export function exportDeclaration(b: Builder, node: ExportNode): void {
  const at = spanOf(node);
  switch (node.type) {
    case 'ExportAllDeclaration':
      if (node.exportKind === 'type') return;
      b.exports.push({ name: node.exported ? nameOf(node.exported) : '*', from: node.source.value, imported: '*', at });
      b.imports.push({ from: { kind: 'const', value: node.source.value, at: spanOf(node.source) }, name: '*', form: 'static', typeOnly: false, at });
      return;
    case 'TSExportAssignment':
      b.exports.push({ name: 'module.exports', value: value(b, node.expression), at });
      return;
    case 'ExportDefaultDeclaration':
      exportDefault(b, node);
      return;
    case 'ExportNamedDeclaration':
      if (node.declaration) {
        statement(b, node.declaration);
        for (const [name, binding] of declaredNames(b, node.declaration)) b.exports.push({ name, value: { kind: 'ref', binding, at }, at });
      }
      if (node.exportKind === 'type') return;
      if (node.source) {
        b.imports.push({ from: { kind: 'const', value: node.source.value, at: spanOf(node.source) }, name: '*', form: 'static', typeOnly: false, at });
        for (const each of node.specifiers)
          b.exports.push({ name: nameOf(each.exported), from: node.source.value, imported: nameOf(each.local), at: spanOf(each) });
        return;
      }
      for (const each of node.specifiers) {
        const binding = lookup(b, nameOf(each.local));
        if (binding !== undefined) b.exports.push({ name: nameOf(each.exported), value: { kind: 'ref', binding, at: spanOf(each) }, at: spanOf(each) });
      }
  }
}

function exportDefault(b: Builder, node: ExportDefaultDeclaration): void {
  const at = spanOf(node);
  const inner = node.declaration;
  if (inner.type === 'TSInterfaceDeclaration') return;
  if (inner.type === 'FunctionDeclaration' || inner.type === 'ClassDeclaration') {
    const binding = inner.id ? lookup(b, inner.id.name) : undefined;
    if (inner.type === 'ClassDeclaration' && inner.id) statement(b, inner);
    if (binding !== undefined) {
      b.exports.push({ name: 'default', value: { kind: 'ref', binding, at }, at });
      return;
    }
    const fn = inner.type === 'ClassDeclaration' ? buildClass(b, inner) : buildFunction(b, inner as FunctionNode, 'function');
    b.exports.push({ name: 'default', value: { kind: 'fn', fn, at: spanOf(inner) }, at });
    return;
  }
  b.exports.push({ name: 'default', value: value(b, inner), at });
}

function* declaredNames(b: Builder, node: Statement): Generator<[string, number]> {
  const named = (name: string): [string, number][] => {
    const binding = lookup(b, name);
    return binding === undefined ? [] : [[name, binding]];
  };
  switch (node.type) {
    case 'VariableDeclaration':
      for (const each of node.declarations) for (const name of patternNames(each.id)) yield* named(name);
      return;
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      if (node.id) yield* named(node.id.name);
      return;
    case 'TSEnumDeclaration':
      yield* named(node.id.name);
      return;
    case 'TSModuleDeclaration':
      if (node.id.type === 'Identifier') yield* named(node.id.name);
      return;
    default:
  }
}

type PatternNode = Extract<Statement, { type: 'VariableDeclaration' }>['declarations'][number]['id'];
function* patternNames(pattern: PatternNode): Generator<string> {
  switch (pattern.type) {
    case 'Identifier':
      yield pattern.name;
      return;
    case 'AssignmentPattern':
      yield* patternNames(pattern.left);
      return;
    case 'ArrayPattern':
      for (const each of pattern.elements) if (each) yield* patternNames(each.type === 'RestElement' ? each.argument : each);
      return;
    case 'ObjectPattern':
      for (const each of pattern.properties) yield* patternNames(each.type === 'RestElement' ? each.argument : each.value);
  }
}

/** An enum is a record of its members; members without a value count up from the one before. */
export function enumeration(b: Builder, node: Extract<Statement, { type: 'TSEnumDeclaration' }>): void {
  if (node.declare) return;
  const binding = lookup(b, node.id.name);
  const at = spanOf(node);
  const entries: Entry[] = [];
  let next: number | undefined = 0;
  for (const each of node.body.members) {
    const key = each.id.type === 'Identifier' ? each.id.name : each.id.type === 'Literal' ? each.id.value : undefined;
    if (key === undefined) continue;
    const initial: Value = each.initializer
      ? value(b, each.initializer)
      : next === undefined
        ? { kind: 'opaque', at }
        : { kind: 'const', value: next, at: spanOf(each) };
    entries.push({ key, value: initial });
    next = initial.kind === 'const' && typeof initial.value === 'number' ? initial.value + 1 : undefined;
  }
  if (binding !== undefined) bindRecord(b, { kind: 'binding', binding, at }, entries);
}

/** A namespace is a record of what it exports; its body runs where it stands. */
export function namespace(b: Builder, node: Extract<Statement, { type: 'TSModuleDeclaration' }>): void {
  if (node.declare || node.body?.type !== 'TSModuleBlock' || node.id.type !== 'Identifier') return;
  const binding = lookup(b, node.id.name);
  const body = node.body.body;
  const entries: Entry[] = [];
  const outerExports = b.exports.length;
  const steps = collect(b, () =>
    inScope(b, () => {
      declareBlock(b, body);
      statements(b, body);
    }),
  );
  for (const each of b.exports.splice(outerExports)) if ('value' in each) entries.push({ key: each.name, value: each.value });
  b.steps.push(...steps);
  if (binding !== undefined) bindRecord(b, { kind: 'binding', binding, at: spanOf(node) }, entries);
}

function bindRecord(b: Builder, to: Target, entries: readonly Entry[]): void {
  b.steps.push({ do: 'bind', to, value: { kind: 'record', entries, at: to.at }, declares: true, at: to.at });
}

/** `const all = module.exports; all.open = () => {};`: what the variable is given is exported. */
export function exportedByName(b: Builder): void {
  const binds = everyStep(b.functions[0]!.body).flatMap((step) => (step.do === 'bind' ? [step] : []));
  // `const all = (module.exports = {})` binds the object that the export names.
  const isCommon = (given: Value): boolean =>
    isCommonExports(given) || b.exports.some((each) => each.name === 'module.exports' && 'value' in each && each.value === given);
  const names = new Set<BindingId>();
  for (const { to, value: given } of binds) {
    if (to.kind !== 'binding') continue;
    if (isCommon(given)) names.add(to.binding);
    else names.delete(to.binding);
  }
  for (const { to, value: given, op, at } of binds)
    if (to.kind === 'member' && to.of.kind === 'ref' && names.has(to.of.binding) && typeof to.key === 'string' && op === undefined)
      b.exports.push({ name: to.key, value: given, at });
}
