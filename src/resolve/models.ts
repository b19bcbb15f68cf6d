import type { FunctionValue, HandleValue } from '../model/abstract.js';
import type { LibraryEntry } from '../model/catalogue.js';
import type { CallId } from '../model/facts.js';
import { argumentsOf } from './calls.js';
import { place, type Resolver } from './resolver.js';

interface Model {
  readonly entry: LibraryEntry;
  readonly type: string;
  /** The call that opens it, in the file of the class. */
  readonly opened: CallId;
  /** Static methods that classes of the project have themselves. */
  readonly own: ReadonlySet<string>;
}
const known = new WeakMap<Resolver, Map<string, Model | undefined>>();

/**
 * A class of the project that extends a library's class and is used without instances, as active records are: `class Order extends Model {}`.
 * The call in its file that opens it (`Order.init(columns, { sequelize })`) says what it stands for.
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
  const call = index.facts.calls[model.opened]!;
  const opening = call.callee.kind === 'member' && typeof call.callee.key === 'string' ? call.callee.key : '';
  if (opening === method || r.library.method(model.entry, model.type, method).length === 0) return undefined;
  const at = place(receiver.file, call.at);
  const specs = r.library.method(model.entry, model.type, opening);
  const args = argumentsOf(r, call, receiver.file, receiver.scope);
  const made = { entry: model.entry, specs, method: opening, args, chained: [], at, file: receiver.file, call: model.opened };
  return { kind: 'handle', entry: model.entry, type: model.type, at, made };
}

function modelOf(r: Resolver, receiver: FunctionValue): Model | undefined {
  const own = new Set<string>();
  let current = receiver;
  for (let steps = 0; steps < 4; steps++) {
    const fn = r.index(current.file)?.facts.functions[current.fn];
    for (const each of fn?.members ?? []) if (each.static && typeof each.key === 'string') own.add(each.key);
    const base = fn?.bases?.[0];
    const parent = base && r.value(base, current.file, current.scope);
    if (parent?.kind === 'fn') {
      current = parent;
      continue;
    }
    const found = parent?.kind === 'library' ? r.library.typed(parent.package, parent.path.at(-1) ?? 'default') : undefined;
    const opened = found && openedBy(r, receiver, found);
    return found && opened !== undefined ? { ...found, opened, own } : undefined;
  }
  return undefined;
}

function openedBy(r: Resolver, receiver: FunctionValue, { entry, type }: { readonly entry: LibraryEntry; readonly type: string }): CallId | undefined {
  const at = r.index(receiver.file)!.facts.calls.findIndex(({ callee }) => {
    if (callee.kind !== 'member' || callee.of.kind !== 'ref' || typeof callee.key !== 'string') return false;
    if (!r.library.method(entry, type, callee.key).some((spec) => spec.opens && spec.returns === type)) return false;
    const owner = r.value(callee.of, receiver.file, receiver.scope);
    return owner.kind === 'fn' && owner.fn === receiver.fn && owner.file === receiver.file;
  });
  return at < 0 ? undefined : at;
}
