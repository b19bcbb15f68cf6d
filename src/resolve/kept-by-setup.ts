/**
 * What set-up has a module keep before any test runs: `openPool(url)` in a setup file, of
 * `let pool; export const openPool = (url = settings.url) => { if (!pool) pool = new Pool(url); return pool; };`. Whoever asks later gets what is kept.
 */
import type { Frame } from '../model/abstract.js';
import type { BindingId, Step, Value } from '../model/facts.js';
import { argumentsOf } from './calls.js';
import type { FileIndex, Write } from './file-index.js';
import { frameOf } from './frames.js';
import type { Resolver } from './resolver.js';

export interface KeptBySetup {
  readonly write: Write;
  /** The calls of set-up in which it is filled. */
  readonly frames: readonly Frame[];
}

const known = new WeakMap<Resolver, Map<string, KeptBySetup | undefined>>();

export function keptBySetup(r: Resolver, file: string, binding: BindingId): KeptBySetup | undefined {
  const index = r.runner.setupFiles.length > 0 ? r.index(file) : undefined;
  if (index?.facts.bindings[binding]?.in !== 0) return undefined;
  const answers = known.get(r) ?? new Map<string, KeptBySetup | undefined>();
  known.set(r, answers);
  const key = `${file}#${binding}`;
  if (answers.has(key)) return answers.get(key);
  answers.set(key, undefined);
  const write = onlyFill(index, binding);
  const frames = write ? r.runner.setupFiles.flatMap((each) => fillsIn(r, index, write, each)) : [];
  const kept = write && frames.length > 0 ? { write, frames } : undefined;
  answers.set(key, kept);
  return kept;
}

/** Whether a condition asks for what set-up has filled: in a call that brings nothing to fill it with. */
export function isKept(r: Resolver, test: Value, file: string, frame: Frame): boolean {
  if (test.kind !== 'ref' || frame.args.length > 0) return false;
  return keptBySetup(r, file, test.binding)?.write.fn === frame.fn;
}

/** The write that fills the variable where it is empty, with what the function around it is given. */
function onlyFill({ facts, writes }: FileIndex, binding: BindingId): Write | undefined {
  const [fill, ...others] = (writes.get(binding) ?? []).filter(({ value }) => !isEmpty(value));
  if (!fill || others.length > 0 || fill.op !== undefined || fill.fn === 0) return undefined;
  const { params, body } = facts.functions[fill.fn]!;
  const isBehind = (step: Step): boolean =>
    step.do === 'branch' &&
    step.test.kind === 'op' &&
    step.test.op === '!' &&
    step.test.args[0]?.kind === 'ref' &&
    step.test.args[0].binding === binding &&
    step.then.some(({ at }) => at[0] <= fill.at[0] && fill.at[1] <= at[1]);
  return params.length > 0 && body.some(isBehind) ? fill : undefined;
}

const isEmpty = (value: Value): boolean => value.kind === 'const' && (value.value === null || value.as === 'undefined');

/** Calls of a setup file that hand something to the function that fills. */
function fillsIn(r: Resolver, { facts, boundTo }: FileIndex, { fn }: Write, setup: string): Frame[] {
  const bound = boundTo.get(fn);
  const name = bound === undefined ? undefined : facts.bindings[bound]!.name;
  const index = r.index(setup);
  return (index?.facts.calls ?? []).flatMap((call) => {
    const { callee, args } = call;
    const called = callee.kind === 'member' ? callee.key : callee.kind === 'ref' ? index!.imports.get(callee.binding)?.name : undefined;
    if (args.length === 0 || called === undefined || called !== name) return [];
    const value = r.value(callee, setup, undefined);
    return value.kind === 'fn' && value.file === facts.path && value.fn === fn ? [frameOf(r, value, argumentsOf(r, call, setup, undefined), 1)] : [];
  });
}
