import { describe, expect, test } from 'vitest';
import { factsOf, parseWithOxc } from '../../src/core.js';
import { indexOf } from '../../src/resolve/file-index.js';
import { neededOf } from '../../src/resolve/needs.js';
import type { Frame } from '../../src/model/abstract.js';

/** What the value returned by the innermost function called `inner` needs of the calls around it. */
function needed(source: string): string {
  const index = indexOf(factsOf('a.ts', source, parseWithOxc));
  const inner = index.facts.functions.findIndex((each) => each.name === 'inner');
  const frames = new Map<number, Frame>();
  const frameOf = (fn: number): Frame | undefined => {
    if (fn === 0) return undefined;
    const known = frames.get(fn);
    if (known) return known;
    const made: Frame = { file: 'a.ts', fn, args: [], scope: frameOf(index.facts.functions[fn]!.in ?? 0), depth: 1, ofTold: false, key: fn };
    frames.set(fn, made);
    return made;
  };
  const needs = neededOf(index, index.returns.get(inner)![0]!, frameOf(inner)!);
  return needs === undefined ? 'nothing' : needs === 'self' ? 'self' : (index.facts.functions[needs.fn]!.name ?? '?');
}

describe('what of the calls around it a value depends on', () => {
  test.each([
    ['a constant', `function inner(a) { return { port: 1 }; }`, 'nothing'],
    ['a parameter', `function inner(a) { return a.port; }`, 'inner'],
    ['a parameter of the function around it', `function outer(a) { function inner(b) { return [a]; } }`, 'outer'],
    ['a variable made from a parameter', `function inner(a) { const b = a + 1; const c = { b }; return c; }`, 'inner'],
    ['a variable that is assigned from a parameter later', `let kept; function inner(a) { kept = a; return kept; }`, 'inner'],
    ['a parameter only through a default', `function inner(a, b = a) { return b; }`, 'inner'],
    ['a function that closes over a parameter', `function outer(a) { function inner() { return () => a; } }`, 'outer'],
    ['a function with parameters of its own', `function outer(a) { function inner() { return (b) => b; } }`, 'nothing'],
    ['a call of a function with parameters of its own', `function make(a) { const b = a; return b; } function inner(c) { return make(1); }`, 'nothing'],
    ['an argument handed on', `function make(a) { return a; } function inner(c) { return make(c); }`, 'inner'],
    ['what is assigned to a member', `function inner(a) { const options = {}; options.port = a; return options.port; }`, 'inner'],
    ['a part of a URL that is assigned', `function inner(a) { const url = new URL('http://x/y'); url.pathname = a; return url; }`, 'inner'],
    ['what is put into a collection under a computed key', `function inner(a) { const kept = {}; kept[a] = a; return kept.b; }`, 'inner'],
    ['the object it belongs to', `class A { inner(a) { return this.port; } }`, 'self'],
    ['the object it belongs to, and a parameter', `class A { inner(a) { return this.port + a; } }`, 'inner'],
    ['an import and a global', `import { x } from './x'; function inner(a) { return x(process.env.Y); }`, 'nothing'],
  ])('%s', (_, source, shown) => {
    expect(needed(source)).toBe(shown);
  });
});
