import type { StateChange } from '../../model/claims.js';
import { allSteps, isIn, isResultOf } from '../../model/code.js';
import type { Call, CallId, FileFacts } from '../../model/facts.js';
import { samePlace, type Place } from '../../model/place.js';
import type { SuiteView } from '../../model/plan.js';
import type { StateKind } from '../../model/state.js';
import { isBeforeEach, type Block, type FileStory } from '../../model/suite.js';

/** An option of a runner that takes back, before each test, what calls have changed. */
export interface RunnerOption {
  readonly key: string;
  readonly state: StateKind;
  /** Last names of the calls. */
  readonly calls: RegExp;
  /** What test files do that make these calls. */
  readonly who: string;
  /** Until this version it empties functions made by `vi.fn()` too. */
  readonly emptiesBefore?: number;
}

/** Why an option that takes everything back before each test would change what tests of the suite mean, if it would: something lasts for longer than a test. */
export function lastingFor(suite: SuiteView, option: RunnerOption): string | undefined {
  const stories = [...suite.audited.stories, ...suite.audited.setup.filter(({ role }) => role === 'setup')];
  const atOnce = stories.find(
    ({ blocks }) => suite.audited.schedule.tests === 'concurrent' || blocks.some(({ modifiers }) => modifiers.includes('concurrent')),
  );
  if (atOnce) return `tests of \`${atOnce.file}\` run at the same time`;
  const { crossFile, restores } = suite.audited.schedule;
  if (crossFile.includes(option.state) && !restores.some(({ state, after }) => state === option.state && after === 'file'))
    return 'the next file of a worker is loaded before it takes anything back';
  const seen = new Set<string>();
  for (const path of loadedBy(suite, stories)) {
    const facts = mentions(suite, path, option) ? suite.project.facts(path) : undefined;
    for (const [id, call] of facts?.calls.entries() ?? []) {
      if (!facts || !isCall(call, option.calls)) continue;
      const place = { path, span: call.at };
      seen.add(keyOf(place));
      const why = lasts(stories, place) ?? kept(stories, facts, id);
      if (why !== undefined) return why;
    }
    if (option.emptiesBefore !== undefined && isOlder(suite, option.emptiesBefore) && facts && emptied(stories, facts))
      return `this version of Vitest would empty the functions that \`${path}\` makes for several tests`;
  }
  const foreign = stories.flatMap(({ changes }) => changes).find(({ state, at }) => state === option.state && !seen.has(keyOf(at)));
  return foreign && `what \`${foreign.at.path}\` replaces by another library stays`;
}

/** The files of the suite and all of the project that they import, followed by the scan or not. */
function loadedBy({ project }: SuiteView, stories: readonly FileStory[]): ReadonlySet<string> {
  const found = new Set(stories.flatMap(({ file, reached }) => [file, ...reached]));
  // A set gives what is added while it is walked.
  for (const path of found) {
    const facts = project.facts(path);
    const imported = facts?.imports.flatMap(({ from }) => (from.kind === 'const' ? [String(from.value)] : [])) ?? [];
    const handedOn = facts?.exports.flatMap((each) => ('from' in each ? [each.from] : [])) ?? [];
    for (const each of [...imported, ...handedOn]) {
      const target = project.resolve(path, each);
      if (target !== undefined) found.add(target);
    }
  }
  return found;
}

const keyOf = ({ path, span }: Place): string => `${path}:${span.join('-')}`;

const MAKES = /\b(?:fn|mock|doMock|hoisted|mockObject)\b|vitest-/;

const mentions = ({ project }: SuiteView, path: string, { calls, emptiesBefore }: RunnerOption): boolean => {
  const text = project.text(path) ?? '';
  return new RegExp(calls.source.replace(/^\^|\$$/g, '')).test(text) || (emptiesBefore !== undefined && MAKES.test(text));
};

/** The last name under which it is called. */
export const isCall = ({ callee }: Call, names: RegExp): boolean => callee.kind === 'member' && typeof callee.key === 'string' && names.test(callee.key);

const isOlder = ({ audited }: SuiteView, major: number): boolean => Number(/^\D*(\d+)/.exec(audited.schedule.version ?? '')?.[1] ?? 0) < major;

/** Tests, hooks and fixtures that hold a place, whoever declares them. */
const blocksAround = (stories: readonly FileStory[], { path, span }: Place): readonly Block[] =>
  stories.flatMap(({ blocks }) => blocks.filter(({ role, at }) => role !== 'suite' && at.path === path && isIn(span, at.span)));

const changesAt = (stories: readonly FileStory[], place: Place): readonly StateChange[] =>
  stories.flatMap(({ changes }) => changes.filter(({ at }) => samePlace(at, place)));

/** A test, or a hook before each. */
const isBrief = (block: Pick<Block, 'role' | 'when' | 'scope'>): boolean => block.role === 'test' || isBeforeEach(block);

function lasts(stories: readonly FileStory[], place: Place): string | undefined {
  const around = blocksAround(stories, place);
  const makers = stories.flatMap(({ blocks, changes }) =>
    changes.flatMap(({ at, by }) => (samePlace(at, place) ? [by.block === undefined ? undefined : blocks[by.block]] : [])),
  );
  if (around.length + makers.length === 0) return `for which tests \`${place.path}\` replaces something is not seen`;
  return [...around, ...makers].every((each) => each && isBrief(each))
    ? undefined
    : `it would take back before the first test what \`${place.path}\` replaces for several`;
}

/** What one test puts into a variable that another reads, which does not write it first. */
function kept(stories: readonly FileStory[], facts: FileFacts, id: CallId): string | undefined {
  const { path } = facts;
  const place = { path, span: facts.calls[id]!.at };
  const isByTest = [...blocksAround(stories, place), ...changesAt(stories, place).map(({ by }) => by)].some(({ role }) => role === 'test');
  if (!isByTest) return undefined;
  for (const { step } of allSteps(facts)) {
    if (step.do !== 'bind' || step.declares || !isResultOf(step.value, id, facts)) continue;
    const { to } = step;
    const name = to.kind === 'binding' ? facts.bindings[to.binding]!.name : undefined;
    const isRead = ({ variables, blocks }: FileStory): boolean => {
      const uses = variables.filter((each) => each.name === name && each.file === path);
      const isSet = (block: number | undefined): boolean => uses.some(({ op, by }) => op === 'write' && by.block === block);
      const isPrepared = uses.some(({ op, by }) => op === 'write' && by.role === 'hook' && blocks[by.block ?? -1]?.scope === 'test');
      return !isPrepared && uses.some(({ op, by }) => op === 'read' && by.role === 'test' && !isSet(by.block));
    };
    if (name === undefined || stories.some(isRead)) return `\`${path}\` keeps what it replaces in one test for others`;
  }
  return undefined;
}

/** Functions that outlive a test and would be emptied before each. */
const emptied = (stories: readonly FileStory[], facts: FileFacts): boolean =>
  facts.imports.some(({ from }) => from.kind === 'const' && /(?:^|[/-])vitest-/.test(String(from.value))) ||
  facts.calls.some((call) => {
    if (isCall(call, /^(?:mock|doMock|hoisted|mockObject)$/)) return true;
    const around = blocksAround(stories, { path: facts.path, span: call.at });
    return isCall(call, /^fn$/) && !(around.length > 0 && around.every(isBrief));
  });
