/** What a walk through functions keeps in mind: who asks, how far, and what is known already. */
import type { Abstract } from '../model/abstract.js';
import type { CallId, FunctionId } from '../model/facts.js';
import type { Event } from './events.js';
import { createInertness } from './inert.js';
import type { Resolver } from './resolver.js';
import { createEarlyWrites, type EarlyWrites } from './early-writes.js';

/** How far calls are followed from a test or hook with what they hand over. Beyond it only what a function lays hold of, whatever it is given, is told. */
export interface Limits {
  /** A body starts with this much; each call into a helper takes 1 of it, each call into the product `product`. */
  readonly reach: number;
  readonly product: number;
  /** Events kept of one function, its callees' included; beyond them only what it claims. */
  readonly events: number;
}

/** A walk beyond the reach, from the function with which it begins. */
export interface Far {
  /** Functions being walked. */
  readonly running: Set<string>;
  /** Those of them that were met again meanwhile, and those that were too deep. */
  readonly cut: Set<string>;
  /** What is known of functions between a function and where it was met again, which is not all: it ends with that function. */
  readonly parts: Map<string, Walked>;
  /** The function being walked returns on a way that only some calls take. */
  hasLeft: boolean;
}

export interface Walker {
  readonly r: Resolver;
  readonly limits: Limits;
  done: Map<string, Walked>;
  /** By what the tests write early: what is remembered of stories that write the same. */
  readonly memories: Map<string, Memory>;
  /** What no other story can meet: it ends with the story that is told. */
  readonly doneOfTold: Map<string, Walked>;
  /** Set when something that is told depends on an erased argument of the function being walked. */
  depends: boolean;
  /** Set when an erased argument of the function being walked says which way is taken. */
  chooses: boolean;
  /** Where the functions that are walked now lie beyond the reach. */
  far: Far | undefined;
  /** Functions being walked. */
  readonly running: Set<string>;
  /** Handles that stand behind a package's exports, by package. */
  readonly ambient: Map<string, Extract<Abstract, { kind: 'handle' }>>;
  /** Files whose functions were walked, now or when what is remembered of them was. */
  reached: Set<string>;
  readonly alone: Map<string, ReadonlySet<string>>;
  /** Functions of the told file that were walked. */
  readonly entered: Set<FunctionId>;
  /** The file whose story is told: only its variables are watched. */
  told: string;
  /** Whether a file belongs to the tests rather than to the product. */
  isTestSide(path: string): boolean;
  /** Whether a file, or anything it imports, could do something that a story tells. */
  mayAct(path: string): boolean;
  /** What a test file writes before its tests run. */
  earlyWrites(file: string): EarlyWrites;
  /** Whether a call surely does nothing that a story tells. */
  isInert(path: string, call: CallId): boolean;
}

export function createWalker(r: Resolver, limits: Limits, sides: Pick<Walker, 'isTestSide' | 'mayAct'>): Walker {
  return {
    r,
    limits,
    told: '',
    ...sides,
    earlyWrites: createEarlyWrites(r, (path) => sides.isTestSide(path)),
    isInert: createInertness(r, sides.mayAct),
    done: new Map(),
    memories: new Map(),
    doneOfTold: new Map(),
    depends: false,
    chooses: false,
    far: undefined,
    running: new Set(),
    ambient: new Map(),
    reached: new Set(),
    alone: new Map(),
    entered: new Set(),
  };
}

/** What all stories have in common that write the same early. */
export interface Memory {
  readonly memo: Resolver['memo'];
  readonly exports: Resolver['exportsMemo'];
  readonly done: Walker['done'];
}

/** What a function does, and whether that depends on arguments that were erased. */
export interface Walked {
  readonly events: readonly Event[];
  readonly depends: boolean;
  /** Files whose functions were walked for it. */
  readonly reached: ReadonlySet<string>;
}

/** From here on it is the story of this file that is told. */
export function begin(w: Walker, file: string): void {
  w.reached = new Set();
  w.entered.clear();
  w.told = file;
  w.r.told = file;
  forgetTold(w);
  const early = w.earlyWrites(file);
  if (early.key !== w.r.early.key) {
    recall(w, early);
    forgetTold(w);
  }
  w.r.early = early;
}

function forgetTold(w: Walker): void {
  w.r.memoOfTold = new Map();
  w.doneOfTold.clear();
}

/** The most of these that are kept while other stories are told. */
const MOST_MEMORIES = 3;

/** What the tests write early colours all that they reach, so nothing remembered passes between stories that write other things. */
function recall(w: Walker, next: EarlyWrites): void {
  const { r, memories } = w;
  if (!r.early.isOwn) memories.set(r.early.key, { memo: r.memo, exports: r.exportsMemo, done: w.done });
  const known = memories.get(next.key) ?? { memo: new Map(), exports: new Map(), done: new Map() };
  memories.delete(next.key);
  for (const key of memories.keys()) if (memories.size > MOST_MEMORIES) memories.delete(key);
  r.memo = known.memo;
  r.exportsMemo = known.exports;
  w.done = known.done;
}
