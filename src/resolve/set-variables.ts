/**
 * Variables of the environment that a test file sets before its tests run: at the head of its modules, in its before-hooks and in what these
 * call. It follows calls among files of the tests only and knows no rule.
 */
import type { Abstract, Frame } from '../model/abstract.js';
import type { Call, FunctionId } from '../model/facts.js';
import { grouped } from '../model/grouped.js';
import { argumentsOf } from './calls.js';
import type { MemberWrite } from './file-index.js';
import { DEEPEST_CALL, frameOf } from './frames.js';
import type { Resolver } from './resolver.js';

export interface SetVariable {
  readonly file: string;
  readonly write: MemberWrite;
  /** The call in which the write happens; none where it stands at the head of a module. */
  readonly frame: Frame | undefined;
}

export interface SetVariables {
  /** By the name of the variable. */
  readonly byName: ReadonlyMap<string, readonly SetVariable[]>;
  /** Equal keys, equal variables. */
  readonly key: string;
  /** Whether no other test file sets the same: the test file itself writes some of them. */
  readonly isOwn: boolean;
}

export const NOTHING_SET: SetVariables = { byName: new Map(), key: '', isOwn: false };

/** `process.env.NAME = value` */
export const isOfEnvironment = ({ of }: MemberWrite): boolean => of.kind === 'member' && of.key === 'env';

/** The most modules of tests that one test file loads, and the most calls that are looked at before its tests run. */
const MOST_MODULES = 60;
const MOST_CALLS = 400;

/** What a test file sets; modules that several test files load are read once. */
export function createSetVariables(r: Resolver, isTestSide: (path: string) => boolean): (file: string) => SetVariables {
  const imports = new Map<string, readonly string[]>();
  const writes = new Map<string, readonly MemberWrite[]>();
  const importsOf = (file: string): readonly string[] => {
    let known = imports.get(file);
    if (!known) imports.set(file, (known = loadedBy(r, file).filter(isTestSide)));
    return known;
  };
  const writesOf = (file: string): readonly MemberWrite[] => {
    let known = writes.get(file);
    if (!known) writes.set(file, (known = [...(r.index(file)?.memberWrites.values() ?? [])].flat().filter(isOfEnvironment)));
    return known;
  };
  return (file) => {
    const modules = new Set([file]);
    for (const each of modules) if (modules.size < MOST_MODULES) for (const next of importsOf(each)) modules.add(next);
    const all = [...modules].filter((each) => writesOf(each).length > 0);
    if (all.length === 0) return NOTHING_SET;
    const inCalls = all.some((each) => writesOf(each).some(({ fn }) => fn !== 0));
    const run = inCalls ? runBeforeTests(r, [...modules], isTestSide) : [];
    const set = all.flatMap((each) =>
      writesOf(each).flatMap((write): SetVariable[] =>
        write.fn === 0
          ? [{ file: each, write, frame: undefined }]
          : run.flatMap(({ file: of, fn, frame }) => (of === each && fn === write.fn ? [{ file: each, write, frame }] : [])),
      ),
    );
    return {
      byName: grouped(set, ({ write }) => write.key),
      key: set.map(({ file: of, write, frame }) => `${of}:${write.at[0]}:${frame?.key ?? 0}`).join(' '),
      isOwn: set.some((each) => each.file === file),
    };
  };
}

/** Files that are loaded with a file. */
const loadedBy = (r: Resolver, file: string): readonly string[] =>
  (r.index(file)?.facts.imports ?? []).flatMap((each) => {
    if (each.typeOnly || each.form === 'dynamic' || each.from.kind !== 'const' || typeof each.from.value !== 'string') return [];
    const target = r.sources.resolveImport(file, each.from.value);
    return 'file' in target ? [target.file] : [];
  });

interface Running {
  readonly file: string;
  readonly fn: FunctionId;
  readonly frame: Frame | undefined;
}

/** Functions of the tests that run before any test does, each with the calls that lead to it. */
function runBeforeTests(r: Resolver, modules: readonly string[], isTestSide: (path: string) => boolean): readonly Running[] {
  const out: Running[] = modules.map((file) => ({ file, fn: 0, frame: undefined }));
  const known = new Set<string>();
  const add = (called: Abstract, args: readonly Abstract[], depth: number): void => {
    if (called.kind !== 'fn' || !isTestSide(called.file)) return;
    const frame = frameOf(r, called, args, depth);
    const key = `${called.file}#${called.fn} ${frame.key}`;
    if (!known.has(key)) out.push({ file: called.file, fn: called.fn, frame });
    known.add(key);
  };
  const callsIn = callsByFunction(r);
  let looked = 0;
  for (const { file, fn, frame } of out) {
    const depth = (frame?.depth ?? 0) + 1;
    if (depth > DEEPEST_CALL) continue;
    for (const call of callsIn(file, fn)) {
      if (++looked > MOST_CALLS) return out;
      const callee = r.value(call.callee, file, frame);
      if (callee.kind === 'word') {
        if (callee.word.role === 'suite' || (callee.word.role === 'hook' && callee.word.when === 'before'))
          for (const each of call.args) add(r.value(each.value, file, frame), [], depth);
        continue;
      }
      if (callee.kind === 'fn') add(callee, argumentsOf(r, call, file, frame), depth);
      for (const each of call.args) if (each.value.kind === 'fn') add(r.value(each.value, file, frame), [], depth);
    }
  }
  return out;
}

function callsByFunction(r: Resolver): (file: string, fn: FunctionId) => readonly Call[] {
  const known = new Map<string, ReadonlyMap<FunctionId, readonly Call[]>>();
  return (file, fn) => {
    let calls = known.get(file);
    if (!calls) {
      known.set(file, (calls = grouped(r.index(file)?.facts.calls ?? [], (call) => call.in)));
    }
    return calls.get(fn) ?? [];
  };
}
