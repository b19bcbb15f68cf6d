import type { Holder, Obligation, StateChange, Undoing } from '../model/claims.js';
import type { Original } from '../model/abstract.js';
import type { BindingId } from '../model/facts.js';
import type { Name } from '../model/names.js';
import type { Place } from '../model/place.js';
import type { StateKind } from '../model/state.js';
import { isBeforeEach, isRunTest, isWithin, type Block } from '../model/suite.js';
import { isInvented } from './cells.js';

/** One happening in a story: when, in which block, on which path. */
export interface Raw {
  readonly order: number;
  readonly block: number | undefined;
  readonly suite: number | undefined;
  readonly holder: Holder;
  readonly cleanup: boolean;
  readonly at: Place;
  readonly via: readonly Place[];
  /** Order at which the `try` began whose `finally` holds it. */
  readonly finallyOf?: number;
  /** Orders at which the callbacks began in which it stands. */
  readonly callbacks: readonly number[];
  readonly conditional: boolean;
}
export interface RawMutation extends Raw {
  readonly state: StateKind;
  readonly cell: string;
  readonly value: StateChange['value'];
  readonly text?: string;
  readonly wrote?: Name;
  readonly isOther?: boolean;
  readonly isNamesake?: boolean;
  readonly removes: boolean;
  readonly given?: true;
  readonly onlyWatches?: true;
  readonly originals?: readonly Original[];
  /** It writes what stood there from the start. */
  readonly resets?: boolean;
  /** The global through which it is reached. */
  readonly through?: string;
  readonly handle?: string;
  readonly assumed: readonly string[];
}
export interface RawRestore extends Raw {
  readonly state: readonly StateKind[];
  readonly what: 'all' | 'handle' | 'cell';
  readonly handle?: string;
  readonly cell?: string;
}
export interface RawOpen extends Raw {
  readonly what: string;
  readonly kind: Obligation['kind'];
  readonly owes: string;
  readonly handle: string;
  readonly inside: readonly string[];
  /** It begins with its first use. */
  readonly isLazy: boolean;
  readonly assumed: readonly string[];
  /** Held by a variable of the function that opens it and by nothing else. */
  readonly isLocal: boolean;
  /** The variable of the test file that holds it, and that the next opening overwrites. */
  readonly heldBy: BindingId | undefined;
}
export interface RawRelease extends Raw {
  readonly handle: string;
}

export interface RawRisk extends Raw {
  /** Handles that the call is about: waiting for a server to listen is part of opening it. */
  readonly about: readonly string[];
  /** Between the opening and its `try`, rarely what throws. */
  readonly isSlight: boolean;
}

export interface Context {
  readonly blocks: readonly Block[];
  readonly risks: readonly RawRisk[];
  readonly restores: readonly RawRestore[];
}

/** Pairs changes of state with what puts them back. Writes that only put back are no changes. */
export function settleChanges(all: readonly RawMutation[], context: Context): StateChange[] {
  const mutations = all.filter((each) => !isOnStandIn(each, all, context.blocks));
  const restoring = new Set(mutations.filter((each) => isRestoring(each, mutations, context.blocks)));
  const out: StateChange[] = [];
  for (const mutation of mutations) {
    const isClean = isCleanStart(mutation);
    if (restoring.has(mutation) && !isClean) continue;
    let best: Undoing | undefined = isClean ? { at: mutation.at, paths: 'every', by: 'block', value: 'saved', inFinally: false } : undefined;
    for (const each of mutations) {
      if (each === mutation || !restoring.has(each) || each.state !== mutation.state) continue;
      if (!covers(each.cell, mutation.cell) && !(each.resets && each.cell === `${mutation.cell}.length`)) continue;
      best = better(best, undoing(mutation, each, context, writtenBack(each, mutation, mutations, context.blocks)));
    }
    for (const each of context.restores) {
      if (!each.state.includes(mutation.state) || !matches(each, mutation)) continue;
      const how = undoing(mutation, each, context, 'saved');
      best = better(best, how && each.what === 'handle' ? { ...how, ofOne: true } : how);
    }
    out.push({
      state: mutation.state,
      cell: mutation.cell,
      by: mutation.holder,
      at: mutation.at,
      via: mutation.via,
      value: mutation.value,
      removes: mutation.removes,
      ...(mutation.given ? { given: true as const } : {}),
      assumed: mutation.assumed,
      ...(mutation.text === undefined ? {} : { text: mutation.text }),
      ...(mutation.wrote ? { wrote: mutation.wrote } : {}),
      ...(mutation.onlyWatches ? { onlyWatches: true as const } : {}),
      ...(mutation.conditional ? { conditional: true as const } : {}),
      ...(best ? { undone: best } : {}),
    });
  }
  return out;
}

/**
 * `window.scrollY = 0` after `vi.stubGlobal('window', {})`, `process.env.TZ = 'UTC'` after `sinon.stub(process, 'env').value({})`, or after a hook
 * that does so before each test: the stand-in goes, and what is written on it.
 */
const isOnStandIn = (each: RawMutation, all: readonly RawMutation[], blocks: readonly Block[]): boolean =>
  each.through !== undefined &&
  all.some((other) => {
    if (other === each || other.removes || !standsFor(other, each)) return false;
    if (other.value === 'saved' || other.value === 'copy') return false;
    if (other.block === each.block) return other.order < each.order;
    const hook = other.block === undefined ? undefined : blocks[other.block];
    return isBeforeEach(hook) && isWithin(blocks, each.suite, hook.parent);
  });

/** The whole global is replaced, `globalThis.Shop = {}` too, or a stub takes the place of the object that is written on. */
function standsFor({ state, cell: replaced, onlyWatches }: RawMutation, { cell, through }: RawMutation): boolean {
  const isPart = cell.startsWith(`${replaced}.`);
  return state === 'mock' ? !onlyWatches && isPart : /^global(-stub)?$/.test(state) && (replaced === through || isPart);
}

/** What a write puts back. One copy put back whole after every test is the live object from the second test on. */
function writtenBack(each: RawMutation, done: RawMutation, all: readonly RawMutation[], blocks: readonly Block[]): Undoing['value'] {
  if (each.removes) return 'constant';
  if (each.isOther) return 'other';
  if (each.value === 'fresh') return 'saved';
  if (each.value === 'maybe-undefined' && all.some((other) => isGivenBefore(other, each, blocks))) return 'saved';
  if (each.value === 'alias-copy') return isBeforeCopies(each, done, all, blocks) ? 'alias-copy' : 'saved';
  // `process.env = { ...saved }` came first, so `saved` was never changed.
  if (
    each.value === 'alias' &&
    all.some((other) => other !== each && other.cell === each.cell && !other.removes && other.order < each.order && isCopied(other, each))
  )
    return 'saved';
  // `process.env = {}` came before the change, or is the change: the object that is put back was not touched.
  if (each.value === 'alias' && all.some((other) => isReplaced(other, each, done, blocks))) return 'saved';
  if (each.value !== 'copy') return each.value ?? 'unknown';
  const block = each.block === undefined ? undefined : blocks[each.block];
  const isPerTest =
    block?.role !== 'test' &&
    block?.scope === 'test' &&
    blocks.filter((test) => test.role === 'test' && isWithin(blocks, test.parent, block.parent)).length > 1;
  // Only what is written inside it changes the copy.
  const isWrittenInside = all.some((other) => other.cell !== each.cell && covers(each.cell, other.cell));
  const isKept = all.some((other) => (other.value === 'fresh' && other.cell === each.cell) || isReplaced(other, each, done, blocks));
  return isPerTest && isWrittenInside && !isKept ? 'alias' : 'saved';
}

/** The head of the file, or a hook before the test, sets it: what is saved afterwards is never undefined. What a hook puts back was saved before any hook. */
const isGivenBefore = (other: RawMutation, each: RawMutation, blocks: readonly Block[]): boolean => {
  if (other.cell !== each.cell || other.conditional || other.text === undefined) return false;
  const hook = other.block === undefined ? undefined : blocks[other.block];
  if (hook) return blocks[each.block ?? -1]?.role === 'test' && hook.role === 'hook' && hook.when === 'before' && isWithin(blocks, each.suite, hook.parent);
  return isAtHead(other) && other.order < each.order;
};

const isAtHead = (each: RawMutation): boolean => each.block === undefined && !each.conditional && each.text !== undefined;

function isReplaced(other: RawMutation, each: RawMutation, done: RawMutation, blocks: readonly Block[]): boolean {
  if (other.cell !== each.cell || other === each || other.removes || other.value === 'alias' || other.value === 'copy') return false;
  if (other === done) return true;
  if (other.block === done.block) return other.order < done.order;
  const hook = other.block === undefined ? undefined : blocks[other.block];
  return isBeforeEach(hook) && isWithin(blocks, done.suite, hook.parent);
}

/**
 * `afterEach(() => { process.env = { ...original }; })` where `original` is the live object: what the first test changes is in every copy. The
 * tests after it change a copy.
 */
function isBeforeCopies(each: RawMutation, done: RawMutation, all: readonly RawMutation[], blocks: readonly Block[]): boolean {
  const hook = each.block === undefined ? undefined : blocks[each.block];
  if (hook?.when !== 'after' || hook.scope !== 'test') return false;
  const first = blocks.findIndex(isRunTest);
  return first >= 0 && done.block === first && !all.some((other) => other.cell === each.cell && other.block !== each.block && !other.removes);
}

const isCopied = (other: RawMutation, each: RawMutation): boolean =>
  (other.value === 'fresh' || other.value === 'saved' || other.value === 'alias-copy') && other.block === each.block;

/** Changes that hooks registered for the whole run put back, wherever the files stand that register them. */
export function underHooks(changes: readonly StateChange[], restores: readonly RawRestore[]): StateChange[] {
  return changes.map((change) => {
    if (change.undone?.paths === 'every' && change.undone.value !== 'alias') return change;
    const by = restores.find(
      (each) =>
        each.holder.file !== change.by.file &&
        each.state.includes(change.state) &&
        (each.what === 'all' || (each.what === 'cell' && (each.cell === undefined || covers(each.cell, change.cell)))),
    );
    return by ? { ...change, undone: { at: by.at, paths: 'every', by: 'setup', value: 'saved', inFinally: false } } : change;
  });
}

function matches(restore: RawRestore, mutation: RawMutation): boolean {
  if (restore.what === 'all') return true;
  if (restore.what === 'handle') return restore.handle !== undefined && restore.handle === mutation.handle;
  return (
    restore.cell === undefined ||
    restore.cell === '?' ||
    mutation.cell === '?' ||
    restore.cell === mutation.cell ||
    mutation.cell.startsWith(`${restore.cell}.`)
  );
}

/** `process.env = saved` covers `process.env.TZ`. */
const covers = (outer: string, inner: string): boolean => outer === inner || inner.startsWith(`${outer}.`) || outer.endsWith('.*') || inner.endsWith('.*');

/** Writing back what was saved, anything written in an after-hook or `finally`, and deleting, or taking from elsewhere, what the same block wrote. */
function isRestoring(each: RawMutation, all: readonly RawMutation[], blocks: readonly Block[]): boolean {
  const block = each.block === undefined ? undefined : blocks[each.block];
  // A setting of a package that is made when all is over is the one it had.
  const isAfter = each.cleanup || each.finallyOf !== undefined || block?.when === 'after';
  if (each.handle !== undefined) return (each.state === 'module' || each.state === 'global') && isAfter;
  if (isAfter || isCleanStart(each)) return true;
  if (each.value === 'saved' || each.value === 'copy' || each.value === 'maybe-undefined' || each.value === 'alias' || each.value === 'alias-copy') return true;
  if (each.value === 'fresh') return block?.when === 'before';
  // `beforeEach(() => { cart = []; prices.clear(); })` gives every test a clean start.
  if (each.state === 'module' && block?.when === 'before' && block.scope === 'test' && !each.isOther && (each.removes || each.value === 'constant'))
    return true;
  const isBackToHead = block !== undefined && all.some((other) => isAtHead(other) && other.cell === each.cell && other.text === each.text);
  if (!each.removes && !each.isNamesake && !isBackToHead) return false;
  return all.some(
    (other) =>
      other !== each &&
      (isBackToHead ? other.text !== each.text : !other.removes && !other.isNamesake) &&
      other.block === each.block &&
      isBefore(other, each) &&
      covers(other.cell, each.cell),
  );
}

/** A listener that stands before what it waits for runs after it. */
const isBefore = (first: Raw, then: Raw): boolean => first.order < then.order || then.callbacks.some((each) => !first.callbacks.includes(each));

/** Leaves nothing behind, and tells that the test does not rely on what was there. */
const isCleanStart = (each: RawMutation): boolean =>
  each.resets === true || (each.removes && (isInvented({ state: each.state, name: each.cell }) || ON_BUILT_IN.test(each.cell)));

/** `delete Object.prototype.toString.call`: the functions of the language have no properties of their own that a test could miss. */
const ON_BUILT_IN = /^[A-Z]\w*\.prototype\.\w+\./;

function better(a: Undoing | undefined, b: Undoing | undefined): Undoing | undefined {
  if (!a || !b) return a ?? b;
  const worth = (each: Undoing): number =>
    (each.paths === 'every' ? 8 : each.paths === 'last-only' ? 4 : 0) -
    (each.until === undefined && each.early === undefined ? 0 : 1) +
    (each.value === 'saved' || each.value === 'unknown' ? 2 : each.value === 'constant' || each.value === 'maybe-undefined' ? 1 : 0);
  return worth(b) > worth(a) ? b : a;
}

/** How `undo` takes back `done`, if it does. */
function undoing(done: Raw, undo: Raw, context: Context, value: Undoing['value']): Undoing | undefined {
  const answer = (paths: Undoing['paths'], by: Undoing['by']): Undoing => ({ at: undo.at, paths, by, value, inFinally: undo.finallyOf !== undefined });
  if (undo.holder.file !== done.holder.file) return answer('every', 'setup');
  if (undo.block === done.block) {
    if (undo.cleanup) return answer('every', 'cleanup');
    if (done.block !== undefined && context.blocks[done.block]?.role === 'fixture') return undo.order > done.order ? answer('every', 'block') : undefined;
    if (!isBefore(done, undo)) return undefined;
    if (undo.order < done.order) return answer('every', 'block');
    const from = undo.finallyOf ?? undo.order;
    return risky(done, undo, Math.max(from, done.order), context.risks) ? answer('normal-only', 'block') : answer('every', 'block');
  }
  const other = undo.block === undefined ? undefined : context.blocks[undo.block];
  if (!other || (other.role !== 'hook' && other.role !== 'fixture')) return undefined;
  if (done.block === undefined) {
    const isBefore = other.when === 'before';
    if (!isBefore && done.suite !== undefined && isWithin(context.blocks, other.parent, done.suite)) return { ...answer('every', 'hook'), early: done.suite };
    return !isBefore || (other.scope === 'test' && coversAll(other, context.blocks)) ? answer('every', 'hook') : undefined;
  }
  if (!isWithin(context.blocks, done.suite, other.parent)) return undefined;
  if (other.when === 'before') {
    // A before-each hook that resets protects the tests that it runs before.
    return other.scope === 'test' && context.blocks[done.block]?.role === 'test' ? answer('every', 'hook') : undefined;
  }
  const isLate = other.role === 'hook' && other.scope !== 'test' && context.blocks[done.block]?.role === 'test';
  return isLate ? { ...answer('every', 'hook'), until: other.parent ?? 'file' } : answer('every', 'hook');
}

/** Every test of the file runs under the hook. */
const coversAll = (hook: Block, blocks: readonly Block[]): boolean =>
  blocks.every((each) => each.role !== 'test' || isWithin(blocks, each.parent, hook.parent));

/** Something that may throw stands between; the undoing call itself does not count. */
function risky(done: Raw & { readonly handle?: string }, undo: Raw, until: number, risks: readonly RawRisk[]): boolean {
  const own = [undo.at, ...undo.via, done.at, ...done.via];
  const inside = [undo.at, ...undo.via.slice(1), done.at, ...done.via.slice(1)];
  return risks.some((risk) => {
    if (risk.block !== done.block || risk.order <= done.order || risk.order >= until) return false;
    if (done.handle !== undefined && risk.about.includes(done.handle)) return false;
    if (undo.finallyOf !== undefined && risk.isSlight) return false;
    // What a callback does stands between only where the same callback undoes it.
    const [callback] = risk.via;
    if (callback && !(undo.via[0] && isSame(callback, undo.via[0]))) return false;
    return !(callback ? inside : own).some((at) => isPart(risk.at, at) || isPart(at, risk.at));
  });
}

const isPart = (inner: Place, outer: Place): boolean => inner.path === outer.path && outer.span[0] <= inner.span[0] && inner.span[1] <= outer.span[1];
const isSame = (a: Place, b: Place): boolean => isPart(a, b) && isPart(b, a);

/** Opened before each of several tests and released once after them: only what the last one got is released. */
function isLastOnly(open: RawOpen, release: RawRelease, blocks: readonly Block[]): boolean {
  const [by, end] = [open, release].map(({ block }) => (block === undefined ? undefined : blocks[block]));
  return open.heldBy !== undefined && !open.conditional && release.handle !== '*' && endsTheLast(by, end, blocks);
}

/** What a test, or a hook of a suite inside, opens anew for the variable that holds what a hook before each test has opened. */
function replacing(open: RawOpen, opens: readonly RawOpen[], blocks: readonly Block[]): RawOpen | undefined {
  const by = open.block === undefined ? undefined : blocks[open.block];
  if (open.heldBy === undefined || open.conditional || !isBeforeEach(by)) return undefined;
  return opens.find((each) => {
    const other = each.block === undefined ? undefined : blocks[each.block];
    if (each.heldBy !== open.heldBy || each.conditional || !other || other === by) return false;
    return other.role === 'test'
      ? isWithin(blocks, other.parent, by.parent)
      : isBeforeEach(other) && other.parent !== by.parent && isWithin(blocks, other.parent, by.parent);
  });
}

/** The one hook runs before each of several tests, the other one once after them. */
export function endsTheLast(opens: Block | undefined, ends: Block | undefined, blocks: readonly Block[]): boolean {
  if (!isBeforeEach(opens) || ends?.role !== 'hook' || ends.when !== 'after' || ends.scope === 'test') return false;
  return isWithin(blocks, opens.parent, ends.parent) && blocks.filter((each) => each.role === 'test' && isWithin(blocks, each.parent, opens.parent)).length > 1;
}

export function settleObligations(opens: readonly RawOpen[], releases: readonly RawRelease[], escapes: ReadonlySet<string>, context: Context): Obligation[] {
  const out: Obligation[] = [];
  for (const open of opens) {
    let best: Undoing | undefined;
    let elsewhere: Undoing | undefined;
    const names = new Set([open.handle, ...open.inside, '*', ...(open.kind === 'temp-directory' ? ['*temp-directory'] : [])]);
    for (const release of releases) {
      if (!names.has(release.handle)) continue;
      const how = undoing(open, release, context, 'saved');
      // What closes something unknown closes this only where it comes after it for sure, and can reach it.
      if (release.handle.startsWith('*') && (!how || (open.isLocal && release.block !== open.block))) continue;
      if (how && isLastOnly(open, release, context.blocks)) {
        best = better(best, { ...how, paths: 'last-only' });
        continue;
      }
      if (how) best = better(best, how);
      // Released by somebody, whoever that is.
      else elsewhere ??= { at: release.at, paths: 'every', by: 'elsewhere', value: 'saved', inFinally: false };
    }
    best = better(best, elsewhere);
    if (best?.paths === 'every' && best.by === 'hook') {
      const next = replacing(open, opens, context.blocks);
      const isReleased = next && releases.some((each) => names.has(each.handle) && each.block === next.block && each.order < next.order);
      if (next && !isReleased) best = { ...best, at: next.via[0] ?? next.at, paths: 'others-only' };
    }
    out.push({
      what: open.what,
      kind: open.kind,
      by: open.holder,
      at: open.at,
      via: open.via,
      owes: open.owes,
      assumed: open.assumed,
      escapes: escapes.has(open.handle),
      ...(best ? { released: best } : {}),
    });
  }
  return out;
}
