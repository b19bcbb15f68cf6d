/** What assignments do: to variables that tests share, to settings of modules, and to state that outlives the function. */
import { constantOf, nameOf, type Frame } from '../model/abstract.js';
import type { StateChange } from '../model/claims.js';
import type { Target, Value } from '../model/facts.js';
import { type Place, placeKey } from '../model/place.js';
import { fillsIn } from './branches.js';
import { cellOf, through, type Cell } from './cells.js';
import { isErased } from './erasure.js';
import { type Event, push } from './events.js';
import { givenDatabase } from './given-databases.js';
import { writesOther } from './put-back.js';
import { isBackToStart, isNamesake, isUndefined, laidOver, savedFrom } from './saved.js';
import { givenSetting } from './settings.js';
import { overwrittenBy } from './stand-ins.js';
import { handedOn, isShared } from './variable-events.js';
import type { Walker } from './walker.js';

export function bind(
  w: Walker,
  to: Target,
  value: Value,
  file: string,
  frame: Frame | undefined,
  out: Event[],
  op: string | undefined,
  at: Place,
  declares: boolean,
): void {
  switch (to.kind) {
    case 'binding':
      if (!declares && file === w.told && isShared(w, file, to.binding))
        out.push({ e: 'variable', op: op && op !== '=' ? 'read' : 'write', file, binding: to.binding, at, via: [] });
      else if (!declares && file !== w.told) {
        const setting = givenSetting(w.r, to.binding, value, file, frame, at);
        if (setting?.depends) w.depends = true;
        push(out, setting?.event);
      }
      return;
    case 'pattern':
      for (const part of to.parts) bind(w, part.to, { kind: 'opaque', at: to.at }, file, frame, out, op, at, declares);
      return;
    case 'member': {
      handedOn(w, to, file, frame, at, out);
      if (value.kind === 'record' && w.isTestSide(file)) {
        const options = w.r.value(value, file, frame);
        if (options.kind === 'record') push(out, givenDatabase(options, at));
      }
      if (value.kind === 'result' && to.of.kind !== 'self' && w.r.value(to.of, file, frame).kind === 'instance') {
        // What an object of the project's own is given, its methods may close.
        const given = w.r.value(value, file, frame);
        if (given.kind === 'handle') out.push({ e: 'escape', handle: `at:${placeKey(given.at)}` });
      }
      const named = typeof to.key === 'string' ? undefined : w.r.value(to.key, file, frame);
      if (isErased(named)) w.depends = true;
      const cell = fillsIn(op, to.of) ? undefined : cellOf(w.r, to.of, typeof to.key === 'string' ? to.key : constantOf(named), file, frame);
      if (!cell) return;
      const laid = cell.name === 'process.env' ? laidOver(value) : undefined;
      if (laid) {
        // The copy takes the place of the environment, and only these differ in it.
        out.push({ e: 'set', state: cell.state, cell: cell.name, value: 'fresh', removes: false, resets: true, ...through(to.of), at, via: [] });
        for (const { key, value: own } of laid) {
          const one = { ...cell, name: `${cell.name}.${key}` };
          const text = constantOf(w.r.value(own, file, frame));
          out.push({
            e: 'set',
            state: cell.state,
            cell: one.name,
            value: savedFrom(w.r, own, one, file, frame),
            removes: isUndefined(own),
            ...through(to.of),
            at,
            via: [],
            ...(text === undefined ? {} : { text }),
          });
        }
        return;
      }
      const text = w.r.value(value, file, frame);
      const saved = restored(w, savedFrom(w.r, value, cell, file, frame), cell, value, out);
      const isOther = saved === 'constant' && cell.state === 'module' && writesOther(w.r, to, text, file, frame, (path) => w.isTestSide(path));
      const originals = saved === 'unknown' && w.isTestSide(file) ? overwrittenBy(w.r, text, to, file, frame, at) : [];
      // What a global holds, anybody may close.
      if (cell.state === 'global' && text.kind === 'handle') out.push({ e: 'escape', handle: `at:${placeKey(text.at)}` });
      out.push({
        e: 'set',
        state: cell.state,
        cell: cell.name,
        value: saved,
        removes: false,
        ...through(to.of),
        at,
        via: [],
        ...(cell.assumed === undefined ? {} : { assumed: cell.assumed }),
        ...(saved === 'unknown' && isNamesake(to, value) ? { isNamesake: true } : {}),
        ...(isOther ? { isOther: true } : isBackToStart(w.r, cell, to, named, value, file, frame) ? { resets: true } : {}),
        ...(originals.length > 0 ? { originals } : {}),
        ...(text.kind === 'text' && text.parts.length === 1 && typeof text.parts[0] === 'string' ? { text: text.parts[0] } : {}),
        ...(cell.state === 'env' && text.kind === 'text' && text.parts.length > 1 ? { wrote: nameOf(text)! } : {}),
      });
    }
  }
}

/** Always set when tests run: by the shell, or by the runners themselves. */
const ALWAYS_SET = new Set(['NODE_ENV', 'PATH', 'HOME', 'USER', 'PWD', 'SHELL']);

/** `process.env.X = saved` writes the text "undefined" where `X` was not set, unless a branch looks first or a default stands beside it. */
function restored(w: Walker, saved: StateChange['value'], cell: Cell, value: Value, out: readonly Event[]): StateChange['value'] {
  if (saved !== 'saved' || cell.state !== 'env' || cell.name === 'process.env' || value.kind === 'choice') return saved;
  const name = cell.name.slice('process.env.'.length);
  if (ALWAYS_SET.has(name) || w.r.sources.environment(name).length > 0) return saved;
  let open = 0;
  for (const event of out) open += event.e === 'branch' ? 1 : event.e === 'end-branch' ? -1 : 0;
  return open > 0 ? saved : 'maybe-undefined';
}
