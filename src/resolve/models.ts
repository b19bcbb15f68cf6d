import type { Abstract, FunctionValue, HandleValue } from '../model/abstract.js';
import type { LibraryEntry } from '../model/catalogue.js';
import type { Call, CallId } from '../model/facts.js';
import { argumentsOf } from './calls.js';
import { loadedBy } from './modules.js';
import { place, type Resolver } from './resolver.js';

interface Typed {
  readonly entry: LibraryEntry;
  readonly type: string;
}
interface Model extends Typed {
  readonly opened: Opened;
  /** Static methods that classes of the project have themselves. */
  readonly own: ReadonlySet<string>;
}
/** The call that opens it, and the class on which it stands. */
interface Opened {
  readonly file: string;
  readonly call: CallId;
  readonly on: FunctionValue;
}
const known = new WeakMap<Resolver, Map<string, Model | undefined>>();

/**
 * A class of the project that extends a library's class and is used without instances, as active records are: `class Order extends Model {}`.
 * The call that opens it says what it stands for: in its file (`Order.init(columns, { sequelize })`), or in that of a class above it, on that class or on the
 * library's own (`Model.knex(db)`), whose call counts in a module beside them too.
 */
export function modelBehind(r: Resolver, receiver: FunctionValue, method: string): HandleValue | undefined {
  const index = r.index(receiver.file);
  const fn = index?.facts.functions[receiver.fn];
  if (!index || fn?.kind !== 'class' || !fn.bases || fn.bases.length === 0) return undefined;
  const models = known.get(r) ?? new Map<string, Model | undefined>();
  known.set(r, models);
  const key = `${receiver.file}#${receiver.fn}`;
  if (!models.has(key)) models.set(key, modelOf(r, receiver));
  const model = models.get(key);
  if (!model || model.own.has(method)) return undefined;
  const { file, call: id, on } = model.opened;
  const call = r.index(file)!.facts.calls[id]!;
  const opening = call.callee.kind === 'member' && typeof call.callee.key === 'string' ? call.callee.key : '';
  if (opening === method || r.library.method(model.entry, model.type, method).length === 0) return undefined;
  const at = place(file, call.at);
  const specs = r.library.method(model.entry, model.type, opening);
  const args = argumentsOf(r, call, file, file === on.file ? on.scope : undefined);
  const made = { entry: model.entry, specs, method: opening, args, chained: [], at, file, call: id, model: receiver };
  return { kind: 'handle', entry: model.entry, type: model.type, at, made };
}

function modelOf(r: Resolver, receiver: FunctionValue): Model | undefined {
  const own = new Set<string>();
  const chain: FunctionValue[] = [];
  let current = receiver;
  for (let steps = 0; steps < 4; steps++) {
    chain.push(current);
    const fn = r.index(current.file)?.facts.functions[current.fn];
    for (const each of fn?.members ?? []) if (each.static && typeof each.key === 'string') own.add(each.key);
    const base = fn?.bases?.[0];
    const parent = base && r.value(base, current.file, current.scope);
    if (parent?.kind === 'fn') {
      current = parent;
      continue;
    }
    const found = parent?.kind === 'library' ? typed(r, parent) : undefined;
    const opened = found && (openedOnOne(r, chain, found) ?? openedOnAll(r, chain, found));
    return found && opened ? { ...found, opened, own } : undefined;
  }
  return undefined;
}

const typed = (r: Resolver, value: Abstract): Typed | undefined =>
  value.kind === 'library' ? r.library.typed(value.package, value.path.at(-1) ?? 'default') : undefined;

/** `Order.init(columns, { sequelize })`, `Base.knex(db)`, each in the file of its class; the nearest class decides. */
function openedOnOne(r: Resolver, chain: readonly FunctionValue[], found: Typed): Opened | undefined {
  for (const each of chain) {
    const call = openingIn(r, each.file, each, found, (owner) => owner.kind === 'fn' && owner.fn === each.fn && owner.file === each.file);
    if (call !== undefined) return { file: each.file, call, on: each };
  }
  return undefined;
}

/** `Model.knex(db)`: all classes of the library at once. It stands in the file of one of them, or in a module that such a file imports. */
function openedOnAll(r: Resolver, chain: readonly FunctionValue[], found: Typed): Opened | undefined {
  const files = new Map(chain.map((each) => [each.file, each]));
  for (const on of chain) {
    for (const file of loadedBy(r, on.file)) if (!files.has(file)) files.set(file, on);
  }
  for (const [file, on] of files) {
    const call = openingIn(r, file, on, found, (owner) => typed(r, owner)?.type === found.type);
    if (call !== undefined) return { file, call, on };
  }
  return undefined;
}

function openingIn(r: Resolver, file: string, on: FunctionValue, { entry, type }: Typed, isOwner: (owner: Abstract) => boolean): CallId | undefined {
  const opens = ({ callee, args }: Call): boolean => {
    // `Model.knex()` asks what was opened.
    if (args.length === 0 || callee.kind !== 'member' || callee.of.kind !== 'ref' || typeof callee.key !== 'string') return false;
    if (!r.library.method(entry, type, callee.key).some((spec) => spec.opens && spec.returns === type)) return false;
    return isOwner(r.value(callee.of, file, file === on.file ? on.scope : undefined));
  };
  const at = r.index(file)?.facts.calls.findIndex(opens) ?? -1;
  return at < 0 ? undefined : at;
}
