import { describe, expect, test } from 'vitest';
import { factsOf, parseWithOxc, runners } from '../../src/core.js';
import { catalogue } from '../../src/catalogue/index.js';
import { createLibrary } from '../../src/catalogue/library.js';
import { isAssertion } from '../../src/resolve/assertions.js';
import { indexOf } from '../../src/resolve/file-index.js';
import { createInertness } from '../../src/resolve/inert.js';
import { createResolver } from '../../src/resolve/create-resolver.js';
import type { Sources } from '../../src/model/abstract.js';

/** Whether the last call of the file surely does nothing; `./pure` cannot act on anything, `./acts` can. */
function isInert(source: string): boolean {
  const facts = factsOf('a.test.ts', source, parseWithOxc);
  const sources: Sources = {
    facts: (path) => (path === 'a.test.ts' ? facts : undefined),
    resolveImport: (_, specifier) => (specifier.startsWith('./') ? { file: `${specifier.slice(2)}.ts` } : { package: specifier }),
    data: () => undefined,
    environment: () => [],
  };
  const { vocabulary } = runners.find((each) => each.id === 'jest')!;
  const resolver = createResolver(sources, createLibrary(catalogue), { vocabulary, workerIds: [], setupFiles: [] }, new Map());
  return createInertness(resolver, (path) => path === 'acts.ts')('a.test.ts', facts.calls.length - 1);
}

describe('calls that surely do nothing', () => {
  test.each([
    ['an assertion', `import { sum } from './pure'; expect(sum(1)).toBe(2);`],
    ['a helper of the file', `const make = (a) => ({ a: String(a) }); make(1);`],
    ['a callback', `[1, 2].map((each) => each + 1);`],
  ])('%s', (_, source) => {
    expect(isInert(source)).toBe(true);
  });

  test.each([
    ['a word of the runner', `test('x', () => {});`],
    ['a client', `import pg from 'pg'; const pool = new pg.Pool(); pool.query('select 1');`],
    ['a file that acts', `import { act } from './acts'; act();`],
    ['a file that acts, handed to one that does not', `import { act } from './acts'; import { run } from './pure'; run(() => act());`],
    ['a parameter', `function f(client) { client.query('x'); }`],
    ['a method of this', `class A { run() { this.client.query('x'); } }`],
    ['a helper that assigns to a global', `function freeze() { Date.now = () => 0; } freeze();`],
    ['a helper that assigns through Object', `function patch() { Object.assign(Date.prototype, {}); } patch();`],
    ['a helper that fills what the module keeps', `const kept = new Map(); function keep() { kept.set('a', 1); } keep();`],
    ['a helper that fills a variable for other tests', `let user; function make() { user = 1; } make();`],
    ['a helper that reads what other tests fill', `let user; user = 2; function show() { return user; } show();`],
    ['something unknown being closed', `import { thing } from './pure'; thing.close();`],
    ['something unknown being restored', `import { thing } from './pure'; function undo() { thing.restore(); } undo();`],
    ['the environment', `function set() { return process.env; } set();`],
    ['a module loaded by a call', `require('./acts');`],
  ])('but not %s', (_, source) => {
    expect(isInert(source)).toBe(false);
  });
});

/** Whether the last call of the file only looks at values. */
function looksOnly(source: string): boolean {
  const index = indexOf(factsOf('a.test.ts', source, parseWithOxc));
  return isAssertion(index, index.facts.calls.at(-1)!);
}

describe('calls that look at values and keep nothing', () => {
  test.each([
    ['a global expect', `expect(pool).toBeDefined()`],
    ['a chain of it', `expect(pool).resolves.not.toBe(1)`],
    ['an imported expect', `import { expect } from 'vitest'; expect(pool)`],
    ['assertions of Node', `import assert from 'node:assert'; assert.strictEqual(pool, 1)`],
    ['a log', `console.log(pool)`],
  ])('%s', (_, source) => {
    expect(looksOnly(source)).toBe(true);
  });

  test.each([
    ['another word of the runner', `import { vi } from 'vitest'; vi.fn(pool)`],
    ['a helper called like one', `import { expect } from './own'; expect(pool)`],
    ['a stub that stands in a member', `console.log.restore()`],
    ['a call inside it', `expect(await pool.query('x')); pool.query('y')`],
  ])('but not %s', (_, source) => {
    expect(looksOnly(source)).toBe(false);
  });
});
