import type { StateChange } from '../../model/claims.js';
import type { BindingId, Call, FileFacts, FunctionId, Value } from '../../model/facts.js';
import { refusal, type Broken, type Repair, type Refusal } from '../../model/remedy.js';
import type { StateKind } from '../../model/state.js';
import { lasting, type Group } from './changes.js';
import type { Home } from './homes.js';
import { callAt, isNamedIn, isResultOf, isVisible, originOf, pathOf, rootOf } from '../../model/code.js';
import { hookEdits, type Undo } from './hooks.js';
import { styleOf } from '../../model/style.js';

/** One library's way to take back what its calls have changed. */
interface Way {
  readonly state: StateKind;
  /** Packages that hand out the object, or the global name under which it is there. */
  readonly packages: readonly string[];
  readonly global?: string;
  /** Last name of the call that changes; `()` is what the package itself exports. */
  readonly calls: RegExp;
  /** The cells that it takes back; all of the state where nothing is said. */
  readonly cells?: RegExp;
  /** Other kinds of state that it takes back along with its own. */
  readonly also?: readonly StateKind[];
  /** The call; `$` stands for what the changing call is made on, `$$` for the name it starts with. */
  readonly undo: string;
  /** The call on what the changing call gives back, which takes back this change alone. */
  readonly alone?: string;
  /** Called on what the package itself exports, it takes back nothing before this version of the package. */
  readonly since?: number;
  /** What else it resets in older versions. */
  readonly resetsBefore?: number;
}

const VITEST = { packages: ['vitest'], global: 'vi' } as const;
const JEST = { packages: ['@jest/globals'], global: 'jest' } as const;
// Sinon is a sandbox itself since 5 (its guide to the migration to 5).
const SINON = { packages: ['sinon'], global: 'sinon', undo: '$.restore()', since: 5, also: ['mock', 'timers', 'http-mock'] } as const;
const NODE = { packages: ['test'] } as const;

const WAYS: readonly Way[] = [
  { ...VITEST, state: 'timers', calls: /^(?:useFakeTimers|setSystemTime)$/, undo: '$.useRealTimers()' },
  { ...JEST, state: 'timers', calls: /^(?:useFakeTimers|setSystemTime)$/, undo: '$.useRealTimers()' },
  { ...SINON, state: 'timers', calls: /^useFakeTimers$/ },
  { ...NODE, state: 'timers', calls: /^(?:enable|setTime)$/, undo: '$.reset()' },
  { packages: ['timekeeper'], state: 'timers', calls: /^(?:freeze|travel)$/, undo: '$.reset()' },
  { packages: ['mockdate'], state: 'timers', calls: /^set$/, undo: '$.reset()' },
  { packages: [], global: 'jasmine', state: 'timers', calls: /^install$/, undo: '$.uninstall()' },
  // Until version 4 it emptied every `vi.fn()` too (release notes of Vitest 4).
  { ...VITEST, state: 'mock', calls: /^spyOn$/, undo: '$.restoreAllMocks()', alone: 'mockRestore()', resetsBefore: 4 },
  { ...JEST, state: 'mock', calls: /^(?:spyOn|replaceProperty)$/, undo: '$.restoreAllMocks()', alone: 'mockRestore()' },
  { ...SINON, state: 'mock', calls: /^(?:stub|spy)$/, alone: 'restore()' },
  { ...SINON, state: 'mock', calls: /^(?:mock|replace|replaceGetter|replaceSetter|define)$/ },
  { ...NODE, state: 'mock', calls: /^(?:method|getter|setter|property)$/, undo: '$.restoreAll()' },
  { ...VITEST, state: 'env-stub', calls: /^stubEnv$/, undo: '$.unstubAllEnvs()' },
  { ...VITEST, state: 'global-stub', calls: /^stubGlobal$/, undo: '$.unstubAllGlobals()' },
  { packages: ['nock'], state: 'http-mock', calls: /^disableNetConnect$/, cells: /^net connect$/, undo: '$.enableNetConnect()' },
  { packages: ['nock'], state: 'http-mock', calls: /^(?:persist|\(\))$/, cells: /^(?!net connect$|msw |recorder$)/, undo: '$$.cleanAll()' },
  { packages: ['msw/node', 'msw'], state: 'http-mock', calls: /^listen$/, cells: /^msw/, undo: '$.close()' },
  { packages: ['msw/node', 'msw'], state: 'http-mock', calls: /^use$/, cells: /^msw handlers$/, undo: '$.resetHandlers()' },
];

/** The repair for changes that one call of the same library takes back: that call in an after-hook. */
export function undoCalls(broken: Broken, groups: readonly Group[]): Repair {
  const { end } = styleOf(broken.text, broken.facts.path);
  const undos: Undo[] = [];
  const said = new Set<string>();
  for (const { home, changes } of groups) {
    const body = new Set<string>();
    for (const change of changes) {
      const way = wayOf(broken, change, home.fn);
      if ('kind' in way) return way;
      const takes = (each: StateChange): boolean =>
        (each.state === way.state || (way.also?.includes(each.state) ?? false)) && (way.cells?.test(each.cell) ?? true);
      if (isWithinClock(broken, groups, way)) return refusal('another clock is switched on around it, and the two have to be switched off in their order');
      const why = lasting(broken, groups, takes) ?? tooOld(broken, change, way);
      const undo = why === undefined ? way.undo : aloneOf(broken, change, way, home);
      if (undo === undefined) return refusal(why!);
      body.add(`${undo}${end}`);
      said.add(undo);
    }
    undos.push({ home, before: [], body: [...body], isAfter: home.isHook });
  }
  const edits = hookEdits(broken, undos);
  if ('kind' in edits) return edits;
  return { kind: 'edits', says: `Call ${[...said].map((each) => `\`${each}\``).join(' and ')} in an after-hook.`, edits };
}

/** A clock of Sinon puts back the timers that it has met, which are another clock's where a hook has switched one on. */
function isWithinClock({ story }: Broken, groups: readonly Group[], { state, global }: Way): boolean {
  const own = new Set(groups.flatMap((group) => group.changes));
  return global === 'sinon' && state === 'timers' && story.changes.some((each) => each.state === 'timers' && each.by.role === 'hook' && !own.has(each));
}

/** `sinon.restore()` of a version in which each stub and clock is restored by itself. */
function tooOld({ facts, libraries }: Broken, { at }: StateChange, { since, packages: [name], undo }: Way): string | undefined {
  const version = /^\d+/.exec(libraries[name ?? ''] ?? '')?.[0];
  const root = since === undefined || version === undefined ? undefined : rootOf(callAt(facts, at)!.callee, facts);
  const isItself = root?.kind === 'outer' || (root?.kind === 'ref' && originOf(root.binding, facts)?.from === name);
  return isItself && Number(version) < since! ? `\`${undo}\` takes back nothing before version ${since} of \`${name}\`` : undefined;
}

/** `readFile.restore()`: where all at once would take back too much, and a variable of the suite holds what a before-hook has replaced. */
function aloneOf({ facts, story }: Broken, change: StateChange, { alone }: Way, { fn }: Home): string | undefined {
  const call = callAt(facts, change.at);
  if (alone === undefined || !call || story.blocks[change.by.block ?? -1]?.role !== 'hook') return undefined;
  const id = facts.calls.indexOf(call);
  for (const step of facts.functions[call.in]!.body) {
    if (step.do !== 'bind' || step.to.kind !== 'binding' || !isResultOf(step.value, id, facts)) continue;
    return isVisible(step.to.binding, fn, facts) ? `${facts.bindings[step.to.binding]!.name}.${alone}` : undefined;
  }
  return undefined;
}

/** The way for one change, with its call as this file writes it. */
function wayOf(broken: Broken, change: StateChange, fn: FunctionId): Way | Refusal {
  const { facts, text } = broken;
  const callee = callAt(facts, change.at)?.callee;
  const [key, of] = callee?.kind === 'member' ? [callee.key, callee.of] : ['()', callee];
  if (!of || typeof key !== 'string') return refusal('the call that changes it is not written out in this file');
  const way = WAYS.find((each) => each.state === change.state && each.calls.test(key) && (each.cells?.test(change.cell) ?? true) && isOf(facts, of, each));
  if (!way) return refusal('which call takes it back is not known');
  if (!isNamedIn(of, fn, facts)) return refusal('what takes it back has no name outside the test');
  const reset = way.resetsBefore === undefined ? undefined : resetToo(broken, way.resetsBefore);
  if (reset !== undefined) return refusal(reset);
  const root = rootOf(of, facts);
  const [whole, first] = [text.slice(of.at[0], of.at[1]), text.slice(root.at[0], root.at[1])];
  if (/[\r\n]/.test(whole) && !way.undo.startsWith('$$')) return refusal('the call that changes it spans several lines');
  return { ...way, undo: way.undo.replace(/^\$\$?/, (sign) => (sign === '$$' ? first : whole)) };
}

/** Whether the receiver of a call is what the library hands out, or was made by it. */
function isOf(facts: FileFacts, receiver: Value, way: Pick<Way, 'packages' | 'global'>): boolean {
  const root = rootOf(receiver, facts);
  if (root.kind === 'outer') return root.name === way.global;
  if (root.kind !== 'ref') return false;
  const origin = originOf(root.binding, facts);
  if (origin) return way.packages.includes(origin.from.replace(/^node:/, ''));
  // A sandbox, a server: made by a call of the library.
  const maker = makerOf(root.binding, facts);
  return maker !== undefined && isOf(facts, maker.callee, way);
}

function makerOf(binding: BindingId, facts: FileFacts): Call | undefined {
  for (const fn of facts.functions) {
    for (const step of fn.body) {
      if (step.do === 'bind' && step.to.kind === 'binding' && step.to.binding === binding && step.value.kind === 'result') {
        const call = facts.calls[step.value.call]!;
        return pathOf(call.callee, facts) ? call : undefined;
      }
    }
  }
  return undefined;
}

/** Versions in which the call that restores spies also empties other mocks: fine where there are none. */
function resetToo({ schedule, facts, setup, factsOf }: Broken, fixedIn: number): string | undefined {
  const major = Number(/^\D*(\d+)/.exec(schedule.version ?? '')?.[1] ?? 0);
  if (major >= fixedIn) return undefined;
  const makes = (each: FileFacts | undefined): boolean =>
    !each ||
    each.calls.some(({ callee }) => callee.kind === 'member' && typeof callee.key === 'string' && /^(?:fn|mock|doMock|hoisted|mocked)$/.test(callee.key));
  return [facts, ...setup.map((story) => factsOf(story.file))].some(makes) ? 'in this version of the runner it would empty the other mocks too' : undefined;
}
