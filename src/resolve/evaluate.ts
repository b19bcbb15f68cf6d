import type { Abstract, Frame, FunctionValue, HandleValue, RecordValue } from '../model/abstract.js';
import { constantOf, recordsOf, text, unknown } from '../model/abstract.js';
import type { BindingId, Entry, FileFacts, Value } from '../model/facts.js';
import { samePlace, type Place } from '../model/place.js';
import { remembered } from '../model/remembered.js';
import { calledBackWith } from './called-back.js';
import { resultOf, returned } from './calls.js';
import { counted, isCount } from './counters.js';
import { withFillings } from './fillings.js';
import { isData } from './documents.js';
import { member } from './members.js';
import { isUrl, withWrites } from './url-members.js';
import { enclosing } from './cells.js';
import { fromListedFolder } from './listed-modules.js';
import { exportOf, hasEsm, importValue } from './modules.js';
import { asLibrary } from './own-library.js';
import { keptBySetup } from './kept-by-setup.js';
import { provided } from './provided.js';
import { wordNamed } from './words.js';
import { choice, NOT_PASSED, operation } from './operators.js';
import { selfOf } from './frames.js';
import { seenFrom } from './overwrites.js';
import { CIRCULAR, DEEPEST, type Resolver, place } from './resolver.js';
import { storedIn } from './stores.js';
import { areTooMany, concat, oneOf } from './text.js';
import { ERASED, isErased } from './erasure.js';
import type { FileIndex, Write } from './file-index.js';
import { FILLS } from './shared-variables.js';

const pattern = (written: string, at: Place): Abstract => ({
  kind: 'record',
  at,
  get: (key) => (key === 'source' ? text(written.slice(1, written.lastIndexOf('/')), at) : undefined),
  keys: () => undefined,
});

/** One step of evaluation; callers go through `Resolver.value`, which remembers. */
export function evaluate(r: Resolver, value: Value, file: string, frame: Frame | undefined): Abstract {
  const at = place(file, value.at);
  switch (value.kind) {
    case 'const':
      if (value.as === 'undefined') return { kind: 'const', value: undefined, at };
      if (value.as === 'regex') return pattern(String(value.value), at);
      if (value.as === 'bigint') return { kind: 'const', value: Number(value.value), at };
      return typeof value.value === 'string' ? text(value.value, at) : { kind: 'const', value: value.value, at };
    case 'text': {
      const parts = value.parts.map((part) => spelt(r, r.value(part, file, frame), frame, at));
      const whole = concat(parts, at);
      // `postgres://localhost/${DATABASE}` is decided where its end is written.
      const [before, end] = [parts.at(-2), parts.at(-1)];
      const tail = value.parts.at(-1)?.kind === 'ref' && end?.kind === 'text' && /[=/:]$/.test(constantOf(before) ?? '') ? end.at : undefined;
      const decidedAt = (each: Abstract): Abstract => (tail && each.kind === 'text' ? { ...each, at: tail } : each);
      return whole.kind === 'oneOf' ? { ...whole, of: whole.of.map(decidedAt) } : decidedAt(whole);
    }
    case 'ref': {
      const held = reference(r, value.binding, value, file, frame);
      return isUrl(held) ? withWrites(r, value, held, file, frame) : withFillings(r, value, held, file, frame);
    }
    case 'outer':
      return outer(r, value.name, file, at);
    case 'self':
      return selfOf(frame) ?? exportsOfModule(r, file, at) ?? { kind: 'outer', path: ['this'], at };
    case 'super':
      return unknown('super', at);
    case 'member': {
      return typeof value.key === 'string'
        ? member(r, value.of, value.key, file, frame, at)
        : computed(r, value.of, r.value(value.key, file, frame), file, frame, at);
    }
    case 'result':
      return resultOf(r, value.call, file, frame);
    case 'fn': {
      const fn: FunctionValue = { kind: 'fn', file, fn: value.fn, scope: frame };
      const own = r.index(file)?.facts.functions[value.fn];
      const self = own?.arrow ? selfOf(frame) : undefined;
      return self ? { ...fn, self } : fn;
    }
    case 'record':
      return record(r, value.entries, file, frame, at);
    case 'list': {
      const items: Abstract[] = [];
      let open = false;
      for (const item of value.items) {
        if (item.kind === 'spread') {
          const inner = r.value(item.of, file, frame);
          if (inner.kind === 'list') {
            items.push(...inner.items);
            open ||= inner.open;
          } else open = true;
        } else items.push(r.value(item, file, frame));
      }
      return { kind: 'list', items, open, at };
    }
    case 'choice':
      return choice(r, value, file, frame);
    case 'op':
      return operation(r, value, file, frame);
    default:
      return unknown('an expression that is not followed', at);
  }
}

/** At the top of a CommonJS module `this` is what it exports: `exports.server = createServer(); this.server.listen(0)`. */
function exportsOfModule(r: Resolver, file: string, at: Place): Abstract | undefined {
  const facts = r.index(file)?.facts;
  if (!facts || hasEsm(facts.imports) || enclosing(facts, at.span[0]) !== 0) return undefined;
  return exportOf(r, file, 'module.exports', at);
}

/** `settings[process.env.NODE_ENV || 'development']`, `ports[index]` */
function computed(r: Resolver, of: Value, key: Abstract, file: string, frame: Frame | undefined, at: HandleValue['at']): Abstract {
  const known = constantOf(key);
  if (known !== undefined) return namedBy(key, member(r, of, known, file, frame, at), at);
  if (key.kind === 'oneOf') {
    const names = key.of.map(constantOf).filter((each) => each !== undefined);
    if (names.length > 0 && key.of.every((each, index) => constantOf(each) !== undefined || isFromOutside(key.of[index]!)))
      return oneOf(names.map((each) => member(r, of, each, file, frame, at)));
  }
  const whole = r.value(of, file, frame);
  if (whole.kind === 'list' && !whole.open && whole.items.length > 0 && whole.items.length <= 6) return items(whole);
  if (whole.kind === 'outer' && whole.path.join('.') === 'process.env') return unknown('an environment variable whose name is computed', at);
  const keys = isFromOutside(key) && whole.kind === 'record' ? whole.keys() : undefined;
  if (keys && keys.length > 0 && keys.length <= 6) return oneOf((keys.includes('test') ? ['test'] : keys).map((each) => member(r, of, each, file, frame, at)));
  return storedIn(r, of, file, frame) ?? (isOfListeners(whole) ? whole : isErased(key) ? ERASED : unknown('a computed property', at));
}

/**
 * `read('DATABASE_URL')` of a function that reads the variable it is told: what decides is the name that it is given. Where
 * a settings file gives it (`"use_env_variable"`), the code that reads the variable decides.
 */
const namedBy = (key: Abstract, value: Abstract, at: Place): Abstract =>
  key.kind === 'text' && !isData(key.at.path) && value.kind === 'text' && value.from?.includes('env') && samePlace(value.at, at)
    ? { ...value, at: key.at }
    : value;

export const isFromOutside = (value: Abstract): boolean =>
  value.kind === 'text' &&
  value.parts.length === 1 &&
  typeof value.parts[0] !== 'string' &&
  'varies' in value.parts[0]! &&
  value.parts[0].varies === 'environment';

export function outer(r: Resolver, name: string, file: string, at: { path: string; span: readonly [number, number] }): Abstract {
  if (name === '__dirname' || name === 'import.meta.dirname') return text(dirname(file), at);
  if (name === '__filename' || name === 'import.meta.filename') return text(`<root>/${file}`, at);
  if (name === 'import.meta.url') return text(`file://<root>/${file}`, at);
  const word = r.runner.vocabulary.globals ? wordNamed(r.runner.vocabulary, name, at) : undefined;
  return word ?? provided(r, name) ?? { kind: 'outer', path: [name], at };
}

function dirname(file: string): string {
  const slash = file.lastIndexOf('/');
  return slash < 0 ? '<root>' : `<root>/${file.slice(0, slash)}`;
}

function reference(r: Resolver, binding: number, value: Value, file: string, frame: Frame | undefined): Abstract {
  const index = r.index(file);
  const known = index?.facts.bindings[binding];
  const at = place(file, value.at);
  if (!index || !known) return unknown('a name that is not bound', at);
  if (known.form === 'import') {
    const from = index.imports.get(binding);
    return from ? importValue(r, from, file, at) : unknown('an import that is not followed', at);
  }
  const all = index.writes.get(binding) ?? [];
  if (all.some((write) => isCount(write.op))) {
    const count = counted(r, value, file, at);
    if (count.kind !== 'unknown') return count;
  }
  const given = index.params.has(binding) ? [(): Abstract => parameter(r, binding, file, frame, at)] : [];
  const told = (writes: readonly Write[]): Abstract[] => inPortions(writes, (write) => written(r, write, file, frame));
  const kept = keptBySetup(r, file, binding);
  if (kept) return oneOf(kept.frames.map((each) => written(r, kept.write, file, each)));
  const seen = seenFrom(index, binding, all, value.at);
  const last = seen && told(seen);
  // `url = url.replace(/#/g, '%23')`: where nobody knows what the last of them gives, what came before tells more.
  const values = last?.some((each) => !isUnexplained(each)) ? last : [...given.map((each) => each()), ...told(all)];
  if (values.length === 0) {
    const typed = typedHandle(r, file, binding, at);
    if (typed) return typed;
    return known.form === 'catch' ? unknown('a caught error', at) : { kind: 'const', value: undefined, at };
  }
  const real = values.filter(isReal);
  const answer = oneOf(real.length > 0 ? real : values);
  if (isUnexplained(answer)) {
    const typed = typedHandle(r, file, binding, at);
    if (typed) return typed;
  }
  return answer.kind === 'list' && answer.items.length === 0 && isFilledLater(index, binding) ? { ...answer, open: true } : answer;
}

/** `const letters = []; while (letters.length < 8) letters.push(letter());` */
const isFilledLater = ({ facts }: FileIndex, binding: number): boolean => filledLater(facts).has(binding);

const filledLater = remembered(
  ({ calls }: FileFacts): ReadonlySet<BindingId> =>
    new Set(
      calls.flatMap(({ callee }) =>
        callee.kind === 'member' && typeof callee.key === 'string' && FILLS.has(callee.key) && callee.of.kind === 'ref' ? [callee.of.binding] : [],
      ),
    ),
);

/** As many as it takes to know that they are too many: a variable of a generated parser may be written hundreds of times. */
function inPortions(writes: readonly Write[], tell: (write: Write) => Abstract): Abstract[] {
  const out: Abstract[] = [];
  for (let size = PORTION; out.length < writes.length && !areTooMany(out.filter(isReal)); size *= 2)
    for (const write of writes.slice(out.length, out.length + size)) out.push(tell(write));
  return out;
}
const PORTION = 16;

/** `let db = null` and `let db;` before the real value say nothing of it. */
const isReal = (value: Abstract): boolean =>
  !(value.kind === 'const' && (value.value === undefined || value.value === null)) && !isCircular(value) && !isNotPassed(value);

/** `opts = { ...opts, x }` says of `opts` only what its other writes say. */
const isCircular = (value: Abstract): boolean => value.kind === 'unknown' && value.why === CIRCULAR;

/** `port = port || 6379` where the caller passes nothing. */
const isNotPassed = (value: Abstract): boolean => value.kind === 'unknown' && value.why === NOT_PASSED;

const isUnexplained = (value: Abstract): boolean => value.kind === 'unknown';

/** What a written annotation says of a variable that nothing else explains. */
function typedHandle(r: Resolver, file: string, binding: number, at: HandleValue['at']): Abstract | undefined {
  const index = r.index(file);
  const known = index?.facts.bindings[binding];
  const type = known?.type ?? index?.params.get(binding)?.type;
  return type ? handleOfType(r, type, file, at) : undefined;
}

export function handleOfType(
  r: Resolver,
  type: { readonly root: number | string; readonly path: readonly string[] },
  file: string,
  at: HandleValue['at'],
): Abstract | undefined {
  if (typeof type.root === 'string') return undefined;
  const from = r.index(file)?.imports.get(type.root);
  if (from?.from.kind !== 'const' || typeof from.from.value !== 'string') return undefined;
  const target = r.sources.resolveImport(file, from.from.value);
  const packageName = 'package' in target ? target.package : undefined;
  const name = [...(from.name === '*' || from.name === 'default' || from.name === 'module.exports' ? [] : [from.name]), ...type.path].at(-1) ?? 'default';
  if (packageName) {
    const found = r.library.typed(packageName, name);
    if (packageName === '@nestjs/config' && name === 'ConfigService') return { kind: 'library', package: packageName, path: [name], at };
    return found ? { kind: 'handle', entry: found.entry, type: found.type, at, byType: true } : undefined;
  }
  // A class of the project: an instance whose arguments nobody knows.
  if ('file' in target && name !== 'default' && r.sources.mayExport?.(target.file, name, 'class') === false) return undefined;
  const value = importValue(r, from, file, at);
  const library = value.kind === 'fn' ? asLibrary(r, value, file) : undefined;
  const typed = library && r.library.typed(library.package, library.path.at(-1) ?? 'default');
  if (typed) return { kind: 'handle', entry: typed.entry, type: typed.type, at, byType: true };
  if (value.kind === 'fn' && r.index(value.file)?.facts.functions[value.fn]?.kind === 'class')
    return { kind: 'instance', file: value.file, fn: value.fn, scope: value.scope, args: [], at };
  return undefined;
}

function written(r: Resolver, write: Write, file: string, frame: Frame | undefined): Abstract {
  const at = place(file, write.at);
  if (write.op && write.op !== '??=' && write.op !== '||=') {
    if (write.op !== '+=') return unknown('it is counted up or changed in place', at);
    return unknown('it is put together step by step', at);
  }
  let value = r.value(write.value, file, frame);
  if (write.each) value = items(value);
  const found = follow(r, value, write.path, at);
  if (write.fallback && (found === undefined || isMissing(found))) return r.value(write.fallback, file, frame);
  return found ?? { kind: 'const', value: undefined, at };
}

const isMissing = (value: Abstract): boolean => value.kind === 'const' && value.value === undefined;

export function items(value: Abstract): Abstract {
  if (value.kind === 'list')
    return value.items.length > 0 ? oneOf(value.open ? [...value.items, unknown('more items')] : value.items) : unknown('an empty list');
  return isOfListeners(value) ? value : unknown('an item of a list that is not known');
}

/** What `process.listeners('SIGINT')` gave keeps saying so: it is put back one by one. */
const isOfListeners = (value: Abstract): boolean => value.kind === 'unknown' && /process\.(l|rawL)isteners/.test(value.why);

function follow(r: Resolver, value: Abstract, path: readonly (string | number)[], at: { path: string; span: readonly [number, number] }): Abstract | undefined {
  let current: Abstract | undefined = value;
  for (const key of path) {
    if (!current) return undefined;
    current = property(r, current, String(key), at);
  }
  return current;
}

/** A property of a value that is already known. */
export function property(r: Resolver, value: Abstract, key: string, at: HandleValue['at']): Abstract | undefined {
  return member(r, value, key, at.path, undefined, at);
}

function parameter(r: Resolver, binding: number, file: string, frame: Frame | undefined, at: HandleValue['at']): Abstract {
  const index = r.index(file)!;
  const param = index.params.get(binding)!;
  const owner = index.facts.bindings[binding]!.in;
  let holder: Frame | undefined = frame;
  while (holder && !(holder.file === file && holder.fn === owner)) holder = holder.scope;
  if (holder) return argument(r, param, holder.args, file, holder, at);
  const calls = callers(r, owner, file);
  const values = calls.map((args) => argument(r, param, args, file, undefined, at));
  return values.length > 0 ? oneOf(values) : unknown(`the parameter \`${index.facts.bindings[binding]!.name}\` of a function whose caller is not known`, at);
}

function argument(
  r: Resolver,
  param: {
    readonly index: number;
    readonly path: readonly (string | number)[];
    readonly fallback?: Value;
    readonly wholeFallback?: Value;
    readonly rest?: boolean;
  },
  args: readonly Abstract[],
  file: string,
  frame: Frame | undefined,
  at: HandleValue['at'],
): Abstract {
  if (param.rest) return { kind: 'list', items: args.slice(param.index), open: false, at };
  let whole = args[param.index];
  if ((whole === undefined || isMissing(whole)) && param.wholeFallback) whole = r.value(param.wholeFallback, file, frame);
  if (whole === undefined) return unknown(NOT_PASSED, at);
  const found = follow(r, whole, param.path, at);
  if ((found === undefined || isMissing(found)) && param.fallback) return r.value(param.fallback, file, frame);
  return found ?? { kind: 'const', value: undefined, at };
}

/** What stands for an object where it is written into a text: what its class or it says itself. */
function spelt(r: Resolver, value: Abstract, frame: Frame | undefined, at: Place): Abstract {
  if (value.kind !== 'instance' && value.kind !== 'record') return value;
  const says = property(r, value, 'toString', at);
  return says?.kind === 'fn' ? returned(r, says, [], frame, at) : value;
}

/** Arguments of the calls of a function in its own file, where nobody said which call it is. */
function callers(r: Resolver, fn: number, file: string): Abstract[][] {
  const index = r.index(file)!;
  const bound = index.boundTo.get(fn);
  const calls = bound === undefined ? [] : (index.callsOf.get(bound) ?? []);
  if (calls.length === 0 || calls.length > 8) {
    const given = calledBackWith(r, fn, file, undefined);
    return given.length > 0 ? [[...given]] : (r.observed.get(`${file}#${fn}`) ?? []).map((args) => [...args]);
  }
  return calls.map((call) => call.args.map((each) => r.value(each.value, file, undefined)));
}

/** `chosen`: what its spread of several objects is taken for. */
function record(
  r: Resolver,
  entries: readonly Entry[],
  file: string,
  frame: Frame | undefined,
  at: HandleValue['at'],
  chosen?: { readonly entry: Entry; readonly value: RecordValue },
): RecordValue {
  const own: RecordValue & { key?: number } = {
    kind: 'record',
    at,
    ...(frame?.key ? { key: frame.key } : {}),
    // `self = { ...self }`: a record can be asked for what it is being asked for.
    get: (key) => guarded(`.${key}`, () => entryOf(key)),
    keys: () => guarded('', allKeys),
    ...(chosen ? {} : { ways: () => guarded('?', ways) }),
    written: entries.flatMap((entry) => ('spread' in entry || typeof entry.key !== 'string' ? [] : [entry.key])),
  };
  const filled = r.index(file)?.filled(at.span);
  const asked = new Set<string>();
  function guarded<Answer>(key: string, ask: () => Answer): Answer | undefined {
    if (asked.has(key) || r.depth > DEEPEST) return undefined;
    asked.add(key);
    r.depth++;
    try {
      return ask();
    } finally {
      r.depth--;
      asked.delete(key);
    }
  }
  function spread(entry: Extract<Entry, { readonly spread: unknown }>): Abstract {
    return entry === chosen?.entry ? chosen.value : r.value(entry.spread, file, frame);
  }
  function ways(): readonly RecordValue[] | undefined {
    for (const entry of entries) {
      const each = 'spread' in entry ? recordsOf(spread(entry)) : undefined;
      if (each) return each.map((value) => record(r, entries, file, frame, at, { entry, value }));
    }
    return undefined;
  }
  function entryOf(key: string, last = entries.length - 1): Abstract | undefined {
    for (let index = last; index >= 0; index--) {
      const entry = entries[index]!;
      if ('spread' in entry) {
        const inner = spread(entry);
        if (inner.kind === 'record') {
          const found = inner.get(key);
          const below = found && (isOptional(found) || (isFromOutside(found) && !inner.written?.includes(key))) ? entryOf(key, index - 1) : undefined;
          if (found) return below ? oneOf([found, below]) : found;
        } else if (inner.kind !== 'const') {
          const found = property(r, inner, key, at);
          // `{ PORT: '0', ...process.env }`: a variable that nobody is known to set replaces nothing.
          const below = found && isFromOutside(found) ? entryOf(key, index - 1) : undefined;
          if (found && below) return oneOf([found, below]);
          if (found && found.kind !== 'unknown' && !isMissing(found)) return found;
          if (found && isErased(found) && !entries.slice(0, index).some((each) => 'spread' in each || each.key === key)) return found;
          // A later spread of something unknown may replace what stands before it, but seldom does.
        }
        continue;
      }
      const computed = typeof entry.key === 'string' ? undefined : r.value(entry.key, file, frame);
      if (isErased(computed)) return ERASED;
      if ((computed ? constantOf(computed) : entry.key) !== key) continue;
      const value = r.value(entry.value, file, frame);
      if (!entry.getter) return bindSelf(r, value, own);
      return value.kind === 'fn' ? oneOf((r.index(value.file)?.returns.get(value.fn) ?? []).map((each) => r.value(each, value.file, frame))) : value;
    }
    const given = last === entries.length - 1 ? filled?.get(key) : undefined;
    if (given) return oneOf(given.map((write) => bindSelf(r, r.value(write.value, file, undefined), own)));
    const listed = last < entries.length - 1 ? undefined : fromListedFolder(r, at.span, key, file, frame);
    if (listed) return listed;
    return entries.some((entry) => 'spread' in entry && spread(entry).kind === 'unknown') ? unknown('a property of a spread that is not known', at) : undefined;
  }
  function allKeys(): readonly string[] | undefined {
    const names: string[] = [];
    for (const entry of entries) {
      if ('spread' in entry) {
        const more = keysIn(spread(entry));
        if (!more) return undefined;
        names.push(...more);
      } else {
        const name = typeof entry.key === 'string' ? entry.key : constantOf(r.value(entry.key, file, frame));
        if (name === undefined) return undefined;
        names.push(name);
      }
    }
    return [...new Set([...names, ...(filled?.keys() ?? [])])];
  }
  return own;
}

/** The keys that a spread brings along: `...(debugging ? { timeout } : {})` may bring `timeout`. */
function keysIn(value: Abstract): readonly string[] | undefined {
  if (value.kind === 'record') return value.keys();
  if (value.kind === 'const') return [];
  if (value.kind !== 'oneOf') return undefined;
  const all = value.of.map(keysIn);
  return all.every((each) => each !== undefined) ? [...new Set(all.flat())] : undefined;
}

/** A setting that a package leaves out where nobody gives it. */
export const OPTIONAL = 'optional';
const isOptional = (value: Abstract): boolean => value.kind === 'text' && value.from?.includes(OPTIONAL) === true;

function bindSelf(r: Resolver, value: Abstract, self: Abstract): Abstract {
  if (value.kind !== 'fn' || value.self) return value;
  const fn = r.index(value.file)?.facts.functions[value.fn];
  return fn && !fn.arrow && fn.kind !== 'class' ? { ...value, self } : value;
}
