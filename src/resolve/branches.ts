/** Which ways of a branch a call takes, as far as its arguments say, and what there only fills in what is missing. */
import { constantOf, type Abstract, type Frame } from '../model/abstract.js';
import { baseOf } from '../model/code.js';
import type { Span, Step, Value } from '../model/facts.js';
import { globalPath } from './cells.js';
import { chain } from './chain.js';
import { isOfOthers } from './environment.js';
import { showsErased, SOME_TEXT, UNSURE } from './erasure.js';
import { isFromOutside } from './evaluate.js';
import { truth } from './operators.js';
import { selfOf } from './frames.js';
import { isKept } from './kept-by-setup.js';
import type { FileIndex } from './file-index.js';
import type { Resolver } from './resolver.js';

type Branch = Extract<Step, { do: 'branch' }>;

/**
 * Whether the condition holds, where it asks for what the runner sets, for an argument, for a constant made of one, or for what an object was given
 * when it was made: `process.env.NODE_ENV === 'test'`, `typeof options === 'string'`, `if (client)`, `if (this.serves)`, `folder !== OWN`.
 * `'erased'` where the argument is not looked at yet.
 */
export function decided(r: Resolver, test: Value, file: string, frame: Frame | undefined): boolean | 'erased' | undefined {
  const set = ofRunner(r, test, file);
  if (set !== undefined) return set;
  if (frame === undefined) return undefined;
  const asked = (value: Value): Abstract | undefined => (isArgument(r, value, file) || isSetAtBirth(r, value, frame) ? r.value(value, file, frame) : undefined);
  const answer = (value: Abstract | undefined, say: (known: Abstract) => boolean | undefined): boolean | 'erased' | undefined =>
    value && (say(value) ?? (value === UNSURE || !showsErased(value) ? undefined : 'erased'));
  switch (test.kind) {
    case 'ref':
    case 'member':
      return isKept(r, test, file, frame) || answer(asked(test), truth);
    case 'choice': {
      if (test.by !== 'truthy' && test.by !== 'falsy') return undefined;
      const [left, right] = test.of.map((each) => decided(r, each, file, frame));
      const enough = test.by === 'falsy';
      if (left === 'erased' || right === 'erased') return 'erased';
      return left === enough || right === enough ? enough : left === !enough && right === !enough ? !enough : undefined;
    }
    case 'op': {
      const [left, right] = test.args;
      if (test.op === '!') {
        const inner = left && decided(r, left, file, frame);
        return typeof inner === 'boolean' ? !inner : inner;
      }
      if (!/^[!=]==?$/.test(test.op) || !left || !right) return undefined;
      if (right.kind !== 'const') {
        if (!(isArgument(r, left, file) || isArgument(r, right, file)) || ![left, right].every((each) => isFixed(r, each, file))) return undefined;
        const sides = [left, right].map((each) => r.value(each, file, frame));
        if (sides.some(showsErased)) return 'erased';
        const [one, other] = sides.map(plain);
        return one === undefined || other === undefined ? undefined : (one === other) === test.op.startsWith('=');
      }
      const typed = left.kind === 'op' && left.op === 'typeof' ? left.args[0] : undefined;
      return answer(asked(typed ?? left), (known) => {
        const isSame = typed ? isOfType(known, right.value) : known.kind === 'const' ? isEqual(known.value, right, test.op) : undefined;
        return isSame === undefined ? undefined : isSame === test.op.startsWith('=');
      });
    }
    default:
      return undefined;
  }
}

/** `process.env.NODE_ENV !== 'test'`, written there or kept by a constant of the file: the runner answers before any test runs. */
function ofRunner(r: Resolver, test: Value, file: string): boolean | undefined {
  const index = r.index(file);
  if (test.kind === 'ref') {
    const [write, ...others] = index?.writes.get(test.binding) ?? [];
    const isKept = index?.facts.bindings[test.binding]?.form === 'const' && write !== undefined && others.length === 0 && write.path.length === 0;
    return isKept && write.value.kind === 'op' ? ofRunner(r, write.value, file) : undefined;
  }
  if (test.kind !== 'op') return undefined;
  const [left, right] = test.args;
  if (test.op === '!') {
    const inner = left && ofRunner(r, left, file);
    return inner === undefined ? undefined : !inner;
  }
  const [, name] = /^process\.env\.(\w+)$/.exec((/^[!=]==?$/.test(test.op) && left && chain(left)) || '') ?? [];
  if (!left || right?.kind !== 'const' || name === undefined || r.runner.vocabulary.sets?.[name] === undefined) return undefined;
  const known = constantOf(r.value(left, file, undefined));
  return known === undefined ? undefined : (known === right.value) === test.op.startsWith('=');
}

/** `process.env.FOLDER`, which the tests set before any of them runs, to whatever. */
function ofTests(r: Resolver, test: Value, file: string): true | undefined {
  const last = test.kind === 'member' && typeof test.key === 'string' ? r.early.variables.get(test.key)?.at(-1) : undefined;
  if (!last || test.kind !== 'member' || globalPath(r.value(test.of, file, undefined))?.join('.') !== 'process.env') return undefined;
  if (last.write.op !== undefined || !isAlways(r.index(last.file)!, last.write.fn, last.write.at)) return undefined;
  const value = r.value(last.write.value, last.file, last.frame);
  return (value.kind === 'const' ? Boolean(value.value) : value.kind !== 'oneOf' && truth(value) !== false) || undefined;
}

/** What a function may give back: what stands behind a condition that the runner or the tests answer otherwise is none of it. */
export function reachableReturns(r: Resolver, index: FileIndex, fn: number): readonly Value[] {
  const out: Value[] = [];
  const ends = (steps: readonly Step[]): boolean =>
    steps.some((step): boolean => {
      switch (step.do) {
        case 'exit':
          if (step.how === 'return' && step.value) out.push(step.value);
          return step.how === 'return' || step.how === 'throw';
        case 'branch': {
          const sure = ofRunner(r, step.test, index.facts.path) ?? ofTests(r, step.test, index.facts.path);
          const [then, other] = [sure !== false && ends(step.then), sure !== true && ends(step.else)];
          return sure === undefined ? then && other : then || other;
        }
        case 'try':
          ends(step.body);
          if (step.catch) ends(step.catch);
          return step.finally !== undefined && ends(step.finally);
        case 'scope':
          return ends(step.body);
        case 'loop':
          ends(step.body);
          return false;
        default:
          return false;
      }
    });
  ends(index.facts.functions[fn]?.body ?? []);
  return out;
}

/** The text of a value; of a variable that nobody is known to set for the tests, that of its default. */
function plain(value: Abstract): string | undefined {
  const [known, ...others] = (value.kind === 'oneOf' ? value.of : [value]).filter((each) => !isFromOutside(each) && !isOfOthers(each));
  return others.length > 0 ? undefined : constantOf(known);
}

function isOfType(known: Abstract, name: unknown): boolean | undefined {
  const type = typeName(known);
  return type === undefined ? undefined : type === name;
}

/** As `===` has it; `==` tells nothing from null. */
function isEqual(given: unknown, { value, as }: Extract<Value, { kind: 'const' }>, op: string): boolean {
  const other = as === 'undefined' ? undefined : value;
  return op.length === 3 ? given === other : (given ?? null) === (other ?? null);
}

function isArgument(r: Resolver, value: Value, file: string): boolean {
  const root = baseOf(value);
  const form = root.kind === 'ref' ? r.index(file)?.facts.bindings[root.binding] : undefined;
  return form !== undefined && form.in !== 0 && (form.form === 'param' || form.form === 'const');
}

/** It is never given another value. */
function isFixed(r: Resolver, value: Value, file: string): boolean {
  const binding = value.kind === 'ref' ? r.index(file)?.facts.bindings[value.binding] : undefined;
  return binding !== undefined && (binding.form === 'param' || binding.form === 'const' || binding.form === 'import');
}

/** `this.serves` of an object that is being made or asked, where its constructor, and nothing else in its file, writes it, whatever it is given. */
function isSetAtBirth(r: Resolver, value: Value, frame: Frame): boolean {
  const self = selfOf(frame);
  if (value.kind !== 'member' || value.of.kind !== 'self' || typeof value.key !== 'string' || self?.kind !== 'instance') return false;
  const index = r.index(self.file);
  const constructor = index?.facts.functions[self.fn]!.members?.find(({ key }) => key === 'constructor')?.value;
  const writes = index?.memberWrites.get(value.key) ?? [];
  return (
    constructor?.kind === 'fn' &&
    writes.length > 0 &&
    writes.every(({ fn, of, op, at }) => fn === constructor.fn && of.kind === 'self' && op === undefined && isAlways(index!, fn, at))
  );
}

/** Written by a step of the function itself, in no branch or loop of it. */
export const isAlways = ({ facts }: FileIndex, fn: number, at: Span): boolean =>
  facts.functions[fn]!.body.some((step) => (step.do === 'bind' || step.do === 'call') && step.at[0] === at[0]);

function typeName(value: Abstract): string | undefined {
  if (value === SOME_TEXT) return 'string';
  switch (value.kind) {
    case 'handle':
    case 'instance':
    case 'record':
    case 'list':
      return 'object';
    case 'fn':
      return 'function';
    case 'text':
      return 'string';
    case 'const':
      return value.value === null ? 'object' : typeof value.value;
    default:
      return undefined;
  }
}

/** The two ways of a branch, without what only fills in a missing property: `if (!orders.find) orders.find = vi.fn()`. */
export function waysOf({ test, then, else: other }: Branch): readonly (readonly Step[])[] {
  const missing = missingIn(test);
  return missing === undefined ? [then, other] : missing.isThen ? [without(then, missing.name), other] : [then, without(other, missing.name)];
}

/** `orders.find ??= vi.fn()`; of the environment a default is a value like any other. */
export const fillsIn = (op: string | undefined, of: Value): boolean => (op === '??=' || op === '||=') && !isEnvironment(chain(of));

const isEnvironment = (name: string | undefined): boolean => name?.startsWith('process.env') === true;

const without = (steps: readonly Step[], name: string): readonly Step[] =>
  steps.filter((step) => step.do !== 'bind' || step.to.kind !== 'member' || typeof step.to.key !== 'string' || `${chain(step.to.of)}.${step.to.key}` !== name);

/** The member that a condition asks for, and on which of its ways it is missing. */
function missingIn(test: Value): { readonly name: string; readonly isThen: boolean } | undefined {
  if (test.kind === 'member') return named(test, false);
  if (test.kind !== 'op') return undefined;
  const [left, right] = test.args;
  if (!left) return undefined;
  if (test.op === '!') {
    const inner = missingIn(left);
    return inner && { ...inner, isThen: !inner.isThen };
  }
  const isEqual = /^===?$/.test(test.op);
  if (!right || !(isEqual || /^!==?$/.test(test.op)) || right.kind !== 'const') return undefined;
  if (left.kind === 'op' && left.op === 'typeof') return right.value === 'undefined' && left.args[0] ? named(left.args[0], isEqual) : undefined;
  return right.as === 'undefined' || right.value === null ? named(left, isEqual) : undefined;
}

function named(value: Value, isThen: boolean): { readonly name: string; readonly isThen: boolean } | undefined {
  const name = value.kind === 'member' ? chain(value) : undefined;
  return name === undefined || isEnvironment(name) ? undefined : { name, isThen };
}
