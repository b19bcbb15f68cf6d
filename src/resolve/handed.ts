import type { FunctionValue } from '../model/abstract.js';
import { constantOf, nameOf } from '../model/abstract.js';
import { isIn, isWaitedFor, pathOf } from '../model/code.js';
import type { Call, CallId, FileFacts, Fn, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import type { FileStory, Handed } from '../model/suite.js';
import { uniquePer, type Hole } from '../model/names.js';
import { allValues } from '../model/values.js';
import type { FileIndex } from './file-index.js';
import { assigns } from './filled.js';
import { calledOn } from './called-on.js';
import { classesOf } from './members.js';
import { place, type Resolver } from './resolver.js';

/** Last words of an option or parameter that names something outside the process. */
const TELLING =
  /(db|database|schema|keyspace|tenant|queue|topic|bucket|exchange|channel|stream|collection|table|namespace|prefix|repo|index|registry|package)(name|id|suffix)?$|^(name|suffix)$|port$|^(root|cwd|dir|folder)$|(root|dir|directory|folder|fixture|path)$/i;

/**
 * Constants that a test file hands to functions of other files under names that speak of something shared:
 * `createNetwork({ dbSchema: 'posts' })`, `startServer(4001)`, `loadFixture({ root: './fixtures/blog' })`.
 */
export function handedOf(
  r: Resolver,
  file: string,
  isTestSide: (path: string) => boolean,
): Required<Pick<FileStory, 'handed' | 'handedWithin' | 'handedAnew' | 'handedDrawn'>> {
  const index = r.index(file);
  const out: Handed[] = [];
  const within: Handed[] = [];
  const anew: Pick<Handed, 'to' | 'as' | 'at' | 'beside'>[] = [];
  const drawn: Required<FileStory>['handedDrawn'][number][] = [];
  const failing = index ? expectedToThrow(index) : undefined;
  // `@Entity({ schema: 'shop' })` describes; it opens nothing.
  const describing = new Set(index?.facts.functions.flatMap((fn) => fn.decorators.flatMap((each) => (each.kind === 'result' ? [each.call] : []))));
  for (const [id, call] of index?.facts.calls.entries() ?? []) {
    if (!index || call.form === 'tag' || call.form === 'decorate' || failing?.has(call.in) || describing.has(id)) continue;
    const to = helperOf(r, index, call);
    if (to === undefined) {
      if (within.length < MOST) within.push(...handedHome(index, id));
      continue;
    }
    const engine = call.args.map((arg) => engineOf(r, index, arg.value)).find((each) => each !== undefined);
    const add = (as: string, value: Value, beside: readonly string[]): void => {
      const known = constantIn(r, index, value);
      if (known === 'anew') anew.push({ to, as, at: place(file, value.at), beside });
      if (known === 'anew' || !known) return;
      if ('hole' in known) {
        drawn.push({ to, as, at: place(file, value.at), helps: isTestSide(to), hole: known.hole });
        return;
      }
      const { text, decidedAt } = known;
      const given = {
        to,
        helps: isTestSide(to),
        as,
        text,
        at: place(file, value.at),
        beside,
        then: calledOn(index, id),
        ...(engine === undefined ? {} : { engine }),
        ...(worksOnPage(r, index, call) ? { onPage: true as const } : {}),
      };
      out.push({ ...given, awaited: isWaitedFor(call), ...(decidedAt ? { decidedAt } : {}) });
    };
    call.args.forEach((arg, position) => {
      const records = recordsIn(arg.value, index.facts);
      for (const record of records) options(record, '', add);
      if (records.length > 0) return;
      if (isPlain(arg.value) || arg.value.kind === 'result') {
        const name = parameterName(r, index, call, position);
        if (name !== undefined && TELLING.test(name)) add(name, arg.value, []);
      }
    });
    if (out.length > MOST) break;
  }
  return { handed: out, handedWithin: within, handedAnew: anew, handedDrawn: drawn };
}

/** Texts that are kept of one file. */
const MOST = 400;

/** Calls that make a place or a name of its own each time. */
const ANEW = /^(?:mkdtemp|tmp|temp(?!late)|random|uuid|nanoid|cuid|ulid|faker|now$|v[47]$)/i;

/** `await createRepo('checkout')`, `await createShop({ dbSchema: 'cart' })`, of a function that stands in the test file itself: what is written in the call. */
function handedHome({ facts, boundTo }: FileIndex, id: CallId): Handed[] {
  const call = facts.calls[id]!;
  const { callee, args } = call;
  if (callee.kind !== 'ref' || facts.bindings[callee.binding]!.in !== 0) return [];
  if (!args.some(({ value }) => value.kind === 'const' || value.kind === 'record')) return [];
  const { name } = facts.bindings[callee.binding]!;
  const fn = facts.functions.find((each, number) => each.in === 0 && (each.name === name || boundTo.get(number) === callee.binding));
  if (!fn) return [];
  const out: Handed[] = [];
  const add = (as: string, value: Value, beside: readonly string[]): void => {
    if (value.kind !== 'const' || typeof value.value !== 'string') return;
    out.push({
      to: `${facts.path}#${name}`,
      helps: true,
      as,
      text: value.value,
      at: place(facts.path, value.at),
      beside,
      then: [],
      awaited: isWaitedFor(call),
    });
  };
  args.forEach(({ value }, position) => {
    const target = fn.params[position]?.target;
    const as = target?.kind === 'binding' ? facts.bindings[target.binding]!.name : undefined;
    if (target && value.kind === 'record') options(value, '', add);
    else if (as !== undefined && TELLING.test(as)) add(as, value, []);
  });
  const makes = out.length > 0 && facts.calls.some((each) => isIn(each.at, fn.at) && pathOf(each.callee, facts)?.some((part) => ANEW.test(part)));
  return makes ? out.filter(({ as, beside }) => beside.length > 0 && !isNamedIn(facts, fn, as)) : out;
}

/** The function takes the option by its name, and may put something behind it; what is only spread stays as it is. */
const isNamedIn = (facts: FileFacts, { at }: Fn, as: string): boolean => {
  const key = as.slice(as.lastIndexOf('.') + 1);
  const isParameter = facts.bindings.some((each) => each.name === key && each.form === 'param' && isIn(facts.functions[each.in]!.at, at));
  return isParameter || [...allValues(facts)].some((value) => value.kind === 'member' && value.key === key && isIn(value.at, at));
};

/** `expect(() => new Queue('a:b')).toThrow()`: what is refused lays hold of nothing. */
function expectedToThrow(index: FileIndex): ReadonlySet<number> {
  const out = new Set<number>();
  for (const { callee, args } of index.facts.calls) {
    const name =
      callee.kind === 'member' ? callee.key : callee.kind === 'outer' ? callee.name : callee.kind === 'ref' ? index.facts.bindings[callee.binding]?.name : '';
    if (typeof name !== 'string' || !/^(expect|throws|rejects|throwsAsync|assertThrows)$/.test(name)) continue;
    for (const { value } of args) if (value.kind === 'fn') out.add(value.fn);
  }
  return out;
}

const ENGINES = /^(driver|client|dialect|adapter|provider|engine|type)$/;

/** What tells two servers apart that take the same options: `dialect: 'mysql'`, `driver: MySqlDriver`. */
function engineOf(r: Resolver, index: FileIndex, options: Value): string | undefined {
  if (options.kind !== 'record') return undefined;
  for (const entry of options.entries) {
    if ('spread' in entry || typeof entry.key !== 'string' || !ENGINES.test(entry.key)) continue;
    const name = entry.value.kind === 'ref' ? index.facts.bindings[entry.value.binding]?.name : undefined;
    const known = constantIn(r, index, entry.value);
    return (typeof known === 'object' && 'text' in known ? known.text : undefined) ?? name;
  }
  return undefined;
}

/** `{ root }`, or `Object.assign({ root }, defaults)`. */
function recordsIn(value: Value, { calls }: FileFacts): Extract<Value, { kind: 'record' }>[] {
  const parts = value.kind === 'result' && assigns(calls[value.call]!) ? calls[value.call]!.args.map((each) => each.value) : [value];
  return parts.filter((each) => each.kind === 'record');
}

function options(record: Extract<Value, { kind: 'record' }>, path: string, add: (as: string, value: Value, beside: readonly string[]) => void): void {
  const beside = record.entries.flatMap((entry) => ('spread' in entry || typeof entry.key !== 'string' ? [] : [entry.key]));
  for (const entry of record.entries) {
    if ('spread' in entry || typeof entry.key !== 'string') continue;
    const name = path === '' ? entry.key : `${path}.${entry.key}`;
    if (entry.value.kind === 'record' && path === '') options(entry.value, name, add);
    else if (TELLING.test(entry.key) && (isPlain(entry.value) || entry.value.kind === 'result')) add(name, entry.value, beside);
  }
}

function constantIn(
  r: Resolver,
  index: FileIndex,
  value: Value,
): { readonly text: string; readonly decidedAt?: Place } | { readonly hole: Hole } | 'anew' | undefined {
  const found = r.value(value, index.facts.path, undefined);
  const name = found.kind === 'text' ? nameOf(found) : undefined;
  const per = name && uniquePer(name);
  if (per === 'call' || per === 'test' || per === 'file') return 'anew';
  const hole = name?.kind === 'parts' && per === 'constant' ? name.parts.find((part): part is Hole => typeof part !== 'string') : undefined;
  if (hole?.source === 'random') return { hole };
  const text = found.kind === 'const' && typeof found.value === 'number' ? String(found.value) : constantOf(found);
  if (text === undefined || text === '' || text.length > 200) return undefined;
  const isElsewhere = found.kind === 'text' && (found.at.path !== index.facts.path || found.at.span[0] !== value.at[0]);
  return isElsewhere ? { text, decidedAt: found.at } : { text };
}

const isPlain = (value: Value): boolean =>
  (value.kind === 'const' && (typeof value.value === 'string' || typeof value.value === 'number') && value.as === undefined) ||
  value.kind === 'text' ||
  value.kind === 'ref';

/** The imported function that is called, as text: the file it comes from and its name there; nothing where it is none of the project's. */
function helperOf(r: Resolver, index: FileIndex, call: Call): string | undefined {
  const path: string[] = [];
  let callee = call.callee;
  while (callee.kind === 'member') {
    if (typeof callee.key !== 'string') return undefined;
    path.unshift(callee.key);
    callee = callee.of;
  }
  if (callee.kind !== 'ref') return undefined;
  const from = index.imports.get(callee.binding);
  if (!from || from.typeOnly || from.from.kind !== 'const' || typeof from.from.value !== 'string') return undefined;
  const target = r.sources.resolveImport(index.facts.path, from.from.value);
  return 'file' in target ? [target.file, from.name, ...path].join('#') : undefined;
}

/** `locator` of Playwright's pages, and what looks for an element by its text or role. */
const FINDS_ON_PAGE = /^(frameLocator|locator|getBy[A-Z]\w+|waitForSelector)$/;

/** `async function createOrder(page, name) { await page.getByRole('button').click(); ... }` */
function worksOnPage(r: Resolver, index: FileIndex, call: Call): boolean {
  const callee = r.value(call.callee, index.facts.path, undefined);
  const facts = callee.kind === 'fn' ? r.index(callee.file)?.facts : undefined;
  if (callee.kind !== 'fn' || !facts) return false;
  const params = new Set(facts.functions[callee.fn]!.params.flatMap(({ target }) => (target.kind === 'binding' ? [target.binding] : [])));
  const isFinding = ({ callee: found }: Call): boolean =>
    found.kind === 'member' && typeof found.key === 'string' && FINDS_ON_PAGE.test(found.key) && found.of.kind === 'ref' && params.has(found.of.binding);
  return facts.calls.some(isFinding);
}

function parameterName(r: Resolver, index: FileIndex, call: Call, position: number): string | undefined {
  const callee = r.value(call.callee, index.facts.path, undefined);
  if (callee.kind !== 'fn') return undefined;
  const facts = r.index(callee.file)?.facts;
  const fn = facts?.functions[callee.fn];
  if (fn?.kind === 'class') return constructorParameter(r, callee, position);
  const target = fn?.params[position]?.target;
  return target?.kind === 'binding' ? facts?.bindings[target.binding]?.name : undefined;
}

/** The nearest constructor of the class or of those that it extends. */
function constructorParameter(r: Resolver, made: FunctionValue, position: number): string | undefined {
  for (const { file, fn } of classesOf(r, { kind: 'instance', file: made.file, fn: made.fn, scope: made.scope, args: [], at: place(made.file, [0, 0]) })
    .classes) {
    const facts = r.index(file)?.facts;
    const own = facts?.functions[fn]?.members?.find((each) => each.key === 'constructor')?.value;
    if (!facts || own?.kind !== 'fn') continue;
    const param = facts.functions[own.fn]?.params[position];
    return param?.property ?? (param?.target.kind === 'binding' ? facts.bindings[param.target.binding]?.name : undefined);
  }
  return undefined;
}
