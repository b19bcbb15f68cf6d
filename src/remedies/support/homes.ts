import type { FunctionId, Span, Step } from '../../model/facts.js';
import { refusal, type Broken, type Refusal } from '../../model/remedy.js';
import { isWithin, type Block } from '../../model/suite.js';
import { callAt, isIn } from '../../model/code.js';
import { indentAt, lineEnd, lineStart } from '../../model/style.js';
import type { Moment } from './names.js';

/** A suite, or the whole file, that is to get a hook. */
export interface Home {
  /** Index of the suite's block; absent for the file. */
  readonly suite: number | undefined;
  /** The function that declares its tests. */
  readonly fn: FunctionId;
  readonly moment: Moment;
  /** The first block that does what the hook undoes. */
  readonly beside: Block;
  /** That is a hook of the suite itself. */
  readonly isHook: boolean;
  /** The statement beside which the hook goes: where a hook of the home does it, that hook; else the first test or suite of the home. */
  readonly statement: { readonly at: Span };
  readonly indent: string;
}

/** A test's own doings are undone after each test; what a hook does, at the moment that answers it. */
export function momentOf(block: Block | undefined): Moment | Refusal {
  if (!block) return refusal('it happens while the file loads, before any hook');
  if (block.role === 'test') return 'each';
  if (block.role === 'hook' && block.when === 'before') return block.scope === 'test' ? 'each' : 'all';
  return refusal(block.role === 'hook' ? 'an after-hook does it' : 'a fixture does it');
}

/** Where hooks go that are to run around all of these blocks: the narrowest suite around them, or one for each suite of the file where a hook of the file would run for every file. */
export function homesOf(broken: Broken, ids: readonly number[], moment: Moment): readonly Home[] | Refusal {
  const { story, schedule } = broken;
  const around = (id: number): number[] => {
    const out: number[] = [];
    for (let each = story.blocks[id]!.parent; each !== undefined; each = story.blocks[each]!.parent) out.unshift(each);
    return out;
  };
  const groups = new Map<number | undefined, number[]>();
  for (const id of ids) {
    const key = schedule.rootHooks === 'run' ? around(id)[0] : undefined;
    if (schedule.rootHooks === 'run' && key === undefined) return refusal('a hook outside all suites runs around the tests of every file');
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  const homes: Home[] = [];
  for (const group of groups.values()) {
    const [first, ...rest] = group.map(around);
    const shared = first!.filter((suite, depth) => rest.every((each) => each[depth] === suite));
    const home = homeIn(broken, shared.at(-1), group, moment);
    if ('kind' in home) return home;
    // A helper that declares the tests of several suites has them written once.
    if (!homes.some(({ fn }) => fn === home.fn)) homes.push(home);
  }
  return homes;
}

/** The home in one suite, or in the file, with the first of these blocks to stand beside. */
export function homeIn(broken: Broken, suite: number | undefined, ids: readonly number[], moment: Moment): Home | Refusal {
  const { facts, story, text } = broken;
  const fn = suite === undefined ? 0 : bodyOf(broken, story.blocks[suite]!);
  if (fn === undefined) return refusal('the suite is not written out in this file');
  if (moment === 'each' && story.blocks.some((block, id) => isAtOnce(broken, block) && isWithin(story.blocks, id, suite)))
    return refusal('its tests run at the same time, so a hook would undo what another test still needs');
  const [first] = ids.map((id) => story.blocks[id]!).sort((a, b) => a.seenAt.span[0] - b.seenAt.span[0]);
  if (first?.seenAt.path !== facts.path) return refusal('it is declared by a helper in another file');
  const statementOf = (block: Block): Step | undefined => {
    const { body } = facts.functions[fn]!;
    const seen = block.seenAt.path === facts.path ? body.filter((step) => isIn(block.seenAt.span, step.at)) : [];
    const around = seen.length > 0 || block.at.path !== facts.path ? seen : body.filter((step) => isIn(block.at.span, step.at));
    const widest = around.sort((a, b) => b.at[1] - b.at[0] - (a.at[1] - a.at[0]))[0];
    return widest && /^[ \t]*(?:await\s+|void\s+)?$/.test(text.slice(lineStart(text, widest.at[0]), widest.at[0])) ? widest : undefined;
  };
  const own = statementOf(first);
  if (!own) return refusal('the test does not stand on lines of its own');
  // Hooks stand together, in front of the tests and the suites; what a hook of the home itself does is taken back beside it.
  const inside = story.blocks.flatMap((each) => (each.parent === suite && each.role !== 'hook' ? (statementOf(each) ?? []) : []));
  const isHook = first.role === 'hook' && first.parent === suite;
  const statement = isHook ? own : inside.reduce((least, each) => (each.at[0] < least.at[0] ? each : least), own);
  if (fn !== 0 && !text.slice(0, facts.functions[fn]!.at[1]).endsWith('}')) return refusal('the suite is a single expression');
  return { suite, fn, moment, beside: first, isHook, statement, indent: indentAt(text, statement.at[0]) };
}

/** Tests that share a process and run at once. */
function isAtOnce({ schedule }: Broken, block: Block): boolean {
  if (block.role !== 'test') return block.role === 'suite' && block.modifiers.includes('concurrent');
  return block.modifiers.includes('concurrent') || (schedule.tests === 'concurrent' && !block.modifiers.includes('serial'));
}

/** The function in which a block is written out: the last argument of its call, which may stand in a helper of the file. */
export function bodyOf({ facts }: Broken, block: Block): FunctionId | undefined {
  const fn = (callAt(facts, block.at) ?? callAt(facts, block.seenAt))?.args.findLast((each) => each.value.kind === 'fn')?.value;
  return fn?.kind === 'fn' ? fn.fn : undefined;
}

/** Where whole lines go in front of a statement: above the comments that belong to it. */
export function placeBefore(text: string, statement: { readonly at: Span }): number {
  const start = lineStart(text, statement.at[0]);
  let at = start;
  for (let inBlock = false; at > 0;) {
    const above = lineStart(text, at - (text.slice(at - 2, at) === '\r\n' ? 2 : 1));
    const line = text.slice(above, lineEnd(text, above)).trim();
    if (inBlock) inBlock = !line.startsWith('/*');
    else if (line.endsWith('*/')) inBlock = !line.startsWith('/*');
    else if (!line.startsWith('//') && !line.startsWith('@')) return at;
    at = above;
  }
  // A comment that opens the file speaks of the file.
  return start;
}

/** The end of the statement's last line, or nothing where something else follows on it. */
export function placeAfter(text: string, statement: { readonly at: Span }): number | undefined {
  const end = lineEnd(text, statement.at[1]);
  return /^[ \t]*;?[ \t]*(?:\/\/.*)?$/.test(text.slice(statement.at[1], end)) ? end : undefined;
}
