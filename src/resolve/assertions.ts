/** Calls that look at values and keep nothing: what is handed to them goes nowhere. */
import { originOf } from '../model/code.js';
import type { Call, CallId, Value } from '../model/facts.js';
import type { FileIndex } from './file-index.js';
import { remembered } from '../model/remembered.js';
import { changesByName } from './methods.js';

const PACKAGES = new Set([
  'assert',
  'assert/strict',
  'node:assert',
  'node:assert/strict',
  'chai',
  '@hapi/code',
  'code',
  'expect',
  'expect.js',
  'power-assert',
  'should',
  'unexpected',
  '@jest/globals',
  '@playwright/test',
  'bun:test',
  'vitest',
]);
const NAMES = new Set(['expect', 'assert', 'strict', 'should', 'default', '*', 'module.exports']);
/** The runners that hand out more than assertions hand them out under a name of their own. */
const BY_NAME = new Set(['@jest/globals', '@playwright/test', 'bun:test', 'vitest']);
const GLOBALS = new Set(['expect', 'assert', 'console']);

/** `expect(x)`, `expect(x).resolves.toBe(y)`, `assert.equal(x, y)`, `console.log(x)`. */
export function isAssertion(index: FileIndex, call: Call): boolean {
  // `console.log.restore()` speaks to the stub that stands there.
  if (changesByName(call.callee)) return false;
  let root = call.callee;
  for (let steps = 0; steps < 12; steps++) {
    if (root.kind === 'member') {
      // `expect.getState()` tells which test runs.
      if (root.key === 'getState') return false;
      root = root.of;
    } else if (root.kind === 'result') {
      const inner = index.facts.calls[root.call];
      if (!inner) return false;
      root = inner.callee;
    } else break;
  }
  if (root.kind === 'outer') return GLOBALS.has(root.name);
  const origin = root.kind === 'ref' ? originOf(root.binding, index.facts) : undefined;
  if (!origin || !PACKAGES.has(origin.from)) return false;
  return NAMES.has(origin.name) && (!BY_NAME.has(origin.from) || origin.name === 'expect' || origin.name === 'assert');
}

/** `assert.throws(run)`, `expect(run).toThrow()`, `expect(run).to.throw(TypeError)` */
export function expectsThrow(index: FileIndex, id: CallId): boolean {
  const callee = index.facts.calls[id]?.callee;
  const names = [...(callee?.kind === 'member' && typeof callee.key === 'string' ? [callee.key] : []), ...index.chained(id)];
  return names.some((each) => /^(to)?throws?/i.test(each)) && !names.includes('not');
}

const FAILS = /^(rejects|throws|throw|rejected\w*|toThrow\w*|throws\w+)$/;

/** `expect(x).rejects.toThrow`, `t.throwsAsync`, `assert.rejects`, and of Code `expect(x).to.reject()` */
export const saysFailure = (value: Value): boolean =>
  value.kind === 'member' &&
  ((typeof value.key === 'string' && FAILS.test(value.key)) || (value.key === 'reject' && value.of.kind === 'member') || saysFailure(value.of));

/** Calls of the file that an assertion expects to fail: of `client.connect()` in `assert.rejects(client.connect())` and `expect(() => client.connect()).rejects`. */
export const expectedFailures = remembered(({ facts }: FileIndex): ReadonlySet<CallId> => {
  const out = new Set<CallId>();
  for (const { callee, args } of facts.calls) {
    if (!saysFailure(callee) || pathBack(callee).includes('not')) continue;
    let root = callee;
    while (root.kind === 'member') root = root.of;
    const [given] = root.kind === 'result' ? facts.calls[root.call]!.args : args;
    if (given?.value.kind === 'result') out.add(given.value.call);
    const within = given?.value.kind === 'fn' ? given.value.fn : undefined;
    const only = within === undefined ? [] : [...facts.calls.entries()].filter(([, each]) => each.in === within);
    if (only.length === 1) out.add(only[0]![0]);
  }
  return out;
});

/** `['toThrow', 'rejects']` */
const pathBack = (callee: Value): readonly unknown[] => (callee.kind === 'member' ? [callee.key, ...pathBack(callee.of)] : []);

/** A function, written out or by the name of the variable that it is bound to: `expect(() => ...)`, `assert.throws(run)`. */
export const isFunction = (index: FileIndex, value: Value): boolean =>
  value.kind === 'fn' || (value.kind === 'ref' && (index.writes.get(value.binding)?.some((write) => write.value.kind === 'fn') ?? false));
