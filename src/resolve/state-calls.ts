/** What calls do to state that nobody's catalogue describes: collections of modules, properties of globals, objects that are not known. */
import { constantOf, type Abstract, type Frame } from '../model/abstract.js';
import type { Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import { cellOf, enclosing, globalCell, globalPath, type Cell } from './cells.js';
import type { Event } from './events.js';
import { CLOSES, RESTORES, WRITES } from './methods.js';
import type { Resolver } from './resolver.js';
import { isKeptFrom } from './stores.js';

/**
 * `x.restore()` and `x.close()` on something unknown may undo anything: silence beats a false alarm. `console.log.restore()` speaks to
 * the stub that stands in a member.
 */
export function closing(method: string, receiver: Abstract, isOnMember: boolean, at: Place, out: Event[]): void {
  const isOpen = receiver.kind === 'unknown' || receiver.kind === 'context' || (isOnMember && receiver.kind === 'const' && receiver.value === undefined);
  if (RESTORES.test(method) && (isOpen || (isOnMember && /^(restore|mockRestore)$/.test(method)))) {
    out.push({
      e: 'react',
      reaction: {
        kind: 'restore',
        state: method === 'mockRestore' ? ['mock'] : ['mock', 'timers', 'module-mock', 'http-mock', 'global-stub', 'env-stub'],
        what: 'all',
      },
      at,
      via: [],
      assumed: ['the receiver is not known'],
    });
  }
  // What a library's object was extended with: `app.teardown()`.
  if ((isOpen || receiver.kind === 'handle') && CLOSES.test(method))
    out.push({ e: 'react', reaction: { kind: 'release', handle: '*' }, at, via: [], assumed: ['the receiver is not known'] });
}

const EMPTIES = /^(clear|delete|splice)$/;

/** `list.push(x)`, `map.set(k, v)` on something that outlives the function. */
export function mutated(r: Resolver, of: Value, method: string, receiver: Abstract, file: string, at: Place, out: Event[]): void {
  if (!WRITES.has(method) || of.kind !== 'ref') return;
  const index = r.index(file);
  const binding = index?.facts.bindings[of.binding];
  if (!index || !binding) return;
  if (binding.form === 'import') {
    if (receiver.kind !== 'list' && receiver.kind !== 'unknown') return;
    const from = receiver.kind === 'list' ? receiver.at : undefined;
    if (!from || enclosing(r.index(from.path)?.facts ?? index.facts, from.span[0]) !== 0) return;
    out.push({
      e: 'set',
      state: 'module',
      cell: `${from.path}#${binding.name}`,
      value: 'unknown',
      removes: EMPTIES.test(method),
      at,
      via: [],
    });
    return;
  }
  if (binding.in !== 0 || binding.form === 'param') return;
  // A hook or test makes it anew.
  if (binding.form === 'let' && (index.writes.get(of.binding) ?? []).some((each) => each.fn !== 0)) return;
  const write = index.writes.get(of.binding)?.[0];
  const made = write?.value;
  const isCollection =
    receiver.kind === 'list' || (made?.kind === 'result' && ['Map', 'Set', 'WeakMap', 'Array'].includes(nameOfCallee(index.facts.calls[made.call]?.callee)));
  if (!isCollection) return;
  out.push({ e: 'set', state: 'module', cell: `${file}#${binding.name}`, value: 'unknown', removes: EMPTIES.test(method), at, via: [] });
}

const nameOfCallee = (callee: Value | undefined): string => (callee?.kind === 'outer' ? callee.name : '');

/**
 * `Object.assign(settings, backup)`: what the file has kept of an object of a module goes back into it; and `Object.assign(order, { total: 1 })`:
 * what it was made with.
 */
export function putBack(r: Resolver, name: string, [target, source]: readonly Value[], file: string, frame: Frame | undefined, at: Place, out: Event[]): void {
  if (name !== 'Object.assign' || !target || !source) return;
  const keys = isKeptFrom(r, source, target, file) ? [undefined] : keysAsMade(r.value(target, file, frame), r.value(source, file, frame));
  for (const key of keys) {
    const cell = cellOf(r, target, key, file, frame);
    if (cell?.state !== 'module') continue;
    out.push({
      e: 'react',
      reaction: { kind: 'restore', state: ['module'], what: 'cell', cell: cell.name.replace(/\.\*$/, '') },
      at,
      via: [],
      assumed: [],
    });
  }
}

/** Keys that are given the constants again with which the object was made. */
function keysAsMade(made: Abstract, given: Abstract): readonly string[] {
  if (made.kind !== 'record' || given.kind !== 'record') return [];
  return (given.keys() ?? []).filter((key) => {
    const [first, again] = [made.get(key), given.get(key)];
    if (first?.kind === 'const' && again?.kind === 'const') return first.value === again.value;
    return constantOf(first) !== undefined && constantOf(first) === constantOf(again);
  });
}

/** `Object.assign(process.env, {...})`, `Object.defineProperty(globalThis, 'x', ...)`. */
export function assigned(
  path: readonly string[],
  args: readonly Abstract[],
  at: Place,
  out: Event[],
  isSaved: (cell: Cell) => boolean,
  isFilled: (source: string) => boolean,
): void {
  const name = path.join('.');
  const [target, second] = args;
  const of = globalPath(target);
  if (!of) return;
  if (name === 'Object.assign' && second?.kind !== 'record') {
    const cell = isFilled(of.join('.')) ? globalCell([...of, '*']) : undefined;
    if (cell) out.push({ e: 'set', state: cell.state, cell: cell.name, value: 'saved', removes: false, through: of[0]!, at, via: [] });
  } else if ((name === 'Object.assign' || name === 'Object.defineProperties') && second?.kind === 'record') {
    for (const key of second.keys() ?? ['*']) {
      const cell = globalCell([...of, key]);
      if (cell) out.push({ e: 'set', state: cell.state, cell: cell.name, value: 'unknown', removes: false, through: of[0]!, at, via: [] });
    }
  } else if (
    (name === 'Object.defineProperty' || name === 'Reflect.set' || name === 'Reflect.defineProperty' || name === 'Reflect.deleteProperty') &&
    second?.kind === 'text'
  ) {
    const key = typeof second.parts[0] === 'string' ? second.parts[0] : '*';
    const cell = globalCell([...of, key]);
    if (cell)
      out.push({
        e: 'set',
        state: cell.state,
        cell: cell.name,
        value: restoringDescriptor(args[2]) || isSaved(cell) ? 'saved' : 'unknown',
        removes: name.endsWith('deleteProperty'),
        through: of[0]!,
        at,
        via: [],
      });
  }
}

/** `Object.defineProperty(process, 'platform', original)`: a descriptor taken earlier. */
const restoringDescriptor = (value: Abstract | undefined): boolean => value?.kind === 'unknown' && value.why.includes('getOwnPropertyDescriptor');
