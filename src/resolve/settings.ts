/**
 * Settings that tests hand to something that outlives them: `setLocale('de')`, where a module keeps what it is given in a variable, and
 * `client.configure(strict)` with a second call at the end of the test that puts it back. Nobody's catalogue describes them.
 */
import type { Abstract, Frame } from '../model/abstract.js';
import { constantOf } from '../model/abstract.js';
import type { BindingId, Call, CallId, FileFacts, FunctionId, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import { chain } from './chain.js';
import { showsErased } from './erasure.js';
import type { Event } from './events.js';
import type { FileIndex } from './file-index.js';
import type { Resolver } from './resolver.js';
import { PUTS_BACK } from './saved.js';

type Set = Extract<Event, { e: 'set' }>;

/** Functions by these names set a constant on purpose; others that do may fill a cache. */
const SWITCHES = /^(enable|disable|activate|deactivate|freeze|unfreeze|mute|unmute)([A-Z_]|$)/;

/**
 * A variable of a module that one of its functions sets to what it is given. `depends` says that the argument has to be looked at first.
 */
export function givenSetting(
  r: Resolver,
  binding: BindingId,
  value: Value,
  file: string,
  frame: Frame | undefined,
  at: Place,
): { readonly event: Set; readonly depends: boolean } | undefined {
  const index = r.index(file);
  const known = index?.facts.bindings[binding];
  if (!index || frame?.file !== file || known?.in !== 0 || known.form !== 'let') return undefined;
  const fn = index.facts.functions[frame.fn];
  const first = (index.writes.get(binding) ?? []).find((each) => each.fn === 0 && each.path.length === 0);
  const isReset = PUTS_BACK.test(fn?.name ?? '') || isEqual(index, first?.value, value);
  const isSwitch = value.kind === 'const' && typeof value.value === 'boolean' && SWITCHES.test(fn?.name ?? '');
  const isBack = isSaved(index, value, binding);
  if (!isReset && !isSwitch && !isBack && !isGiven(index, value, frame.fn)) return undefined;
  const now = r.value(value, file, frame);
  const before = first && r.value(first.value, file, undefined);
  return {
    event: {
      e: 'set',
      state: 'module',
      cell: `${file}#${known.name}`,
      value: isBack ? 'saved' : isPlainConstant(now) ? 'constant' : 'unknown',
      removes: false,
      at,
      via: [],
      ...(isReset || isSame(before, now) ? { resets: true } : {}),
    },
    depends: showsErased(now),
  };
}

/** `const before = locale; locale = next; return () => { locale = before; };` */
const isSaved = (index: FileIndex, value: Value, binding: BindingId): boolean =>
  value.kind === 'ref' &&
  (index.writes.get(value.binding) ?? []).some((each) => each.path.length === 0 && each.value.kind === 'ref' && each.value.binding === binding);

/** Whether a value is made of a parameter of the function, and of nothing that is computed. */
function isGiven(index: FileIndex, value: Value, fn: FunctionId): boolean {
  const inner = (each: Value): boolean => isGiven(index, each, fn);
  switch (value.kind) {
    case 'ref':
      return index.params.has(value.binding) && index.facts.bindings[value.binding]?.in === fn;
    case 'member':
      return typeof value.key === 'string' && inner(value.of);
    case 'choice':
      return value.of.some(inner);
    case 'spread':
      return inner(value.of);
    case 'list':
      return value.items.some(inner);
    case 'record':
      return value.entries.some((entry) => inner('spread' in entry ? entry.spread : entry.value));
    case 'result': {
      const call = index.facts.calls[value.call];
      return call?.callee.kind === 'member' && chain(call.callee) === 'Object.assign' && call.args.some((each) => inner(each.value));
    }
    default:
      return false;
  }
}

/** The same constant or empty collection, written in the same way. */
function isEqual(index: FileIndex, first: Value | undefined, value: Value): boolean {
  if (first === undefined) return value.kind === 'const' && (value.as === 'undefined' || value.value === null);
  if (first.kind === 'const' && value.kind === 'const') return first.value === value.value && first.as === value.as;
  if (first.kind === 'list' && value.kind === 'list') return first.items.length === 0 && value.items.length === 0;
  if (first.kind === 'record' && value.kind === 'record') return first.entries.length === 0 && value.entries.length === 0;
  if (first.kind !== 'result' || value.kind !== 'result') return false;
  const [a, b] = [index.facts.calls[first.call], index.facts.calls[value.call]];
  const made = a && chain(a.callee);
  return made !== undefined && b !== undefined && a?.args.length === 0 && b.args.length === 0 && made === chain(b.callee);
}

const isPlainConstant = (value: Abstract): boolean =>
  value.kind === 'const' || (value.kind === 'text' && constantOf(value) !== undefined) || (value.kind === 'list' && value.items.length === 0 && !value.open);

function isSame(before: Abstract | undefined, now: Abstract): boolean {
  if (before === undefined) return now.kind === 'const' && now.value === undefined;
  if (before.kind === 'const' && now.kind === 'const') return before.value === now.value;
  if (before.kind === 'list' && now.kind === 'list') return before.items.length === 0 && now.items.length === 0 && !now.open;
  if (before.kind === 'record' && now.kind === 'record') return before.keys()?.length === 0 && now.keys()?.length === 0;
  const text = constantOf(before);
  return text !== undefined && text === constantOf(now);
}

/** What a call of a test file does to a setting: changes it, puts it back at the end of the same test, or only sets it. */
interface Setting {
  readonly name: string;
  readonly role: 'change' | 'back' | 'only';
  readonly root: BindingId;
}

const SETS = /^(set|configure|override|toggle|enable|disable)([A-Z_]|$)/;
const SWITCHED: Readonly<Record<string, string>> = { enable: 'disable', disable: 'enable' };

const analyses = new WeakMap<FileFacts, ReadonlyMap<CallId, Setting>>();

/** `orm.config.set('migrations', changed)` in a test that ends with `orm.config.set('migrations', saved)`. */
export function pairedSetting(r: Resolver, id: CallId, file: string, at: Place): Set | undefined {
  const index = r.index(file);
  if (!index) return undefined;
  let known = analyses.get(index.facts);
  if (!known) analyses.set(index.facts, (known = settingsOf(r, index)));
  const setting = known.get(id);
  if (!setting) return undefined;
  return {
    e: 'set',
    state: 'module',
    cell: `${rootOf(r, index, setting.root)}.${setting.name}`,
    value: setting.role === 'back' ? 'saved' : 'unknown',
    removes: false,
    at,
    via: [],
    ...(setting.role === 'only' ? { resets: true } : {}),
  };
}

function settingsOf(r: Resolver, index: FileIndex): ReadonlyMap<CallId, Setting> {
  const out = new Map<CallId, Setting>();
  const paired = new Set<string>();
  const { facts } = index;
  for (const fn of facts.functions) {
    if (fn.kind !== 'function') continue;
    const calls = fn.body.flatMap((step) => (step.do === 'call' ? [step.call] : []));
    const ends = calls.findLast((each) => !isSignal(facts, facts.calls[each]!));
    const last = ends !== undefined && describe(r, index, ends) ? ends : calls.findLast((each) => isFlag(facts.calls[each]!) && describe(r, index, each));
    const end = last === undefined ? undefined : describe(r, index, last);
    if (last === undefined || !end) continue;
    const first = calls.find((each) => each < last && isUndoneBy(describe(r, index, each), end));
    // Something that may throw stands between them.
    if (first === undefined || calls.indexOf(last) - calls.indexOf(first) < 2 || isNested(facts, first, last, calls)) continue;
    out.set(first, { name: end.name, role: 'change', root: end.root });
    out.set(last, { name: end.name, role: 'back', root: end.root });
    paired.add(`${end.root}.${end.key}`);
  }
  if (out.size === 0) return out;
  facts.calls.forEach((_, id) => {
    const each = out.has(id) ? undefined : describe(r, index, id);
    if (each && paired.has(`${each.root}.${each.key}`)) out.set(id, { name: each.name, role: 'only', root: each.root });
  });
  return out;
}

/** All calls between the two are arguments of the last one. */
function isNested(facts: FileFacts, first: CallId, last: CallId, calls: readonly CallId[]): boolean {
  const end = facts.calls[last]!.at;
  return calls.slice(calls.indexOf(first) + 1, calls.indexOf(last)).every((each) => end[0] <= facts.calls[each]!.at[0] && facts.calls[each]!.at[1] <= end[1]);
}

/** `network.setOnline(true)` has one counterpart, wherever in the test it stands. */
const isFlag = ({ args: [first, ...others] }: Call): boolean =>
  others.length === 0 && first?.value.kind === 'const' && (typeof first.value.value === 'boolean' || first.value.value === null);

/** `done()`: tells the runner that the test is over. */
const isSignal = (facts: FileFacts, { callee, args }: Call): boolean =>
  args.length === 0 && callee.kind === 'ref' && facts.bindings[callee.binding]?.form === 'param';

interface Described {
  readonly root: BindingId;
  /** Equal for calls that set the same thing. */
  readonly key: string;
  readonly name: string;
  readonly method: string;
  readonly given: string;
}

function describe(r: Resolver, index: FileIndex, id: CallId): Described | undefined {
  const call = index.facts.calls[id];
  if (call?.form !== 'call' || call.callee.kind !== 'member' || typeof call.callee.key !== 'string' || !SETS.test(call.callee.key)) return undefined;
  const path: string[] = [];
  let of = call.callee.of;
  for (; of.kind === 'member' && typeof of.key === 'string'; of = of.of) path.unshift(of.key);
  if (of.kind !== 'ref' || !outlives(r, index, of.binding, call)) return undefined;
  const method = call.callee.key;
  const [first, ...rest] = call.args;
  const key = rest.length > 0 && first?.value.kind === 'const' && typeof first.value.value === 'string' ? first.value.value : undefined;
  if (rest.length > 0 && key === undefined) return undefined;
  const base = [...path, SWITCHED[method] === undefined ? method : 'enable'].join('.');
  return {
    root: of.binding,
    key: `${base} ${key ?? ''}`,
    name: `${[...path, method].join('.')}(${key === undefined ? '' : `'${key}'`})`,
    method,
    given: JSON.stringify(
      (key === undefined ? call.args : rest).map((each) => each.value),
      (name, value: unknown) => (name === 'at' ? undefined : value),
    ),
  };
}

const isUndoneBy = (change: Described | undefined, back: Described): boolean =>
  change?.root === back.root && change.key === back.key && (change.method === back.method ? change.given !== back.given : change.given === back.given);

/** An import, or a variable of the file or a suite that no hook makes anew for each test. */
export function outlives(r: Resolver, index: FileIndex, binding: BindingId, call: Call): boolean {
  const known = index.facts.bindings[binding]!;
  if (known.form === 'param' || known.form === 'catch') return false;
  if (index.imports.has(binding) || loadedFrom(index, binding) !== undefined) return !r.runner.vocabulary.modules.includes(loadedFrom(index, binding) ?? '');
  if (known.in === call.in) return false;
  for (let fn: FunctionId | undefined = call.in; fn !== undefined && fn !== known.in; fn = index.facts.functions[fn]?.in) {
    // A variable of the test itself, seen from a callback.
    if (index.facts.functions[fn]?.in === known.in && !isSuiteOrModule(index, known.in)) return false;
  }
  const writes = index.writes.get(binding) ?? [];
  return writes.length > 0 && writes.every((write) => write.fn === known.in || isHookOnce(index, write.fn));
}

const isSuiteOrModule = (index: FileIndex, fn: FunctionId): boolean => fn === 0 || /^(describe|suite|context)$/.test(wordAround(index, fn));
const isHookOnce = (index: FileIndex, fn: FunctionId): boolean => /^(before|beforeAll|suiteSetup)$/.test(wordAround(index, fn));

/** The name of the function that a callback is handed to. */
function wordAround(index: FileIndex, fn: FunctionId): string {
  const call = index.facts.calls.find((each) => each.args.some((arg) => arg.value.kind === 'fn' && arg.value.fn === fn));
  let callee = call?.callee;
  while (callee?.kind === 'member' && callee.of.kind !== 'self') callee = callee.of;
  return callee?.kind === 'outer' ? callee.name : callee?.kind === 'ref' ? (index.facts.bindings[callee.binding]?.name ?? '') : '';
}

/** The specifier behind an import, or behind `const network = require('./network')` in a function. */
function loadedFrom(index: FileIndex, binding: BindingId): string | undefined {
  let from = index.imports.get(binding)?.from;
  const [write, ...others] = index.writes.get(binding) ?? [];
  if (!from && write?.value.kind === 'result' && others.length === 0 && write.path.length === 0) {
    const call = index.facts.calls[write.value.call];
    if (call?.callee.kind === 'outer' && call.callee.name === 'require') from = call.args[0]?.value;
  }
  return from?.kind === 'const' && typeof from.value === 'string' ? from.value : undefined;
}

/** A file and a name in it: the module that is imported, or the variable itself. */
function rootOf(r: Resolver, index: FileIndex, binding: BindingId): string {
  const { name } = index.facts.bindings[binding]!;
  const specifier = loadedFrom(index, binding);
  if (specifier === undefined) return `${index.facts.path}#${name}`;
  const target = r.sources.resolveImport(index.facts.path, specifier);
  return `${'file' in target ? target.file : specifier}#${name}`;
}
