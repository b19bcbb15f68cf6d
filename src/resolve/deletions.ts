/** What `delete` changes: a variable of the environment, a property of a module, what a module was loaded as. */
import type { Frame } from '../model/abstract.js';
import type { Step } from '../model/facts.js';
import { cellOf, isNeverThere, through } from './cells.js';
import { isGiven } from './environment.js';
import type { Event } from './events.js';
import { place } from './resolver.js';
import { handedOn } from './variable-events.js';
import type { Walker } from './walker.js';

export function deleted(w: Walker, { target, at: span }: Extract<Step, { do: 'unbind' }>, file: string, frame: Frame | undefined, out: Event[]): void {
  if (target.kind !== 'member') return;
  const cell = cellOf(w.r, target.of, typeof target.key === 'string' ? target.key : undefined, file, frame);
  const at = place(file, span);
  // A hook that empties what tests fill prepares it for each of them.
  handedOn(w, target, file, frame, at, out, true);
  // What is taken out of the cache is loaded anew, with the state that it starts with.
  if (cell?.name.startsWith('require.cache.'))
    out.push({ e: 'react', reaction: { kind: 'restore', state: ['module'], what: 'all' }, at, via: [], assumed: [] });
  else if (cell && !isNeverThere(w.r, target, file, frame))
    out.push({
      e: 'set',
      state: cell.state,
      cell: cell.name,
      value: 'constant',
      removes: true,
      ...(cell.state === 'env' && isGiven(w.r, cell.name.slice('process.env.'.length)) ? { given: true as const } : {}),
      ...through(target.of),
      ...(cell.assumed === undefined ? {} : { assumed: cell.assumed }),
      at,
      via: [],
    });
}
