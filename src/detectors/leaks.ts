import { callAt } from '../model/code.js';
import type { StateChange } from '../model/claims.js';
import { placeKey } from '../model/place.js';
import type { Finding, NotedPlace } from '../model/finding.js';
import type { StateKind } from '../model/state.js';
import { isWithin, preparesFor, type Audited, type Block, type FileStory } from '../model/suite.js';
import { isTestSide } from '../model/test-side.js';
import { exposureOf, isOwnState, type Exposure, type Sees } from './exposure.js';
import { distinct, noted, plural, seenAt } from './sharing.js';
import { comesTo, isComeToByAny, isSaidByAny, ofGlobal, ofProperty, says, saysAnywhere, sharesSubject, surelyComesTo } from './words.js';
import { grouped } from '../model/grouped.js';

export interface Leak {
  readonly story: FileStory;
  readonly change: StateChange;
  readonly exposure: Exposure;
  /** Why what looks like a restore is none. */
  readonly fault: 'none' | 'normal-only' | 'alias' | 'constant' | 'maybe-undefined' | 'late' | 'early';
  /** No test that could meet it looks at it, as far as the source shows. */
  readonly unseen: boolean;
  /** The test that meets it says itself what was changed: nothing of what it calls had to be taken for granted. */
  readonly named: boolean;
}

/** What is wrong with a restore that is there, in the words of the rules that name what is changed. */
export const restoreFaults = {
  beside: {
    what: '{cell} is {done} and put back while other tests of the file run{more}.',
    fix: 'Run these tests one after another, or hand the value to what needs it.',
  },
  early: { what: '{cell} is {done} while a suite is declared, before the first test of the file runs{more}.', fix: 'Do it in a before-hook of the suite.' },
  late: { what: '{cell} is {done} in a test and put back only when all tests are over{more}.', fix: 'Put it back after each test.' },
  'normal-only': {
    what: '{cell} is {done} and put back only when nothing throws in between{more}.',
    fix: 'Move the restore into an after-hook or `finally`.',
  },
};

/** Changes of these kinds that reach another test, with what is wrong with their restore. */
export function leaks(audited: Audited, states: readonly StateKind[], sees?: Sees): Leak[] {
  const wanted = new Set(states);
  const same = sameEverywhere(audited, wanted);
  const out: Leak[] = [];
  for (const story of [...audited.setup.filter((each) => each.role === 'setup'), ...audited.stories]) {
    if (story.role === 'setup') continue;
    for (const change of story.changes) {
      if (!wanted.has(change.state) || same.has(change.cell) || isForAll(audited, story, change)) continue;
      const fault = faultOf(change);
      if (fault === undefined || removesNothing(story, change, audited) || isSetAtHead(story, change)) continue;
      const exposure = exposureOf(audited, story, change, sees);
      if (!exposure || (fault === 'late' && exposure.to !== 'next-test') || (exposure.to === 'next-file' && isTakenOver(story, change))) continue;
      const inside = exposureToNamers(audited, story, change, sees);
      const named = inside !== undefined && inside.to !== 'next-file' && inside.to !== 'other-test';
      const isMet = isMistake(fault) || isReadByAll(change) || isOwnState(story, change);
      const read = named ? inside : isMet ? exposure : exposureToReaders(audited, story, change, sees);
      const unseen = !read || (fault === 'late' && read.to !== 'next-test');
      out.push({ story, change, exposure: unseen ? exposure : read, fault, unseen, named });
    }
  }
  return out;
}

/** A file without tests whose hooks run around the tests of all files sets up the run. */
const isForAll = ({ schedule }: Audited, { blocks }: FileStory, { by }: StateChange): boolean =>
  schedule.rootHooks === 'run' && by.role === 'hook' && !blocks.some((each) => each.role === 'test');

/** Parts of the language and of Node, which code uses without a thought. */
const USED_BY_ALL = new Set<StateKind>(['intrinsic', 'host-intrinsic', 'core-module']);

/** `TZ` of `process.env.TZ`; nothing where a change has no name that a test could say. */
const partOf = (cell: string): string | undefined => /(?:^|[.#])([A-Za-z_$][\w$]*)$/.exec(cell)?.[1];

/** A restore that does not do what it was written for is worth telling, whoever looks. */
const isMistake = (fault: Leak['fault']): boolean => fault === 'alias' || fault === 'constant' || fault === 'maybe-undefined';

/** What every test looks at, and what nobody could name. */
const isReadByAll = ({ cell, state, removes }: StateChange): boolean =>
  partOf(cell) === undefined ||
  USED_BY_ALL.has(state) ||
  READ_BY_ALL.has(cell) ||
  ALWAYS_SET.test(cell) ||
  SET_OUTSIDE.test(cell) ||
  (removes && INSTALLED.test(cell));

const READ_BY_ALL = new Set(['process.env', 'process.exitCode']);

/** What those say that look at what is changed. */
function wordFor({ state, cell }: StateChange): string | undefined {
  const part = partOf(cell);
  // A variable of the same name, or a property of something else, is not the global.
  if (state === 'global' && cell === part) return ofGlobal(part);
  // A variable of the same name is not the property of the module's object.
  if (part !== undefined && state === 'module' && cell.endsWith(`.${part}`)) return ofProperty(part);
  // Who looks at `console.error` says `console`; every second test says `error`.
  return state === 'console' ? 'console' : part;
}

/** Where a test that could meet it says itself what is changed. What has no name that a test could say, such as a clock, the rule itself has looked for. */
function exposureToNamers(audited: Audited, story: FileStory, change: StateChange, sees: Sees = () => true): Exposure | undefined {
  const word = wordFor(change);
  if (word === undefined) return exposureOf(audited, story, change, sees);
  return exposureOf(
    audited,
    story,
    change,
    (own, each, block) => sees(own, each, block) && block.seenAt.path === own.file && says(audited, own, block, word, { except: change.undone?.at }),
  );
}

/** A change that stays matters to those that look at what is changed. */
function exposureToReaders(audited: Audited, story: FileStory, change: StateChange, sees: Sees = () => true): Exposure | undefined {
  const word = wordFor(change)!;
  const isGlobal = change.state === 'global' && change.cell === partOf(change.cell);
  const isConsole = change.state === 'console';
  // The product writes to the console, and does not ask what stands there; and every module says `exports`.
  const imported = isConsole || word === 'exports' ? undefined : word;
  const by = change.by.block === undefined ? undefined : story.blocks[change.by.block];
  // What a helper keeps, tests and helpers look at by its name.
  const isHelpers = change.state === 'module' && isTestSide(change.cell.split('#')[0]!);
  // The product reads the variable and calls the method, however deep.
  const reachesProduct = REACHES_PRODUCT.has(change.state) && !isHelpers && by !== undefined;
  const meets = (other: FileStory, block?: Block): boolean => reachesProduct && sharesSubject(audited, [story, by], [other, block]);
  // Where the code is known that looks at it, it meets those that could come there.
  const isKnown = (reachesProduct || isGlobal) && by !== undefined && surelyComesTo(audited, story, by, word);
  const looks = (own: FileStory, block: Block): boolean =>
    says(audited, own, block, word, { except: change.undone?.at }) ||
    ((says(audited, own, block, word, { imported, except: change.undone?.at }) || meets(own, block)) && (!isKnown || comesTo(audited, own, block, word)));
  const exposure = exposureOf(audited, story, change, (own, each, block) => sees(own, each, block) && looks(own, block));
  if (exposure?.to !== 'next-file') return exposure;
  const isLooking = (other: FileStory): boolean =>
    isGlobal
      ? saysAnywhere(audited, other, word)
      : other.changes.some((each) => each.cell === change.cell) || meets(other) || saysAnywhere(audited, other, word);
  const mayLook = (other: FileStory): boolean => isSaidByAny(audited, other, word) || (meets(other) && (!isKnown || isComeToByAny(audited, other, word)));
  const isRead = (other: FileStory): boolean =>
    isLooking(other) &&
    mayLook(other) &&
    other.blocks.some((block, id) => block.role === 'test' && looks(other, block) && !setsFirst(audited, other, block, id, change.cell));
  return audited.stories.some((other) => other.file !== story.file && isRead(other)) ? exposure : undefined;
}

/** The test, or a hook before it, sets the cell on every way: it does not meet what others left there. To add to a list of a module sets nothing. */
const setsFirst = (audited: Audited, { blocks, changes }: FileStory, test: Block, id: number, cell: string): boolean =>
  changes.some(({ cell: own, state, by, at, conditional, removes }) => {
    if (own !== cell || conditional || (removes && state !== 'env') || by.block === undefined) return false;
    const facts = state === 'module' ? audited.facts(at.path) : undefined;
    if (facts && callAt(facts, at)) return false;
    return by.block === id || preparesFor(blocks, blocks[by.block], test);
  });

const REACHES_PRODUCT = new Set<StateKind>(['env', 'env-stub', 'mock', 'module', 'process']);

function faultOf(change: StateChange): Leak['fault'] | undefined {
  const { undone } = change;
  if (!undone) return 'none';
  if (undone.value === 'alias' || undone.value === 'alias-copy') return 'alias';
  if (undone.value === 'other') return 'constant';
  // What stands between the change and its `try ... finally` is rarely what throws.
  if (undone.paths === 'normal-only') return undone.inFinally ? undefined : 'normal-only';
  if (undone.value === 'maybe-undefined') return 'maybe-undefined';
  if (undone.until !== undefined) return 'late';
  if (undone.early !== undefined) return 'early';
  return undefined;
}

/** Set in every run: by the shell, or by the runners themselves. */
const ALWAYS_SET = /^process\.env\.(NODE_ENV|PATH|HOME|USER|PWD|SHELL)$/;

/** Set by the machine, the terminal or the service that runs the tests, often enough. */
const SET_OUTSIDE =
  /^process\.env\.(CI|TZ|LANG|LC_\w+|\w*COLOR\w*|\w*TERM|EDITOR|DEBUG|NODE_\w+|TMPDIR|TEMP|XDG_\w+|APPDATA|USERPROFILE|\w+_PROXY|GITHUB_\w+|JEST_\w+|VITEST\w*)$/i;

/** Where an installation stands that the machine has, which native code and child processes look for. Other variables that end so are the project's own. */
const INSTALLED =
  /^process\.env\.(?:(?:JAVA|ANDROID|ORACLE|GRADLE|MAVEN|CARGO|PYTHON)_?HOME|ANDROID_SDK_ROOT|(?:DY)?LD_LIBRARY_PATH|GOPATH|PYTHONPATH|CLASSPATH)$/;

/** A variable that nothing outside the tests gives is deleted to begin without it: there is nothing to miss. */
function removesNothing(own: FileStory, change: StateChange, audited: Audited): boolean {
  if (!change.removes || change.state !== 'env' || change.given || !/\.\w+$/.test(change.cell)) return false;
  if ([ALWAYS_SET, SET_OUTSIDE, INSTALLED].some((names) => names.test(change.cell))) return false;
  const gives = (story: FileStory, { by, cell, removes }: StateChange): boolean =>
    cell === change.cell && !removes && (story.role === 'setup' || by.role === 'module' || (story.file === own.file && by.role !== 'test'));
  return ![...audited.setup, ...audited.stories].some((story) => story.changes.some((each) => gives(story, each)));
}

/** The head of the file has set it to the same: nothing is changed, or what another test has changed is put back. */
const isSetAtHead = ({ changes }: FileStory, { by, cell, text }: StateChange): boolean =>
  by.role !== 'module' &&
  text !== undefined &&
  changes.some((each) => each.by.role === 'module' && each.cell === cell && each.text === text && !each.conditional);

/** A suite that runs later sets it before its tests, and puts it back or takes it away behind them: nothing is left at the end of the file. */
const isTakenOver = ({ blocks, changes }: FileStory, { at, by, cell }: StateChange): boolean =>
  changes.some((each) => {
    const hook = each.by.block === undefined ? undefined : blocks[each.by.block];
    if (each.cell !== cell || each.conditional || !each.undone || faultOf(each) !== undefined) return false;
    if (by.block === undefined || hook?.role !== 'hook' || hook.when !== 'before' || hook.scope === 'test') return false;
    return each.at.span[0] > at.span[0] && !isWithin(blocks, blocks[by.block]?.parent, hook.parent);
  });

/** Cells to which every file writes one and the same constant: nobody can tell who was there before. */
function sameEverywhere(audited: Audited, states: ReadonlySet<StateKind>): ReadonlySet<string> {
  const texts = new Map<string, Set<string>>();
  const files = new Map<string, Set<string>>();
  for (const story of [...audited.setup, ...audited.stories]) {
    for (const change of story.changes) {
      if (!states.has(change.state)) continue;
      const key = change.cell;
      texts.set(key, (texts.get(key) ?? new Set()).add(change.removes ? '\u0000' : (change.text ?? `?${placeKey(change.at)}`)));
      files.set(key, (files.get(key) ?? new Set()).add(change.at.path));
    }
  }
  return new Set([...texts].filter(([cell, all]) => all.size === 1 && ![...all][0]!.startsWith('?') && (files.get(cell)?.size ?? 0) > 1).map(([cell]) => cell));
}

/** From so many test files that reach a helper, what it changes is told once, at the helper. */
const MANY = 3;

/** One finding for each file and cell group, or for a helper that many files use: the first leak is primary, the others stand beside it. */
export function leakFindings(
  rule: string,
  found: readonly Leak[],
  options: {
    readonly title: (cell: string) => string;
    readonly keyOf: (leak: Leak) => string;
    readonly reason: string;
    readonly isPossible?: (leak: Leak) => string | undefined;
    /** A wording of its own. */
    readonly variantOf?: (leak: Leak) => string | undefined;
    /** The finding stands where the cell is, whoever changes it. */
    readonly atCell?: boolean;
    /** Except for these, which stand at the call of the test. */
    readonly byCall?: (leak: Leak) => boolean;
    /** What a hook does in the place of putting it back. */
    readonly insteadOf?: (leak: Leak) => readonly NotedPlace[];
  },
): Finding[] {
  const helperOf = helpers(found);
  const groups = grouped(found, (leak) => `${helperOf(leak) ?? leak.story.file}\u0000${options.keyOf(leak)}`);
  return [...groups.values()].map((group): Finding => {
    const sorted = [...group].sort((a, b) => weight(b, options) - weight(a, options) || reach(a) - reach(b) || a.change.at.span[0] - b.change.at.span[0]);
    const first = sorted[0]!;
    const condition = conditionOf(first, options);
    const { change } = first;
    const cell = change.cell;
    const variant = options.variantOf?.(first) ?? (first.fault === 'none' ? undefined : isBeside(first) ? 'beside' : first.fault);
    const files = [...new Set(sorted.map((leak) => leak.story.file))].sort();
    const more = new Set(sorted.map(({ change: { at } }) => placeKey(at))).size - 1;
    return {
      rule,
      axis: first.exposure.to === 'running-test' ? ['W', 'P'] : ['W'],
      confidence:
        condition !== undefined
          ? 'possible'
          : change.assumed.length === 0 && first.fault === 'none' && first.named && change.at.path === first.story.file
            ? 'certain'
            : 'likely',
      ...(condition === undefined ? {} : { condition }),
      files,
      places: distinct([
        // What has to move is the line that puts it back.
        ...(first.fault === 'normal-only' && !isBeside(first) && change.undone?.at.path === first.story.file
          ? [noted(change.undone.at, faultNote(first))]
          : []),
        ...(files.length > 1
          ? [
              noted(change.at, change.removes ? 'deleted here' : 'changed here'),
              ...sorted.slice(1).flatMap((each) => (each.change.cell === cell ? [] : [noted(each.change.at, 'and here')])),
              ...files.slice(0, 12).map((file) => noted(seenAt(sorted.find((each) => each.story.file === file)!.change), 'this test file gets there')),
            ]
          : []),
        ...(options.atCell && !options.byCall?.(first) && change.at.path !== first.story.file
          ? [noted(change.at, change.removes ? 'deleted here' : 'changed here'), noted(seenAt(change), 'this test gets there')]
          : [
              noted(seenAt(change), change.removes ? 'deleted here' : 'changed here'),
              ...(change.via.length > 0 ? [noted(change.at, 'the line that changes it')] : []),
            ]),
        ...(change.undone ? [noted(change.undone.at, faultNote(first))] : []),
        ...(first.fault === 'none' && files.length === 1 ? (options.insteadOf?.(first) ?? []) : []),
        ...(first.exposure.place ? [first.exposure.place] : []),
        ...(files.length > 1 ? [] : sorted.slice(1, 12).map((each) => noted(seenAt(each.change), 'and here'))),
      ]),
      resource: { key: `${rule}|${options.keyOf(first)}`, title: options.title(cell) },
      values: {
        cell: options.title(cell),
        more: files.length > 1 ? `, in ${plural(files.length, 'test file')}` : more > 0 ? ` (and ${more} more like it in this file)` : '',
        reason: options.reason,
        victim:
          first.exposure.to === 'next-file'
            ? 'the next test files in the same process'
            : first.exposure.to === 'running-test'
              ? 'tests that run at the same time'
              : first.exposure.to === 'other-test'
                ? 'other tests of the file, in another order,'
                : first.exposure.to === 'earlier-test'
                  ? 'tests of the file that stand before the suite'
                  : 'later tests of the file',
        done: change.removes ? 'deleted' : 'changed',
      },
      ...(variant === undefined ? {} : { variant }),
    };
  });
}

/** It is put back, but not before tests that run at the same time have met it. */
const isBeside = ({ exposure, fault }: Leak): boolean => exposure.to === 'running-test' && fault !== 'none' && fault !== 'alias';

/** The helper file where a change stands, if many test files get there. */
function helpers(found: readonly Leak[]): (leak: Leak) => string | undefined {
  const users = new Map<string, Set<string>>();
  for (const { change, story } of found) users.set(change.at.path, (users.get(change.at.path) ?? new Set()).add(story.file));
  return ({ change, story }) => (change.at.path !== story.file && users.get(change.at.path)!.size >= MANY ? change.at.path : undefined);
}

/** Whether a change stands in a file of the tests: what product code does to itself when called is the product's affair. */
export const isByTests = ({ story, change }: Leak): boolean => change.at.path === story.file || isTestSide(change.at.path);

const conditionOf = (leak: Leak, options: { readonly isPossible?: (leak: Leak) => string | undefined; readonly atCell?: boolean }): string | undefined =>
  options.isPossible?.(leak) ??
  (leak.unseen ? 'a later test looks at it through code that does not name it' : undefined) ??
  (options.atCell || isByTests(leak) ? undefined : 'the code under test is meant to leave it so');

function weight(leak: Leak, options: { readonly isPossible?: (leak: Leak) => string | undefined }): number {
  return (conditionOf(leak, options) === undefined ? 4 : 0) + (leak.fault === 'none' ? 2 : 0) + (leak.change.via.length === 0 ? 1 : 0);
}

/** A test of the same file is shown before files that come later. */
const reach = ({ exposure }: Leak): number => (exposure.to === 'next-file' ? 1 : 0);

function faultNote(leak: Leak): string {
  if (isBeside(leak)) return 'put back here';
  switch (leak.fault) {
    case 'alias':
      return 'this puts back the object that was changed, not a copy';
    case 'maybe-undefined':
      return 'the saved value can be undefined, which becomes text';
    case 'early':
      return 'put back here, when the tests of the suite are over';
    case 'late':
      return 'put back here, when all tests are over';
    case 'constant':
      return 'this writes a constant, not what was there before';
    default:
      return 'put back here, but not when something before it throws';
  }
}
