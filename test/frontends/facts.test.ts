import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { factsOf, parseWithOxc } from '../../src/frontends/typescript/index.js';
import type { Parse } from '../../src/frontends/typescript/parse.js';
import { loadParseWithEstree } from './parse-estree.js';
import type { FileFacts, Fn, Step, Target, Value } from '../../src/model/facts.js';

const read = (path: string, text: string): FileFacts => factsOf(path, text, parseWithOxc);

/** Values and steps as short text, so that a table can show them: `bind a = f#0(1)`. */
function written(facts: FileFacts): { value(value: Value): string; steps(steps: readonly Step[]): string } {
  const key = (each: string | Value): string => (typeof each === 'string' ? each : `[${value(each)}]`);
  const call = (id: number): string => {
    const { callee, args, form, waited } = facts.calls[id]!;
    const shown = `${form === 'call' ? '' : `${form} `}${value(callee)}(${args.map((each) => value(each.value)).join(', ')})`;
    return waited === 'sync' ? shown : `${waited} ${shown}`;
  };
  const target = (to: Target): string => {
    if (to.kind === 'binding') return facts.bindings[to.binding]!.name;
    if (to.kind === 'member') return `${value(to.of)}.${key(to.key)}`;
    const parts = to.parts.map((part) => `${part.path.join('.') || '?'}: ${target(part.to)}${part.default ? ` = ${value(part.default)}` : ''}`);
    return `{ ${[...parts, ...(to.rest ? [`...${target(to.rest)}`] : [])].join(', ')} }`;
  };
  function value(each: Value): string {
    switch (each.kind) {
      case 'const':
        return each.as === 'undefined' ? 'undefined' : typeof each.value === 'string' && each.as === undefined ? `'${each.value}'` : String(each.value);
      case 'text':
        return `text(${each.parts.map(value).join(', ')})`;
      case 'ref':
        return facts.bindings[each.binding]!.name;
      case 'outer':
        return `@${each.name}`;
      case 'member':
        return `${value(each.of)}.${key(each.key)}`;
      case 'result':
        return call(each.call);
      case 'fn':
        return `fn${each.fn}`;
      case 'record':
        return `{ ${each.entries.map((entry) => ('spread' in entry ? `...${value(entry.spread)}` : `${entry.getter ? 'get ' : ''}${key(entry.key)}: ${value(entry.value)}`)).join(', ')} }`;
      case 'list':
        return `[${each.items.map(value).join(', ')}]`;
      case 'spread':
        return `...${value(each.of)}`;
      case 'choice':
        return `${each.by}(${[...(each.test ? [each.test] : []), ...each.of].map(value).join(', ')})`;
      case 'op':
        return `${each.op}(${each.args.map(value).join(', ')})`;
      default:
        return each.kind;
    }
  }
  function steps(list: readonly Step[]): string {
    return list.map(step).join('; ');
  }
  function step(each: Step): string {
    switch (each.do) {
      case 'bind':
        return `${target(each.to)} ${each.op ?? '='} ${value(each.value)}`;
      case 'unbind':
        return `delete ${target(each.target)}`;
      case 'call':
        return `call ${call(each.call)}`;
      case 'branch':
        return `if ${value(each.test)} {${steps(each.then)}} else {${steps(each.else)}}`;
      case 'loop':
        return `loop${each.over && each.each ? ` ${target(each.each)} of ${value(each.over)}` : ''} {${steps(each.body)}}`;
      case 'try':
        return `try {${steps(each.body)}}${each.catch ? ` catch${each.error ? ` ${target(each.error)}` : ''} {${steps(each.catch)}}` : ''}${each.finally ? ` finally {${steps(each.finally)}}` : ''}`;
      case 'scope':
        return `${each.async ? 'await ' : ''}using ${each.to ? target(each.to) : '_'} {${steps(each.body)}}`;
      case 'exit':
        return `${each.how}${each.value ? ` ${value(each.value)}` : ''}`;
    }
  }
  return { value, steps };
}

const body = (text: string, path = 'a.ts'): string => {
  const facts = read(path, text);
  return written(facts).steps(facts.functions[0]!.body);
};
const fn = (text: string, id = 1): { readonly facts: FileFacts; readonly fn: Fn; readonly steps: string } => {
  const facts = read('a.ts', text);
  const found = facts.functions[id]!;
  return { facts, fn: found, steps: written(facts).steps(found.body) };
};

const constructs: readonly (readonly [what: string, text: string, steps: string])[] = [
  ['a constant', `const a = 1;`, `a = 1`],
  ['several of one kind', `let a = 1, b, c = a;`, `a = 1; c = a`],
  ['literals', `const a = [null, undefined, true, 10n, /x/g, -1];`, `a = [null, undefined, true, 10, /x/g, -1]`],
  ['a template', 'const a = `x${b}y`;', `a = text('x', @b, 'y')`],
  ['a template without holes', 'const a = `x`;', `a = 'x'`],
  ['text that is put together', `const a = 'x' + b + 1;`, `a = text('x', @b, 1)`],
  ['a sum', `const a = b + 1;`, `a = +(@b, 1)`],
  ['a choice by null', `const a = b ?? 'x';`, `a = nullish(@b, 'x')`],
  ['a choice by falsehood', `const a = b || 'x';`, `a = falsy(@b, 'x')`],
  ['a condition', `const a = b ? 1 : 2;`, `a = test(@b, 1, 2)`],
  ['a member', `const a = b.c['d'][e];`, `a = @b.c.d.[@e]`],
  ['an optional member', `const a = b?.c?.();`, `call @b.c(); a = @b.c()`],
  ['assertions of types', `const a = <A>(b as B)! satisfies C;`, `a = @b`],
  ['an object', `const a = { b, c: 1, [d]: 2, ...e, f() {}, get g() { return 1; } };`, `a = { b: @b, c: 1, [@d]: 2, ...@e, f: fn1, get g: fn2 }`],
  ['an array', `const a = [1, ...b, , 2];`, `a = [1, ...@b, undefined, 2]`],
  ['destructuring', `const { a, b: { c = 1 }, ...d } = e;`, `{ a: a, b: { c: c = 1 }, ...d } = @e`],
  ['destructuring of a list', `const [a, , [b], ...c] = d;`, `{ 0: a, 2: { 0: b }, ...c } = @d`],
  ['an assignment to a member', `process.env.A = 'x';`, `@process.env.A = 'x'`],
  ['an assignment with an operator', `let a; a += 1; a++; a ??= b;`, `a += 1; a ++ opaque; if opaque {a ??= @b} else {}`],
  ['an undeclared name', `a = 1;`, `@globalThis.a = 1`],
  ['delete', `delete process.env.A;`, `delete @process.env.A`],
  ['calls', `f(1, ...a); new F();`, `call floating @f(1, ...@a); call floating new @F()`],
  ['an awaited call', `const a = await f();`, `call awaited @f(); a = awaited @f()`],
  ['an awaited call that is assigned', `let a; a = await f();`, `call awaited @f(); a = awaited @f()`],
  ['a call that is assigned', `let a; a = f();`, `call @f(); a = @f()`],
  ['calls that nobody takes', `f(); a && g(); void h();`, `call floating @f(); if @a {call floating @g()} else {}; call floating @h()`],
  ['an awaited call behind a condition', `a && (await f());`, `if @a {call awaited @f()} else {}`],
  ['a tag', 'const a = sql`x${b}`;', `call tag @sql(text('x', @b)); a = tag @sql(text('x', @b))`],
  ['if', `if (a) f(); else g();`, `if @a {call floating @f()} else {call floating @g()}`],
  ['a call behind a condition', `const a = b && f();`, `if @b {call @f()} else {}; a = truthy(@b, @f())`],
  ['loops', `for (const a of b) f(a); while (c) g();`, `loop a of @b {call floating @f(a)}; loop {call floating @g()}`],
  ['a counting loop', `for (let i = 0; i < 2; i++) f(i);`, `i = 0; loop {call floating @f(i); i ++ opaque}`],
  ['switch', `switch (a) { case 1: f(); break; default: g(); }`, `if ===(@a, 1) {call floating @f(); break} else {call floating @g()}`],
  ['try', `try { f(); } catch (e) { g(e); } finally { h(); }`, `try {call floating @f()} catch e {call floating @g(e)} finally {call floating @h()}`],
  ['throw', `throw new Error('x');`, `call new @Error('x'); throw new @Error('x')`],
  ['using', `{ using a = f(); g(a); }`, `call @f(); using a {a = @f(); call floating @g(a)}`],
  ['await using', `await using a = f();`, `call @f(); await using a {a = @f()}`],
  ['an enum', `enum A { B = 'b', C = 2, D }`, `A = { B: 'b', C: 2, D: 3 }`],
  ['a namespace', `namespace A { export const b = 1; }`, `b = 1; A = { b: b }`],
  ['a declared variable', `declare const a: string; f(a);`, `call floating @f(@a)`],
  ['hoisted functions', `f(); function f() {}`, `f = fn1; call floating f()`],
  ['a hoisted var', `if (a) { var b = 1; } f(b);`, `if @a {b = 1} else {}; call floating @f(b)`],
  ['a dynamic import', `const a = await import('./a');`, `call awaited @import('./a'); a = awaited @import('./a')`],
  ['import.meta', `const a = import.meta.url;`, `a = @import.meta.url`],
  ['yield elsewhere', `function* f() { const a = yield b; }`, `f = fn1`],
];

describe('what a construct becomes', () => {
  test.each(constructs.map((row) => [...row] as const))('%s', (_, text, steps) => {
    expect(body(text)).toBe(steps);
  });

  test('a function with parameters of all forms', () => {
    const { fn: made, facts } = fn(`async function f(a: Pool, { b = 1, ...c }, d = 2, ...e) {}`);
    expect(made).toMatchObject({ kind: 'function', name: 'f', async: true, generator: false, arrow: false });
    expect(made.params.map((each) => [each.target.kind, each.default?.kind, each.rest])).toEqual([
      ['binding', undefined, undefined],
      ['pattern', undefined, undefined],
      ['binding', 'const', undefined],
      ['binding', undefined, true],
    ]);
    expect(facts.bindings.find((each) => each.name === 'a')?.type).toEqual({ root: 'Pool', path: [] });
  });

  test('an arrow returns its expression', () => expect(fn(`const f = (a) => a.b;`).steps).toBe('return a.b'));
  test('what is returned is waited for by the caller', () => expect(fn(`const f = () => g();`).steps).toBe('call returned @g(); return returned @g()'));

  test('a class', () => {
    const { fn: made } = fn(
      `class A extends B { static #a = 1; b: Pool; constructor(private c: Redis) { super(c); } get d() { return this.#a; } static { f(); } @e() g() {} }`,
    );
    expect(made).toMatchObject({ kind: 'class', name: 'A' });
    expect(made.bases?.map((each) => each.kind)).toEqual(['outer']);
    expect(made.members?.map((each) => [each.key, each.static, each.form, each.type?.root])).toEqual([
      ['#a', true, 'field', undefined],
      ['b', false, 'field', 'Pool'],
      ['constructor', false, 'method', undefined],
      ['d', false, 'get', undefined],
      ['g', false, 'method', undefined],
    ]);
  });

  test('a private name is read under its own key', () => expect(fn(`class A { #a = 1; b() { return this.#a; } }`, 2).steps).toBe('return self.#a'));

  test('imports', () => {
    const facts = read(
      'a.ts',
      `import a, { b as c, type D } from 'x'; import * as e from 'y'; import 'z'; import type { F } from 'w'; import g = require('v'); const h = require('u');`,
    );
    expect(
      facts.imports.map((each) => [each.name, each.form, each.typeOnly, each.binding === undefined ? undefined : facts.bindings[each.binding]?.name]),
    ).toEqual([
      ['default', 'static', false, 'a'],
      ['b', 'static', false, 'c'],
      ['D', 'static', true, 'D'],
      ['*', 'static', false, 'e'],
      ['*', 'side-effect', false, undefined],
      ['F', 'static', true, 'F'],
      ['module.exports', 'require', false, 'g'],
      ['*', 'require', false, undefined],
    ]);
  });

  test('exports', () => {
    const facts = read(
      'a.ts',
      `export const a = 1; export { a as b }; export default 2; export * from './c'; export * as d from './d'; export { e as f } from './e'; export function g() {}`,
    );
    expect(facts.exports.map((each) => [each.name, 'from' in each ? [each.from, each.imported] : each.value.kind])).toEqual([
      ['a', 'ref'],
      ['b', 'ref'],
      ['default', 'const'],
      ['*', ['./c', '*']],
      ['d', ['./d', '*']],
      ['f', ['./e', 'e']],
      ['g', 'ref'],
    ]);
  });

  test('exports of CommonJS', () => {
    const facts = read('a.cjs', `module.exports = { a: 1 }; exports.b = 2; module.exports.c = 3;`);
    expect(facts.exports.map((each) => each.name)).toEqual(['module.exports', 'b', 'c']);
    const named = (text: string) => read('a.cjs', text).exports.map((each) => each.name);
    expect(named(`const all = module.exports; all.a = 1; const { b } = all; other.c = 3;`)).toEqual(['a']);
    expect(named(`const all = exports; all.a = 1; function later() { all.b = 2; }`)).toEqual(['a']);
    expect(named(`const all = (module.exports = {}); all.a = 1;`)).toEqual(['module.exports', 'a']);
    expect(named(`let all = module.exports; all = {}; all.a = 1;`)).toEqual([]);
  });

  test('comments that speak to us', () => {
    const facts = read(
      'a.ts',
      `// isolation-audit-ignore-next-line fixed-port, isolation-audit/shared-path -- the contract\nlisten(1); // isolation-audit-ignore\n`,
    );
    expect(facts.directives).toMatchObject([
      { rules: ['fixed-port', 'shared-path'], reason: 'the contract', line: 2 },
      { rules: [], reason: '', line: 2 },
    ]);
  });

  test('text that is no program is a gap', () => expect(read('a.ts', `const = ;`).gaps).toMatchObject([{ why: 'syntax' }]));
});

/** By extension, something that only files of that kind can hold. */
const extensions: readonly (readonly [extension: string, text: string])[] = [
  ['ts', `const a = <string>b; enum A { B }`],
  ['tsx', `const a: string = b; const c = <div>{f()}</div>;`],
  ['mts', `import a from './a.mjs'; const b: string = a; await f();`],
  ['cts', `import a = require('./a.cjs'); const b: string = a; export = b;`],
  ['js', `const a = <div>{f()}</div>;`],
  ['jsx', `const a = <A {...b}>{f()}</A>;`],
  ['mjs', `import a from './a.mjs'; await f(a);`],
  ['cjs', `const a = require('./a.cjs'); if (a) return; f();`],
];

describe('files of every extension', () => {
  let withEstree: Parse;
  beforeAll(async () => {
    withEstree = await loadParseWithEstree();
  });

  test.each(extensions.map((row) => [...row] as const))('.%s', (extension, text) => {
    const facts = read(`a.${extension}`, text);
    expect(facts.gaps).toEqual([]);
    expect(facts.functions[0]!.body.length).toBeGreaterThan(0);
    expect(factsOf(`a.${extension}`, text, withEstree)).toEqual(facts);
  });

  test.each(constructs.map(([what, text]) => [what, text] as const))('the other parser says the same of %s', (_, text) => {
    expect(factsOf('a.ts', text, withEstree)).toEqual(read('a.ts', text));
  });
});

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['fixtures', 'src']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path).replaceAll('\\', '/')))
  .filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !path.includes('node_modules/'))
  .sort();
/** Some two hundred, spread over all folders. */
const sample = sources.filter((_, index) => index % Math.ceil(sources.length / 200) === 0);

describe('facts of real files', () => {
  const facts = sample.map((path) => {
    const text = readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '');
    return { path, text, facts: read(path, text) };
  });

  test('there are enough', () => expect(sample.length).toBeGreaterThan(150));

  test('survive JSON', () => {
    for (const each of facts) expect(JSON.parse(JSON.stringify(each.facts)), each.path).toEqual(each.facts);
  });

  test('have no gap', () => {
    for (const each of facts) expect(each.facts.gaps, each.path).toEqual([]);
  });

  test('are the same from the other parser', async () => {
    const withEstree = await loadParseWithEstree();
    const different = facts.filter((each) => JSON.stringify(factsOf(each.path, each.text, withEstree)) !== JSON.stringify(each.facts));
    expect(different.map((each) => each.path)).toEqual([]);
  });
});
