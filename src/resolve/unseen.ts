import { everyStep, isInside } from '../model/code.js';
import type { FunctionValue } from '../model/abstract.js';
import type { FileFacts, FunctionId } from '../model/facts.js';
import type { Event } from './events.js';
import type { RawMutation, RawRestore } from './settle.js';
import { eventsOf } from './walk.js';
import type { Walker } from './walker.js';

interface Test {
  readonly fn: FunctionValue;
  readonly block: number;
  readonly suite: number | undefined;
}

/**
 * What functions written in a test or hook put back that no walk came to: the product keeps them and calls them some time, or they stand in the
 * place of something that it calls. What stands in the place of the very thing that it puts back counts also where a later test was seen to call it:
 * `os.hostname = () => { os.hostname = saved; return ''; }`.
 */
export function restoredUnseen(w: Walker, { fn: { file, fn }, block, suite }: Test, mutations: readonly RawMutation[]): Omit<RawRestore, 'order'>[] {
  const facts = file === w.told ? w.r.index(file)?.facts : undefined;
  if (!facts) return [];
  const standing = standIns(facts, fn);
  const isUnseen = (id: FunctionId): boolean => !w.entered.has(id) || standing.has(id);
  const unseen = facts.functions.flatMap((each, id) => (each.kind !== 'class' && isUnseen(id) && isInside(facts, each.in, fn) ? [id] : []));
  return unseen
    .flatMap((id) => eventsOf(w, { kind: 'fn', file, fn: id, scope: undefined }, [], 1))
    .flatMap((event) => {
      if (event.e !== 'set' || !isPutBack(event, mutations, block)) return [];
      const { at, via, state, cell } = event;
      const by = { holder: { file, block, role: 'test', scope: 'test' }, block, suite, cleanup: true, callbacks: [], conditional: false } as const;
      return [{ ...by, at, via, state: [state], what: 'cell' as const, cell }];
    });
}

/** Functions that a test puts into the place of something. */
const standIns = (facts: FileFacts, fn: FunctionId): ReadonlySet<FunctionId> =>
  new Set(
    everyStep(facts.functions[fn]!.body).flatMap((step) =>
      step.do === 'bind' && step.to.kind === 'member' && step.value.kind === 'fn' ? [step.value.fn] : [],
    ),
  );

/** A constant is what stood there before only where that was deleted. */
const isPutBack = (event: Extract<Event, { e: 'set' }>, mutations: readonly RawMutation[], block: number): boolean =>
  event.removes || event.value !== 'constant' || mutations.some((each) => each.block === block && each.removes && each.cell === event.cell);
