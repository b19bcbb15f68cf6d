/**
 * Whether state that a test, hook or module leaves behind meets another test: the question of all rules about process state.
 * It knows blocks and the schedule, and nothing of source text, libraries or runners.
 */
import type { StateChange } from '../model/claims.js';
import type { NotedPlace } from '../model/finding.js';
import { samePlace } from '../model/place.js';
import { isRunTest, isWithin, preparesFor, type Audited, type Block, type FileStory } from '../model/suite.js';
import { noted } from './sharing.js';
import { grouped } from '../model/grouped.js';
import { remembered } from '../model/remembered.js';

export interface Exposure {
  /** Who meets it: a later test of the file, one that stands before it, or the next file in the same process. */
  readonly to: 'next-test' | 'other-test' | 'earlier-test' | 'next-file' | 'running-test';
  readonly place: NotedPlace | undefined;
}

/** Whether a block looks at what was changed, where that can be told. */
export type Sees = (story: FileStory, change: StateChange, block: Block) => boolean;

/** What a test file keeps to itself goes with it, and may be handed on whole: those that name the object look at all of it. */
export const isOwnState = ({ file }: FileStory, { cell, state }: StateChange): boolean => state === 'module' && cell.startsWith(`${file}#`);

export function exposureOf(audited: Audited, story: FileStory, change: StateChange, sees: Sees = () => true): Exposure | undefined {
  const { schedule } = audited;
  const restored = schedule.restores.filter((each) => each.state === change.state);
  if (restored.some((each) => each.after === 'test')) return undefined;
  if (change.undone?.early !== undefined) return beforeSuite(story, change.undone.early, change, sees);
  const own = change.by.block === undefined ? undefined : story.blocks[change.by.block];
  if (own) {
    // Serial tests run before the others, or between them: never beside them.
    const concurrent = !own.modifiers.includes('serial') && (own.modifiers.includes('concurrent') || schedule.tests === 'concurrent');
    if (concurrent && own.role === 'test') {
      const beside = story.blocks.find(
        (block, id) => block.role === 'test' && id !== change.by.block && !block.modifiers.includes('serial') && sees(story, change, block),
      );
      if (beside) return { to: 'running-test', place: noted(beside.seenAt, 'this test can run at the same time') };
    }
    const victim = story.blocks.find((block, id) => isExposed(story, own, change.by.block!, block, id, change) && sees(story, change, block));
    if (victim) return { to: 'next-test', place: noted(victim.seenAt, 'this test runs later in the same process') };
    if (change.undone?.value === 'alias' && own.role === 'test') {
      const later = story.blocks.find((block, id) => block.role === 'test' && runsAfter(block, id, own, change.by.block!) && sees(story, change, block));
      if (later) return { to: 'next-test', place: noted(later.seenAt, 'this test runs later in the same process') };
    }
  }
  if (!isOwnState(story, change) && schedule.crossFile.includes(change.state) && !restored.some((each) => each.after === 'file')) {
    const next = audited.stories.find((each) => each.file !== story.file && each.blocks.some((block) => block.role === 'test'));
    if (next) return { to: 'next-file', place: undefined };
  }
  return own ? besideSuite(story, own, change) : undefined;
}

/** What a suite does while it is declared is done before the first test of the file runs. */
function beforeSuite(story: FileStory, suite: number, change: StateChange, sees: Sees): Exposure | undefined {
  const before = story.blocks.find(
    (block, id) => isRunTest(block) && id < suite && !setsForItself(story, suite, block, id, change) && sees(story, change, block),
  );
  return before ? { to: 'earlier-test', place: noted(before.seenAt, 'this test runs before, when it is done already') } : undefined;
}

/** What a suite's before-hook leaves behind meets the tests beside the suite as soon as the order changes: shuffled, sharded or moved. */
function besideSuite(story: FileStory, own: Block, change: StateChange): Exposure | undefined {
  if (own.role !== 'hook' || own.when !== 'before' || own.parent === undefined || change.state !== 'env') return undefined;
  const beside = story.blocks.find(
    (block, id) => isRunTest(block) && !isWithin(story.blocks, block.parent, own.parent) && !setsForItself(story, change.by.block!, block, id, change),
  );
  return beside ? { to: 'other-test', place: noted(beside.seenAt, 'this test of the same process does not expect it') } : undefined;
}

/** The tests inside a test run as a part of it, and before the tests that stand behind it. */
function runsAfter({ seenAt }: Block, id: number, from: Block, fromId: number): boolean {
  const isBeside = seenAt.path === from.seenAt.path && seenAt.span[0] !== from.seenAt.span[0];
  return isBeside ? seenAt.span[0] >= from.seenAt.span[1] : id > fromId;
}

/** The same call has declared it before: a callback that runs on one of several ways is met on each. */
const isOfAnotherRound = ({ blocks }: FileStory, { at, seenAt }: Block, fromId: number): boolean =>
  blocks.some((other, id) => id <= fromId && other.role === 'test' && samePlace(other.at, at) && samePlace(other.seenAt, seenAt));

/** A test that runs after the change and does not set the same thing up for itself first. */
function isExposed(story: FileStory, from: Block, fromId: number, test: Block, id: number, change: StateChange): boolean {
  if (!isRunTest(test) || id === fromId) return false;
  if (typeof change.undone?.until === 'number' && !isWithin(story.blocks, test.parent, change.undone.until)) return false;
  if (from.role === 'test' && (!runsAfter(test, id, from, fromId) || isOfAnotherRound(story, test, fromId))) return false;
  // A before-hook prepares the tests of its own suite; those outside are the ones that do not expect it.
  if (preparesFor(story.blocks, from, test)) return false;
  if (from.role === 'fixture' && from.scope !== 'test') return false;
  if (from.role === 'hook' && id < fromId && !isWithin(story.blocks, test.parent, from.parent) && from.parent !== undefined && id < from.parent) return false;
  return isStacked(change) || !setsForItself(story, fromId, test, id, change);
}

/** Each test puts a clock of its own over the one that stays, and only the last is taken away: real time is what the first has left. */
const isStacked = ({ state, undone }: StateChange): boolean => state === 'timers' && undone?.ofOne === true && undone.until !== undefined;

/** The test, or a hook before it that is not the one at `fromId` and runs after that, sets the cell. */
const setsForItself = (story: FileStory, fromId: number, test: Block, id: number, { cell }: StateChange): boolean =>
  changesOf(story, cell).some(({ by: { block }, conditional }) => {
    if (block === undefined || block === id) return block === id;
    const hook = story.blocks[block];
    if (!hook || block === fromId || !preparesFor(story.blocks, hook, test)) return false;
    // A hook before all tests of a suite runs before what happens in the suite.
    return hook.scope === 'test' || (!conditional && !isWithin(story.blocks, story.blocks[fromId]?.parent, hook.parent));
  });

const byCell = remembered((story: FileStory): ReadonlyMap<string, readonly StateChange[]> => grouped(story.changes, ({ cell }) => cell));

/** Changes that set the cell: `process.env = {}` sets every variable anew, and a loop may delete them all. Asked for each change and test of a file, so it is looked up. */
function changesOf(story: FileStory, cell: string): readonly StateChange[] {
  const known = byCell(story);
  const out = [...(known.get(cell) ?? [])];
  for (let dot = cell.lastIndexOf('.'); dot > 0; dot = cell.lastIndexOf('.', dot - 1)) {
    const outer = cell.slice(0, dot);
    out.push(...(known.get(outer) ?? []), ...(known.get(`${outer}.*`) ?? []).filter((each) => each.removes));
  }
  return out;
}
