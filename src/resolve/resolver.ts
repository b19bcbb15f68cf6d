/**
 * Answers what a value of the project's source may be, backwards from the place that asks, across files.
 * It reads nothing itself and knows no library and no runner except through what it is given; `unknown` carries its reason.
 */
import type { Abstract, Frame, FunctionValue, Library, RunnerKnowledge, Sources } from '../model/abstract.js';
import { unknown } from '../model/abstract.js';
import type { Span, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import { evaluate } from './evaluate.js';
import { indexOf, type FileIndex } from './file-index.js';
import { neededOf } from './needs.js';
import { ownLibrary, type OwnLibrary } from './own-library.js';

export interface Resolver {
  readonly sources: Sources;
  readonly library: Library;
  readonly runner: RunnerKnowledge;
  index(path: string): FileIndex | undefined;
  /** Whether a function of a test file is handed to a before-hook. */
  isHook(file: string, fn: number): boolean;
  /** What the value may be, seen from the file and the frame of the function that holds it. */
  value(value: Value, file: string, frame: Frame | undefined): Abstract;
  memo: Map<Value, Map<number, Abstract>>;
  /** The test file whose story is told: its writes to the environment are what the code under test reads. */
  told: string;
  readonly exportsMemo: Map<string, Abstract | undefined>;
  /** Arguments that calls seen so far have passed, by function: who else may call it is not known. */
  readonly observed: Map<string, (readonly Abstract[])[]>;
  /** Functions of the project that are a library's, by file. */
  own: OwnLibrary;
  depth: number;
  /** Values looked into for the question that is being answered. */
  spent: number;
}

export const CIRCULAR = 'it depends on itself';

/** Deepest chain of questions behind one answer; beyond it the answer is unknown. */
export const DEEPEST = 80;

/** Most values looked into for one question. Nearly all need fewer than 200; a web of calls and options can lead to millions. */
const WIDEST = 4000;

export function createResolver(sources: Sources, library: Library, runner: RunnerKnowledge, indexes: Map<string, FileIndex | undefined>): Resolver {
  const index = (path: string): FileIndex | undefined => {
    if (indexes.has(path)) return indexes.get(path);
    const facts = sources.facts(path);
    const made = facts && facts.functions.length > 0 ? indexOf(facts) : undefined;
    indexes.set(path, made);
    return made;
  };
  const hooks = new Map<string, ReadonlySet<number>>();
  const isHook = (file: string, fn: number): boolean => {
    let known = hooks.get(file);
    if (!known) hooks.set(file, (known = hookFunctions(index(file), runner)));
    return known.has(fn);
  };
  const r: Resolver = {
    isHook,
    sources,
    library,
    runner,
    index,
    memo: new Map(),
    told: '',
    exportsMemo: new Map(),
    observed: new Map(),
    own: new Map(),
    depth: 0,
    spent: 0,
    value(value, file, whole) {
      if (value.kind === 'const' || value.kind === 'opaque') return evaluate(r, value, file, whole);
      const needed = whole && neededOf(index(file), value, whole);
      const frame = needed === 'self' ? ofSelf(whole!) : needed;
      const key = frame?.key ?? 0;
      let answers = r.memo.get(value);
      const known = answers?.get(key);
      if (known === RUNNING) return unknown(CIRCULAR, place(file, value.at));
      if (known) return known;
      if (r.depth === 0) r.spent = 0;
      if (r.depth > DEEPEST || ++r.spent > WIDEST) return unknown('too many steps away', place(file, value.at));
      if (!answers) {
        answers = new Map<number, Abstract>();
        r.memo.set(value, answers);
      }
      answers.set(key, RUNNING);
      r.depth++;
      try {
        const answer = evaluate(r, value, file, frame);
        answers.set(key, answer);
        return answer;
      } finally {
        r.depth--;
        if (answers.get(key) === RUNNING) answers.delete(key);
      }
    },
  };
  if (sources.published) {
    r.own = ownLibrary(r);
    // What was asked on the way was asked in nobody's story.
    r.memo = new Map();
    r.exportsMemo.clear();
  }
  return r;
}

/** Functions written as the argument of a before-hook, by the name under which the runner has it. */
function hookFunctions(file: FileIndex | undefined, runner: RunnerKnowledge): ReadonlySet<number> {
  const out = new Set<number>();
  const { words, members } = runner.vocabulary;
  for (const call of file?.facts.calls ?? []) {
    const name =
      call.callee.kind === 'outer'
        ? call.callee.name
        : call.callee.kind === 'ref'
          ? file?.facts.bindings[call.callee.binding]?.name
          : call.callee.kind === 'member'
            ? call.callee.key
            : undefined;
    if (typeof name !== 'string') continue;
    const word = Object.hasOwn(words, name) ? words[name] : Object.hasOwn(members, name) ? members[name] : undefined;
    if (word?.role !== 'hook' || word.when !== 'before') continue;
    for (const arg of call.args) if (arg.value.kind === 'fn') out.add(arg.value.fn);
  }
  return out;
}

/** Stands in the memo for a question that is being answered. */
const RUNNING: Abstract = unknown('it is being asked');

export const place = (file: string, span: Span): Place => ({ path: file, span });

/** Deepest chain of calls that is followed. */
export const DEEPEST_CALL = 9;

/** The frame of one call of a function. */
export function frameOf(r: Resolver, fn: FunctionValue, args: readonly Abstract[], depth: number, self?: Abstract): Frame {
  const own = self ?? fn.self;
  const key = numberOf(`${fn.file}#${fn.fn}(${args.map(keyOf).join(',')})${own ? `@${keyOf(own)}` : ''}${fn.scope ? `<${fn.scope.key}` : ''}`);
  return { file: fn.file, fn: fn.fn, args, scope: fn.scope, depth, ...(own ? { self: own } : {}), key };
}

/** A frame that says only which object a method belongs to. */
function ofSelf(frame: Frame): Frame {
  const self = selfOf(frame);
  return self ? { file: frame.file, fn: frame.fn, args: [], scope: undefined, depth: frame.depth, self, key: numberOf(`@${keyOf(self)}`) } : frame;
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

function keyFor(value: Abstract): string {
  switch (value.kind) {
    case 'const':
      return String(value.value);
    case 'text':
      return value.parts.map((part) => (typeof part === 'string' ? part : 'kind' in part ? '\u0001?' : `\u0001${part.source}`)).join('\u0002');
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
      return '?';
    // One `new Pool(this.config)` in a class makes as many pools as there are configurations.
    case 'instance':
      return `i${value.at.path}:${value.at.span[0]}(${value.args.map(keyOf).join(',')})`;
    case 'handle':
      return `h${value.at.path}:${value.at.span[0]}(${(value.made?.args ?? []).map(keyOf).join(',')})`;
    case 'record':
    case 'list':
      return `${value.kind[0]!}${value.at.path}:${value.at.span[0]}${'key' in value ? `<${String(value.key)}` : ''}`;
  }
}
