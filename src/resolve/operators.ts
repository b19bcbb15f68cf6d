/** What operators make of values: choices between two, arithmetic, comparisons. It asks for no name itself. */
import type { Abstract, Frame } from '../model/abstract.js';
import { constantOf, unknown } from '../model/abstract.js';
import type { Value } from '../model/facts.js';
import type { Hole } from '../model/names.js';
import { WORKING_DIRECTORY } from '../model/paths.js';
import { counted } from './counters.js';
import { SOME_TEXT } from './erasure.js';
import { place, type Resolver } from './resolver.js';
import { concat, oneOf, toNumber } from './text.js';

/** `a || b`, `a ?? b`, `a ? b : c`: what may come of it. */
export function choice(r: Resolver, value: Extract<Value, { kind: 'choice' }>, file: string, frame: Frame | undefined): Abstract {
  const left = r.value(value.of[0], file, frame);
  if (value.by === 'test') {
    const test = value.test ? truth(r.value(value.test, file, frame)) : undefined;
    if (test === true) return left;
    if (test === false) return r.value(value.of[1], file, frame);
    return oneOf([left, r.value(value.of[1], file, frame)]);
  }
  if (value.by === 'truthy') return r.value(value.of[1], file, frame);
  if (value.by === 'falsy') {
    const zero = fallingZero(r, left, () => r.value(value.of[1], file, frame));
    if (zero) return zero;
  }
  if (left.kind === 'unknown' && isGivenFolder(r, value, file, frame)) return left;
  return fallenBack(left, value.by === 'nullish' ? present(left) : truth(left), () => r.value(value.of[1], file, frame));
}

/** `options.cwd ?? process.cwd()` for a caller that writes `cwd`: whatever folder that is, it is meant instead of the working directory. */
function isGivenFolder(r: Resolver, { of: [left, right] }: Extract<Value, { kind: 'choice' }>, file: string, frame: Frame | undefined): boolean {
  if (left.kind !== 'member' || typeof left.key !== 'string') return false;
  const options = r.value(left.of, file, frame);
  return options.kind === 'record' && options.written?.includes(left.key) === true && constantOf(r.value(right, file, frame)) === WORKING_DIRECTORY;
}

/** `Number(process.env.MOCHA_WORKER_ID) || 1`: where ids begin with 0, the first worker gets the default. */
function fallingZero(r: Resolver, left: Abstract, right: () => Abstract): Abstract | undefined {
  const [only, ...others] = left.kind === 'text' && left.from?.includes('number') ? left.parts : [];
  if (left.kind !== 'text' || others.length > 0 || typeof only !== 'object' || !('varies' in only) || only.varies !== 'worker') return undefined;
  const first = r.runner.workerIds.find((each) => each.form === 'env' && `env:${each.name}` === only.source)?.first;
  const meets = first === 0 ? constantOf(right()) : undefined;
  return meets === undefined || meets === '0' ? undefined : { ...left, parts: [{ ...only, meets }] };
}

export const NOT_PASSED = 'an argument that is not passed';

/** `left ?? right` */
export const orElse = (left: Abstract, right: () => Abstract): Abstract => fallenBack(left, present(left), right);

function fallenBack(left: Abstract, holds: boolean | undefined, right: () => Abstract): Abstract {
  if (holds === true) return left;
  // A default in the source that says what the environment says too is the better place to look at.
  if (holds === undefined && left.kind === 'text' && constantOf(left) !== undefined) {
    const other = right();
    return constantOf(other) === constantOf(left) ? other : oneOf([left, other]);
  }
  // `config || getConfig()` where the caller passes nothing.
  return holds === false || (left.kind === 'unknown' && left.why === NOT_PASSED) ? right() : oneOf([left, right()]);
}

/** Whether a value is surely there; an environment variable with a known value may still be unset elsewhere. */
function present(value: Abstract): boolean | undefined {
  if (value.kind === 'const') return value.value !== undefined && value.value !== null;
  // The runner sets its worker ids, and set-up points variables.
  if (value.kind === 'oneOf') return value.of.every(isOfWorker) ? true : undefined;
  if (value.kind === 'unknown' || value.kind === 'outer') return undefined;
  if (isOfWorker(value)) return true;
  if (value.kind === 'text')
    return value.from?.includes('env') || value.parts.some((part) => typeof part !== 'string' && 'varies' in part && part.source.startsWith('env:'))
      ? undefined
      : true;
  return true;
}

const isOfWorker = (value: Abstract): boolean =>
  value.kind === 'text' && value.parts.some((part) => typeof part !== 'string' && 'varies' in part && part.varies === 'worker');

/** Whether a value counts as true, where that is sure. */
export function truth(value: Abstract): boolean | undefined {
  if (value.kind === 'const') return Boolean(value.value);
  if (value.kind === 'text' && constantOf(value) === '') return false;
  if (value === SOME_TEXT) return true;
  return present(value);
}

/** Arithmetic and comparisons, as far as they are known. */
export function operation(r: Resolver, value: Extract<Value, { kind: 'op' }>, file: string, frame: Frame | undefined): Abstract {
  const at = place(file, value.at);
  if (value.op === '++' || value.op === '--') return counted(r, value.args[0], file, at);
  const args = value.args.map((each) => r.value(each, file, frame));
  if (value.op === '+' && args.length === 1) return toNumber(args[0], at);
  const numbers = args.map((each) => (each.kind === 'const' && typeof each.value === 'number' ? each.value : undefined));
  if (value.op === '+') {
    if (args.some((each) => each.kind === 'text' && !numeric(each))) return concat(args, at);
    if (numbers.every((each) => each !== undefined)) return { kind: 'const', value: numbers.reduce<number>((sum, each) => sum + (each ?? 0), 0), at };
  }
  if (numbers.length === 2 && numbers[0] !== undefined && numbers[1] !== undefined) {
    const [left, right] = numbers as [number, number];
    const done =
      value.op === '-' ? left - right : value.op === '*' ? left * right : value.op === '%' ? left % right : value.op === '/' ? left / right : undefined;
    if (done !== undefined) return { kind: 'const', value: done, at };
  }
  const holes = args.flatMap((each) => (each.kind === 'text' ? each.parts : [])).filter((part) => typeof part !== 'string' && 'varies' in part);
  if (holes.length > 0 && ['+', '-', '*', '%', '/', '>>>', '^', '|', '&'].includes(value.op)) {
    // Arithmetic keeps the variation; a remainder bounds how many values there are.
    const kept = holes.map((hole) => (typeof hole === 'string' || 'kind' in hole ? hole : { ...hole, at, ...bounded(hole, value.op, numbers) }));
    const known = numbers.filter((each): each is number => each !== undefined);
    return { kind: 'text', parts: known.length > 0 && value.op === '+' ? [`${known.join('+')}+`, ...kept] : kept, at };
  }
  if (value.op === '===' || value.op === '==' || value.op === '!==' || value.op === '!=') {
    const [left, right] = [constantOf(args[0]), constantOf(args[1])];
    if (left !== undefined && right !== undefined) return { kind: 'const', value: (left === right) === value.op.startsWith('='), at };
  }
  if (value.op === '!') {
    const inner = args[0] ? truth(args[0]) : undefined;
    if (inner !== undefined) return { kind: 'const', value: !inner, at };
  }
  return unknown('an operation that is not followed', at);
}

/** How few values are left: of a remainder, or of `Math.random() * 1000`. Worker ids are smaller than any remainder taken of them. */
function bounded(hole: Hole, op: string, numbers: readonly (number | undefined)[]): { readonly values?: number } {
  const isSlot = hole.varies === 'worker' && !/^(pid|thread id)$/.test(hole.source);
  const bound = op === '%' && !isSlot ? numbers[1] : op === '*' && hole.source === 'random' ? (numbers[0] ?? numbers[1]) : undefined;
  return bound === undefined || bound < 1 || bound > 1_000_000 ? {} : { values: Math.min(bound, hole.values ?? Infinity) };
}

const numeric = (value: Abstract): boolean => value.kind === 'text' && value.parts.every((part) => typeof part !== 'string' && 'varies' in part);
