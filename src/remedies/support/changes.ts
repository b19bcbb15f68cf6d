import type { StateChange } from '../../model/claims.js';
import { callAt, isIn, pathOf, writingAt } from '../../model/code.js';
import type { FileFacts, Value } from '../../model/facts.js';
import { samePlace } from '../../model/place.js';
import { refusal, type Broken, type Refusal } from '../../model/remedy.js';
import type { StateKind } from '../../model/state.js';
import { isBeforeEach, isWithin, preparesFor, type Block, type FileStory } from '../../model/suite.js';
import { allValues } from '../../model/values.js';
import { homesOf, momentOf, type Home } from './homes.js';
import type { Moment } from './names.js';

/** The changes of process state that a finding speaks of. */
export function changesOf({ finding, story, facts }: Broken, states: readonly StateKind[]): readonly StateChange[] | Refusal {
  if (finding.axis.includes('P')) return refusal('the tests run at the same time: what one of them puts back, another still needs');
  if (finding.files.length > 1) return refusal('a helper of several test files does it');
  const found = story.changes.filter(
    (change) => states.includes(change.state) && finding.places.some((place) => samePlace(place, change.via[0] ?? change.at) || samePlace(place, change.at)),
  );
  if (found.length === 0 || story.file !== facts.path) return refusal('it happens in another file');
  const built = found.flatMap((change) => builtUpon(facts, story, change) ?? [])[0];
  return built === undefined ? found : refusal(`a later test takes \`${built}\` for a mock and does not set it first, so it needs what the earlier one leaves`);
}

/** What a test puts in the place of a function and a later one takes for a mock, or a hook before each of them: `orders.find.mockClear()`, `expect(orders.find).toHaveBeenCalled()`. */
function builtUpon(facts: FileFacts, { blocks, changes }: FileStory, change: StateChange): string | undefined {
  const changer = blocks[change.by.block ?? -1];
  const path = change.undone || changer?.role !== 'test' ? undefined : changedPath(facts, change);
  if (path === undefined || !changer) return undefined;
  const sets = (block: Block): boolean =>
    changes.some((each) => each.cell === change.cell && each.state === change.state && blocks[each.by.block ?? -1] === block);
  const builds = (block: Block): boolean => {
    if (block === changer || sets(block)) return false;
    if (block.role === 'hook') return isBeforeEach(block) && preparesFor(blocks, block, changer);
    return (
      block.role === 'test' &&
      block.seenAt.span[0] > changer.seenAt.span[0] &&
      !blocks.some((each) => isBeforeEach(each) && preparesFor(blocks, each, block) && sets(each))
    );
  };
  const readers = blocks.filter((block) => block.seenAt.path === facts.path && builds(block));
  const names = [...allValues(facts)].filter((value) => pathOf(value, facts)?.join('.') === path && isTakenForMock(value, facts));
  return names.some(({ at }) => readers.some(({ seenAt }) => isIn(at, seenAt.span))) ? path : undefined;
}

/** Whether its own members are named, or what is claimed of it: a function that is none has neither. */
function isTakenForMock(value: Value, facts: FileFacts): boolean {
  const given = facts.calls.filter(({ args }) => args.some((each) => each.value === value));
  return (
    given.some(({ callee }) => isOfMocks(callee)) ||
    [...allValues(facts)].some((each) => isOfMocks(each) && (each.of === value || given.some(({ at }) => isIn(at, each.of.at))))
  );
}

const isOfMocks = (value: Value): value is Extract<Value, { kind: 'member' }> =>
  value.kind === 'member' && typeof value.key === 'string' && OF_MOCKS.test(value.key);

/** Members of mocks of Jest, Vitest and Sinon, and of what is claimed of them. */
const OF_MOCKS =
  /^mock|^(?:to(?:Have)?(?:Been)?(?:Nth|Last)?|not|last|nth)?(?:Called|called|Call|call|Returned|returned)|^(?:reset|restore|returns|resolves|rejects|yields)/;

/** The property that an assignment writes, or a call replaces: `orders.find = ...`, `spyOn(orders, 'find')`. */
function changedPath(facts: FileFacts, { at }: StateChange): string | undefined {
  const written = writingAt(facts, at);
  if (written?.to.kind === 'member') return pathOf(written.to, facts)?.join('.');
  const [of, key] = callAt(facts, at)?.args ?? [];
  const path = of && pathOf(of.value, facts);
  return path && key?.value.kind === 'const' ? [...path, String(key.value.value)].join('.') : undefined;
}

export interface Group {
  readonly home: Home;
  readonly changes: readonly StateChange[];
}

/** The changes by the home whose hook takes them back. */
export function groupsOf(broken: Broken, changes: readonly StateChange[]): readonly Group[] | Refusal {
  const { story } = broken;
  const byMoment = new Map<Moment, StateChange[]>();
  for (const change of changes) {
    const moment = momentOf(change.by.block === undefined ? undefined : story.blocks[change.by.block]);
    if (typeof moment !== 'string') return moment;
    byMoment.set(moment, [...(byMoment.get(moment) ?? []), change]);
  }
  const out: Group[] = [];
  for (const [moment, list] of byMoment) {
    const homes = homesOf(broken, [...new Set(list.map((each) => each.by.block!))], moment);
    if ('kind' in homes) return homes;
    for (const home of homes)
      out.push({ home, changes: list.filter((each) => homes.length === 1 || isWithin(broken.story.blocks, each.by.block, home.suite)) });
  }
  return out;
}

/**
 * A change of the same kind that lasts for longer than the hook's tests: a hook that takes back everything, or what stood there before,
 * would take that back too.
 */
export function lasting({ story, setup }: Broken, groups: readonly Group[], isSame: (change: StateChange) => boolean): string | undefined {
  const own = new Set(groups.flatMap((group) => group.changes));
  const inSetup = setup.some((each) => each.changes.some(isSame));
  if (inSetup) return 'a setup file changes the same for all tests';
  for (const change of story.changes) {
    if (own.has(change) || !isSame(change)) continue;
    const block = change.by.block === undefined ? undefined : story.blocks[change.by.block];
    if (!block) return 'the file changes the same while it loads';
    if (block.role === 'fixture') return 'a fixture changes the same';
    if (block.role === 'hook' && block.when === 'before' && (block.scope !== 'test' || groups.some(({ home }) => home.moment === 'all')))
      return 'another before-hook changes the same for several tests';
  }
  const isMixed = groups.some(({ home }) => home.moment === 'each') && groups.some(({ home }) => home.moment === 'all');
  return isMixed ? 'tests and a hook that runs once before them change the same' : undefined;
}
