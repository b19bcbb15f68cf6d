/**
 * Objects of the project's own that a test leaves open while the other tests of its file end theirs: `scheduler.stop()` in twelve tests
 * and not in the thirteenth; or of which a file makes one before each test and ends the last. No catalogue knows such objects; what the file
 * itself does with their like says that they want to be ended.
 */
import { grouped } from '../model/grouped.js';
import { ENDS, isIn, REMOVES, rootName } from '../model/code.js';
import { allValues } from '../model/values.js';
import type { Abstract, FunctionValue } from '../model/abstract.js';
import { TEMPORARY } from '../model/paths.js';
import type { BindingId, Call, FunctionId, Span, Value } from '../model/facts.js';
import { usualAmong, type Block, type MadeObject } from '../model/suite.js';
import { isAssertion, saysFailure } from './assertions.js';
import type { FileIndex } from './file-index.js';
import { handed, handedOnIn, isMadeAnew, renewal } from './local.js';
import { remembered } from '../model/remembered.js';
import { place, type Resolver } from './resolver.js';
import { endsTheLast } from './settle.js';

export interface LeftOpen {
  /** The test in whose body it is made. */
  readonly fn: FunctionId;
  readonly at: Span;
  /** The variable that holds it, and what makes it. */
  readonly name: string;
  readonly maker: string;
  readonly end: string;
}

interface Made extends Omit<LeftOpen, 'end'> {
  readonly end?: string;
  /** `parser.end(chunk)` hands over the last part: it ends what is said, and nothing is held open. */
  readonly isFed: boolean;
  readonly methods: readonly string[];
}

/** So many peers that are ended are no accident, and so many to each one that is not. */
const PEERS = 3;
const TO_ONE = 3;

/** `tests` are the functions that are bodies of tests. */
export function leftOpen(index: FileIndex, tests: ReadonlySet<FunctionId>): LeftOpen[] {
  const groups = new Map<string, Made[]>();
  for (const [binding, [write, ...others]] of index.writes) {
    const known = index.facts.bindings[binding];
    if (!known || known.form === 'using' || !tests.has(known.in) || !write || others.length > 0 || write.value.kind !== 'result' || write.op || write.each)
      continue;
    const maker = makerOf(index, index.facts.calls[write.value.call]);
    const made =
      maker === undefined || isGivenAway(index, binding) || isToFail(index, known.in)
        ? undefined
        : madeIn(index, binding, known.in, write.at, known.name, maker);
    if (made) groups.set(`${maker}#${write.path.join('.')}`, [...(groups.get(`${maker}#${write.path.join('.')}`) ?? []), made]);
  }
  return [...groups.values()].flatMap(openAmong);
}

export interface LastEnded extends LeftOpen {
  readonly endedAt: Span;
  readonly endedIn: FunctionId;
}

/** What one variable holds of which a hook makes a new one before each test, where nothing but a hook that runs once after them ends it. */
export function onlyLastEnded(r: Resolver, index: FileIndex, bodies: ReadonlyMap<FunctionId, Block>, blocks: readonly Block[]): LastEnded[] {
  const { bindings, calls, functions } = index.facts;
  const bodyOf = ({ at }: Call): FunctionId | undefined => [...bodies.keys()].find((fn) => isIn(at, functions[fn]!.at));
  return [...index.writes.keys()].flatMap((binding) => {
    const made = renewal(index, binding);
    if (made?.value.kind !== 'result' || handedOnIn(index).has(binding)) return [];
    const [end, ...more] = callsOn(index, binding).filter(({ method }) => ENDS.test(method));
    const endedIn = end && bodyOf(end.call);
    if (endedIn === undefined || more.length > 0 || !endsTheLast(bodies.get(made.fn), bodies.get(endedIn), blocks)) return [];
    const taken = calls.filter((call) => call.args.some(({ value }) => handed(value).includes(binding)) && !isAssertion(index, call));
    if (taken.some((call) => mayEnd(index, call) || bodies.get(bodyOf(call) ?? made.fn)?.role !== 'test')) return [];
    const maker = nameOf(index, calls[made.value.call]!);
    if (maker === undefined || isLibrary(r, index, made.value) || !isMadeAnew(r, index, made.value)) return [];
    return [{ fn: made.fn, at: made.at, name: bindings[binding]!.name, maker, end: end!.method, endedAt: end!.call.at, endedIn }];
  });
}

/** What a library makes, its entry tells. */
const isLibrary = (r: Resolver, { facts }: FileIndex, value: Value): boolean => r.value(value, facts.path, undefined).kind === 'handle';

/** `closeAll(queue)`. */
const mayEnd = (index: FileIndex, call: Call): boolean =>
  /^(clean|close|destroy|disconnect|dispose|end|kill|quit|shut|stop|tear|terminate)/i.test(nameOf(index, call) ?? '');

function openAmong(group: readonly Made[]): LeftOpen[] {
  const ended = group.filter((each) => each.end !== undefined);
  const open = group.filter((each) => each.end === undefined);
  if (ended.length < PEERS || ended.length < open.length * TO_ONE || group.some(({ isFed }) => isFed)) return [];
  const end = ended[0]!.end!;
  // What sets them going: an object of which nobody has asked that is not running.
  const isUsual = usualAmong(ended);
  return open.flatMap(({ methods, ...each }) => (methods.some(isUsual) ? [{ ...each, end }] : []));
}

/** The function or class of the project, or of this file, that makes it. */
function makerOf(index: FileIndex, call: Call | undefined): string | undefined {
  let callee = call?.callee;
  while (callee?.kind === 'member' && typeof callee.key === 'string') callee = callee.of;
  if (callee?.kind !== 'ref') return undefined;
  const known = index.facts.bindings[callee.binding];
  const from = index.imports.get(callee.binding)?.from;
  const isOwn = from
    ? from.kind === 'const' && typeof from.value === 'string' && /^[./]/.test(from.value)
    : known?.in === 0 && isFunction(index, callee.binding);
  return isOwn ? known?.name : undefined;
}

const isFunction = (index: FileIndex, binding: BindingId): boolean =>
  ['function', 'class'].includes(index.facts.bindings[binding]!.form) || (index.writes.get(binding) ?? []).some((write) => write.value.kind === 'fn');

/** Somebody else gets it, who may end it. */
const isGivenAway = (index: FileIndex, binding: BindingId): boolean => givenIn(index).has(binding) || handedOnIn(index).has(binding);

/** The variables that calls of a file are given. */
const givenIn = remembered((index: FileIndex): ReadonlySet<BindingId> => {
  const given = index.facts.calls.filter((call) => !isAssertion(index, call) && !isWatching(call));
  return new Set(given.flatMap(({ args }) => args.flatMap((arg) => handed(arg.value))));
});

/** `sinon.spy(queue, 'add')`, `vi.spyOn(queue, 'add')`: a method of it is watched or replaced, and nobody takes it over. */
const isWatching = ({ callee, args }: Call): boolean =>
  callee.kind === 'member' && typeof callee.key === 'string' && /^(spy|stub|spyOn|method)$/.test(callee.key) && args.length > 1;

/** A test that expects a failure may expect that of what it makes: what did not start needs no end. */
function isToFail(index: FileIndex, test: FunctionId): boolean {
  const { at } = index.facts.functions[test]!;
  return failuresIn(index).some((each) => isIn(each, at));
}

const failuresIn = remembered((index: FileIndex): readonly Span[] =>
  index.facts.calls.filter((call) => saysFailure(call.callee) || looksIntoError(index, call)).map(({ at }) => at),
);

const ERROR = /^(e|err|error|\w+Error)$/;

/** `assert.equal(err.code, 'ETIMEDOUT')`: it was given an error, and looks into it. */
const looksIntoError = (index: FileIndex, call: Call): boolean =>
  call.args.some(({ value }) => value.kind === 'member' && ERROR.test(rootName(value, index.facts) ?? '')) && isAssertion(index, call);

function madeIn(index: FileIndex, binding: BindingId, fn: FunctionId, at: Span, name: string, maker: string): Made {
  const calls = callsOn(index, binding);
  const methods = [...new Set(calls.map(({ method }) => method))];
  const isFed = calls.some(({ method, call: { args } }) => method === 'end' && args[0] !== undefined && args[0].value.kind !== 'fn');
  return { fn, at, name, maker, methods, isFed, ...endIn(methods) };
}

function endIn(methods: readonly string[]): { readonly end?: string } {
  const end = methods.find((method) => ENDS.test(method));
  return end === undefined ? {} : { end };
}

interface MethodCall {
  readonly method: string;
  readonly call: Call;
}

/** The calls of methods of what a variable holds, in the order of the source. */
const callsOn = (index: FileIndex, binding: BindingId): readonly MethodCall[] => callsOnVariables(index).get(binding) ?? [];

const callsOnVariables = remembered(({ facts }: FileIndex): ReadonlyMap<BindingId, readonly MethodCall[]> =>
  grouped(
    facts.calls.flatMap((call) => {
      const { callee } = call;
      const isOne = callee.kind === 'member' && typeof callee.key === 'string' && callee.of.kind === 'ref';
      return isOne ? [{ on: callee.of.binding, method: callee.key, call }] : [];
    }),
    ({ on }) => on,
  ),
);

/** Objects that functions and classes of other files of the project make for this one, each held by one variable that nobody else gets. */
export function madeObjects(r: Resolver, index: FileIndex): MadeObject[] {
  const out: MadeObject[] = [];
  const called = new Map<BindingId, Set<string>>();
  const listed = new Set<BindingId>();
  for (const value of allValues(index.facts)) {
    if (value.kind === 'list' || value.kind === 'record') for (const each of handed(value)) listed.add(each);
    if (value.kind === 'member' && typeof value.key === 'string' && value.of.kind === 'ref')
      called.set(value.of.binding, (called.get(value.of.binding) ?? new Set()).add(value.key));
  }
  for (const [binding, writes] of index.writes) {
    const known = index.facts.bindings[binding];
    const [made, ...others] = writes.filter(({ value }) => value.kind !== 'const');
    if (!known || known.form === 'using' || made?.value.kind !== 'result' || others.length > 0 || made.path.length > 0 || made.op || made.each) continue;
    if (listed.has(binding) || isGivenAway(index, binding)) continue;
    const maker = makerElsewhere(r, index, index.facts.calls[made.value.call]);
    if (!maker || isToFail(index, made.fn)) continue;
    const methods = [...(called.get(binding) ?? [])];
    const end = { ...endIn(methods), ...(maker.leaves ? removalIn(index, binding) : {}) };
    out.push({ ...maker, name: known.name, at: place(index.facts.path, made.at), methods, ...end });
  }
  return out;
}

/** `shop.cleanup()`, without anything that would say what is to be taken away: all that the object has made. */
function removalIn(index: FileIndex, binding: BindingId): { readonly end?: string } {
  const removal = callsOn(index, binding).find(({ method, call }) => call.args.length === 0 && REMOVES.test(method));
  return removal ? { end: removal.method } : {};
}

function makerElsewhere(r: Resolver, index: FileIndex, call: Call | undefined): Pick<MadeObject, 'maker' | 'type' | 'leaves' | 'runs'> | undefined {
  const callee = call && r.value(call.callee, index.facts.path, undefined);
  if (callee?.kind !== 'fn' || callee.file === index.facts.path) return undefined;
  const name = nameOf(index, call!);
  if (name === undefined) return undefined;
  const type = call!.form === 'new' ? name : `${writtenName(index, call!.callee) ?? name}()`;
  return { maker: `${callee.file}#${callee.fn}`, type, ...(makesFiles(r, callee) ? { leaves: true } : {}), ...(isRunning(call!, name) ? { runs: true } : {}) };
}

/** Waited for, and made by what is called after making or starting it: what it gives runs already. */
const isRunning = ({ waited, form }: Call, name: string): boolean => waited === 'awaited' && form !== 'new' && STARTED.test(name);
const STARTED = /^(create|make|open|start|launch|connect|build|setup|init|boot|spawn|run|listen|prepare)/i;

/** The name under which a function or class is called. */
function nameOf({ facts }: FileIndex, { callee }: Call): string | undefined {
  const name = callee.kind === 'member' ? callee.key : rootName(callee, facts);
  return typeof name === 'string' ? name : undefined;
}

/** `Session.create` */
const writtenName = ({ facts }: FileIndex, callee: Value): string | undefined =>
  callee.kind === 'member' && callee.of.kind === 'ref' && typeof callee.key === 'string'
    ? `${facts.bindings[callee.of.binding]!.name}.${callee.key}`
    : undefined;

/** It makes paths of its own below the folder for temporary files, and no library takes them away at the end. */
function makesFiles(r: Resolver, { file, fn }: FunctionValue): boolean {
  const facts = r.index(file)?.facts;
  if (!facts || facts.calls.some(({ callee }) => callee.kind === 'member' && callee.key === 'setGracefulCleanup')) return false;
  const { at } = facts.functions[fn]!;
  return facts.calls.some((call, id) => isIn(call.at, at) && isTemporary(r.value({ kind: 'result', call: id, at: call.at }, file, undefined)));
}

const isTemporary = (value: Abstract): boolean =>
  value.kind === 'text' &&
  value.parts.some((part) => (typeof part === 'string' ? part.startsWith(TEMPORARY) : 'source' in part && /^(mkdtemp|tmp|temp|tempy)$/.test(part.source)));
