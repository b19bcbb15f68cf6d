/**
 * What a test file writes before its tests run, to the environment and to settings of the product: at the head of its modules, in its
 * before-hooks and in what these call. It follows calls among files of the tests only and knows no rule.
 */
import type { Abstract, Frame } from '../model/abstract.js';
import { baseOf, originOf } from '../model/code.js';
import type { Call, FunctionId, Value } from '../model/facts.js';
import { grouped } from '../model/grouped.js';
import { remembered } from '../model/remembered.js';
import { isAlways } from './branches.js';
import { argumentsOf } from './calls.js';
import type { FileIndex, MemberWrite } from './file-index.js';
import { DEEPEST_CALL, frameOf } from './frames.js';
import { loadedBy } from './modules.js';
import type { Resolver } from './resolver.js';

export interface EarlyWrite {
  readonly file: string;
  readonly write: MemberWrite;
  /** The call in which it happens; none where it stands at the head of a module. */
  readonly frame: Frame | undefined;
}

export interface EarlyWrites {
  /** By the name of the variable of the environment. */
  readonly variables: ReadonlyMap<string, readonly EarlyWrite[]>;
  /** By the name of the member, those of set-up included; the last one is the latest. */
  readonly settings: ReadonlyMap<string, readonly EarlyWrite[]>;
  /** Equal keys, equal writes. */
  readonly key: string;
  /** Whether no other test file writes the same: some of it stands in the test file itself. */
  readonly isOwn: boolean;
}

export const NOTHING_WRITTEN: EarlyWrites = { variables: new Map(), settings: new Map(), key: '', isOwn: false };

/** `process.env.NAME = value` */
export const isOfEnvironment = ({ of }: MemberWrite): boolean => of.kind === 'member' && of.key === 'env';

/** Members of what a file imports or requires that it writes itself; methods that it replaces are stand-ins and no settings. */
function isOfSetting({ of, op, value }: MemberWrite, { facts }: FileIndex): boolean {
  const root = baseOf(of);
  return op === undefined && root.kind === 'ref' && originOf(root.binding, facts) !== undefined && isSetting(value, facts.calls);
}

function isSetting(value: Value, calls: readonly Call[]): boolean {
  if (value.kind === 'result') return calls[value.call]?.waited === 'awaited';
  return value.kind !== 'fn' && value.kind !== 'opaque' && !(value.kind === 'const' && (value.value === null || value.as === 'undefined'));
}

interface Writes {
  readonly variables: readonly MemberWrite[];
  readonly settings: readonly MemberWrite[];
}

const writesIn = remembered((index: FileIndex): Writes => {
  const all = [...index.memberWrites.values()].flat();
  return { variables: all.filter(isOfEnvironment), settings: all.filter((each) => !isOfEnvironment(each) && isOfSetting(each, index)) };
});

const NO_WRITES: Writes = { variables: [], settings: [] };

/** The most modules of tests that one test file loads, and the most calls that are looked at before its tests run. */
const MOST_MODULES = 60;
const MOST_CALLS = 400;

/** What a test file writes; modules that several test files load are read once. */
export function createEarlyWrites(r: Resolver, isTestSide: (path: string) => boolean): (file: string) => EarlyWrites {
  const imports = new Map<string, readonly string[]>();
  const importsOf = (file: string): readonly string[] => {
    let known = imports.get(file);
    if (!known) imports.set(file, (known = loadedBy(r, file).filter(isTestSide)));
    return known;
  };
  const writesOf = (file: string): Writes => {
    const index = r.index(file);
    return index ? writesIn(index) : NO_WRITES;
  };
  const headOf = (file: string): readonly EarlyWrite[] =>
    writesOf(file).settings.flatMap((write) => (write.fn === 0 && isAlways(r.index(file)!, 0, write.at) ? [{ file, write, frame: undefined }] : []));
  return (file) => {
    const modules = new Set([file]);
    for (const each of modules) if (modules.size < MOST_MODULES) for (const next of importsOf(each)) modules.add(next);
    // What is imported is loaded first.
    const loaded = [...modules].reverse();
    const inCalls = loaded.some((each) => [...writesOf(each).variables, ...writesOf(each).settings].some(({ fn }) => fn !== 0));
    const run = inCalls ? runBeforeTests(r, loaded, isTestSide) : [];
    const within = (each: string, writes: readonly MemberWrite[]): readonly EarlyWrite[] =>
      writes.flatMap((write) => run.flatMap(({ file: of, fn, frame }) => (of === each && frame && fn === write.fn ? [{ file: each, write, frame }] : [])));
    const variables = loaded.flatMap((each) => [
      ...writesOf(each).variables.flatMap((write): readonly EarlyWrite[] => (write.fn === 0 ? [{ file: each, write, frame: undefined }] : [])),
      ...within(each, writesOf(each).variables),
    ]);
    const settings = loaded.flatMap((each) => [...headOf(each), ...within(each, writesOf(each).settings)]);
    const all = [...variables, ...settings];
    const setUp = r.runner.setupFiles.filter((each) => !modules.has(each)).flatMap(headOf);
    if (all.length + setUp.length === 0) return NOTHING_WRITTEN;
    return {
      variables: grouped(variables, ({ write }) => write.key),
      settings: grouped([...setUp, ...settings], ({ write }) => write.key),
      key: all.map(({ file: of, write, frame }) => `${of}:${write.at[0]}:${frame?.key ?? 0}`).join(' '),
      isOwn: all.some((each) => each.file === file),
    };
  };
}

interface Running {
  readonly file: string;
  readonly fn: FunctionId;
  readonly frame: Frame | undefined;
}

/** Functions of the tests that run before any test does, each with the calls that lead to it. */
function runBeforeTests(r: Resolver, modules: readonly string[], isTestSide: (path: string) => boolean): readonly Running[] {
  const out: Running[] = modules.map((file) => ({ file, fn: 0, frame: undefined }));
  const known = new Set<number>();
  const add = (called: Abstract, args: readonly Abstract[], depth: number): void => {
    if (called.kind !== 'fn' || !isTestSide(called.file)) return;
    const frame = frameOf(r, called, args, depth);
    if (!known.has(frame.key)) out.push({ file: called.file, fn: called.fn, frame });
    known.add(frame.key);
  };
  let looked = 0;
  for (const { file, fn, frame } of out) {
    const depth = (frame?.depth ?? 0) + 1;
    if (depth > DEEPEST_CALL) continue;
    const index = r.index(file);
    for (const call of (index && callsByFunction(index).get(fn)) ?? []) {
      if (++looked > MOST_CALLS) return out;
      const callee = r.value(call.callee, file, frame);
      // `const before = perTest ? beforeEach : beforeAll`
      const [word, ...others] = callee.kind === 'oneOf' ? callee.of : [callee];
      if (word?.kind === 'word') {
        if ([word, ...others].every(preparesTests)) for (const each of call.args) add(r.value(each.value, file, frame), [], depth);
        continue;
      }
      if (callee.kind === 'fn') add(callee, argumentsOf(r, call, file, frame), depth);
      for (const each of call.args) if (each.value.kind === 'fn') add(r.value(each.value, file, frame), [], depth);
    }
  }
  return out;
}

const preparesTests = (value: Abstract): boolean =>
  value.kind === 'word' && (value.word.role === 'suite' || (value.word.role === 'hook' && value.word.when === 'before'));

const callsByFunction = remembered(({ facts }: FileIndex): ReadonlyMap<FunctionId, readonly Call[]> => grouped(facts.calls, (call) => call.in));
