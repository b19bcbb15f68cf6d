/** Calls being followed, and the keys under which their answers are kept: equal keys, equal answers. */
import type { Abstract, Frame, FunctionValue } from '../model/abstract.js';
import type { Hole } from '../model/names.js';
import { placeKey } from '../model/place.js';
import { SOME_TEXT, UNSURE } from './erasure.js';
import type { Resolver } from './resolver.js';

/** Deepest chain of calls that is followed. */
export const DEEPEST_CALL = 9;

/** The frame of one call of a function. */
export function frameOf({ told }: Pick<Resolver, 'told'>, fn: FunctionValue, args: readonly Abstract[], depth: number, self?: Abstract): Frame {
  const own = self ?? fn.self;
  const ofTold = isFrom(told, fn) || (own !== undefined && isFrom(told, own)) || args.some((each) => isFrom(told, each));
  const key = numberOf(`${fn.file}#${fn.fn}(${args.map(keyOf).join(',')})${own ? `@${keyOf(own)}` : ''}${fn.scope ? `<${fn.scope.key}` : ''}`);
  return { file: fn.file, fn: fn.fn, args, scope: fn.scope, depth, ...(own ? { self: own } : {}), ofTold, key };
}

/** A frame that says only which object a method belongs to. */
export function ofSelf(frame: Frame): Frame {
  const self = selfOf(frame);
  if (!self) return frame;
  const key = numberOf(`@${keyOf(self)}`);
  return { file: frame.file, fn: frame.fn, args: [], scope: undefined, depth: frame.depth, self, ofTold: frame.ofTold, key };
}

/** Whether a value is made in a file, so that its key speaks of a place there. */
function isFrom(file: string, value: Abstract, depth = 0): boolean {
  if (depth > 4) return false;
  const isFromHere = (each: Abstract): boolean => isFrom(file, each, depth + 1);
  switch (value.kind) {
    case 'fn':
      return value.file === file || value.scope?.ofTold === true || (value.self !== undefined && isFromHere(value.self));
    case 'instance':
      return value.at.path === file || value.args.some(isFromHere);
    case 'handle':
      return value.at.path === file || (value.made?.args ?? []).some(isFromHere);
    case 'record':
    case 'list':
      return value.at.path === file;
    case 'oneOf':
      return value.of.some(isFromHere);
    default:
      return false;
  }
}

/** The object that a function belongs to, or the function around it. */
export function selfOf(frame: Frame | undefined): Abstract | undefined {
  for (let each = frame; each; each = each.scope) if (each.self) return each.self;
  return undefined;
}

/** Equal texts, equal numbers; 0 stands for no frame. */
const numbers = new Map<string, number>();

function numberOf(text: string): number {
  let number = numbers.get(text);
  if (number === undefined) numbers.set(text, (number = numbers.size + 1));
  return number;
}

const keys = new WeakMap<Abstract, string>();

/** Equal texts stand for equal values, as far as frames are concerned. */
export function keyOf(value: Abstract): string {
  let key = keys.get(value);
  if (key === undefined) {
    key = keyFor(value);
    // Keys stand within keys: one number keeps them short.
    if (key.length > 60) key = `=${numberOf(key)}`;
    keys.set(value, key);
  }
  return key;
}

/** What varies by call is another value wherever it is called: two directories of `mkdtemp`. */
const holeKey = ({ varies, source, at }: Hole): string => `\u0001${source}${varies === 'call' ? placeKey(at) : ''}`;

function keyFor(value: Abstract): string {
  switch (value.kind) {
    case 'const':
      return String(value.value);
    case 'text':
      return value.parts.map((part) => (typeof part === 'string' ? part : 'kind' in part ? '\u0001?' : holeKey(part))).join('\u0002');
    case 'oneOf':
      return value.of.map(keyOf).join('|');
    case 'fn':
      return `f${value.file}#${value.fn}<${value.scope?.key ?? ''}${value.self ? `@${keyOf(value.self)}` : ''}`;
    case 'library':
      return `l${value.package}.${value.path.join('.')}`;
    case 'outer':
      return `o${value.path.join('.')}`;
    case 'module':
      return `m${value.path}`;
    case 'context':
      return `c${value.path.join('.')}`;
    case 'word':
      return `w${value.word.role}`;
    case 'unknown':
      return value === SOME_TEXT ? '?text' : value === UNSURE ? '?unsure' : '?';
    // One `new Pool(this.config)` in a class makes as many pools as there are configurations.
    case 'instance':
      return `i${placeKey(value.at)}(${value.args.map(keyOf).join(',')})`;
    case 'handle':
      return `h${placeKey(value.at)}(${(value.made?.args ?? []).map(keyOf).join(',')})${value.from ? `<${keyOf(value.from)}` : ''}`;
    case 'record':
    case 'list':
      return `${value.kind[0]!}${placeKey(value.at)}${'key' in value ? `<${String(value.key)}` : ''}`;
  }
}
