import type { BindingId, FileFacts, FunctionId, Span } from '../../model/facts.js';
import { importList } from '../../model/import-lists.js';
import { refusal, type Broken, type Edit, type Refusal } from '../../model/remedy.js';
import type { Block } from '../../model/suite.js';
import { allSteps, importedAs, isIn, isInside } from '../../model/code.js';
import { freshName, indentAt, lineStart, styleOf } from '../../model/style.js';
import { bodyOf, homeIn, homesOf, momentOf, placeAfter, type Home } from './homes.js';
import type { Needed, Undo } from './hooks.js';
import type { Moment } from './names.js';
import type { Release } from './releases.js';

/** A release that is said in line behind what opens it, because only that function has the variable. */
export interface Line {
  /** What holds it. */
  readonly binding: BindingId;
  /** The call, or the declaration, that opens it. */
  readonly at: Span;
  /** The function it stands in: of a test or hook, or a helper of the file. */
  readonly fn: FunctionId;
  /** The tests and hooks that run it. */
  readonly blocks: readonly number[];
  readonly release: Release;
}

interface Lines {
  readonly edits: readonly Edit[];
  readonly needs: readonly Needed[];
  /** Hooks that call what the lines have put on a list. */
  readonly undos: readonly Undo[];
  /** When all is released, as a sentence says it. */
  readonly when: string;
}

/**
 * `onTestFinished(() => pool.end());`, `t.after(() => pool.end());` right after the statement that opens it. Where the runner has no such
 * thing: `cleanups.push(() => pool.end());`, with an after-hook that calls what is on the list, the last one first.
 */
export function linesAtEnd(broken: Broken, lines: readonly Line[]): Lines | Refusal {
  const edits: Edit[] = [];
  const needs: Needed[] = [];
  const waiting: { readonly line: Line; readonly behind: Behind }[] = [];
  for (const line of lines) {
    if (!isAssignedOnce(broken.facts, line.binding)) return refusal('its variable is given several values');
    const behind = behindOf(broken, line);
    if ('kind' in behind) return behind;
    const own = registerOf(broken, line);
    if (!own) {
      waiting.push({ line, behind });
      continue;
    }
    edits.push(behind.write(`${own.register}(() => ${line.release.code})`), ...own.edits);
    needs.push(...own.needs);
  }
  const isRegistered = edits.length > 0;
  const undos: Undo[] = [];
  const taken = new Set<string>();
  for (const moment of ['each', 'all'] as const) {
    const own = waiting.filter(({ line }) => momentIn(broken, line) === moment);
    if (own.length === 0) continue;
    const list = freshName(broken.text, 'cleanups', taken);
    taken.add(list);
    const hooks = listHooks(
      broken,
      own.map(({ line }) => line),
      moment,
      list,
    );
    if ('kind' in hooks) return hooks;
    undos.push(...hooks);
    for (const { line, behind } of own) edits.push(behind.write(`${list}.push(() => ${line.release.code})`));
  }
  const unknown = waiting.map(({ line }) => momentIn(broken, line)).find((each) => typeof each !== 'string');
  if (typeof unknown === 'object') return unknown;
  const when = [undos.length > 0 ? 'in an after-hook' : '', isRegistered ? 'when the test is over' : ''].filter(Boolean).join(' or ');
  return { edits: once(edits), needs, undos, when };
}

/** When the tests and hooks that run the line are over. */
function momentIn({ story }: Broken, { blocks }: Line): Moment | Refusal {
  const moments = blocks.map((id) => momentOf(story.blocks[id]));
  const odd = moments.find((each) => typeof each !== 'string');
  if (odd !== undefined) return odd;
  if (moments.length === 0) return refusal('no test is seen to open it');
  return moments.every((each) => each === moments[0]) ? moments[0]! : refusal('tests and a hook that runs once before them open it');
}

interface Behind {
  readonly write: (statement: string) => Edit;
}

/** Where a statement goes behind the one that opens it. */
function behindOf({ facts, text }: Broken, { at, fn }: Line): Behind | Refusal {
  const [statement] = facts.functions[fn]!.body.filter((step) => isIn(at, step.at)).sort((a, b) => b.at[1] - b.at[0] - (a.at[1] - a.at[0]));
  const after = statement && placeAfter(text, statement);
  if (!statement || after === undefined || ['branch', 'loop', 'try', 'exit'].includes(statement.do))
    return refusal('the call that opens it does not stand on lines of its own');
  const { eol, end } = styleOf(text, facts.path);
  const indent = indentAt(text, lineStart(text, statement.at[0]));
  return { write: (code) => ({ span: [after, after], text: `${eol}${indent}${code}${end}` }) };
}

interface Register {
  readonly register: string;
  readonly edits: readonly Edit[];
  readonly needs: readonly Needed[];
}

/** How a test of this runner registers what happens at its end. */
function registerOf(broken: Broken, { fn, blocks }: Line): Register | undefined {
  const { facts, text, vocabulary, schedule, story } = broken;
  const block: Block | undefined = blocks.length === 1 ? story.blocks[blocks[0]!] : undefined;
  if (block?.role !== 'test' || bodyOf(broken, block) !== fn) return undefined;
  const major = Number(/^\D*(\d+)/.exec(schedule.version ?? '')?.[1] ?? 0);
  const [word] = vocabulary.cleanups.filter((each) => each === 'onTestFinished');
  // Vitest has it since 1.1; tests that run at once take it from their context.
  if (word !== undefined && major >= 2 && !block.modifiers.includes('concurrent')) {
    const known = importedAs(facts, ({ name }) => name === word);
    if (known !== undefined) return { register: known, edits: [], needs: [] };
    const list = importList(facts, text, vocabulary.modules);
    return list && { register: word, edits: [], needs: [{ from: list, name: word }] };
  }
  const method = ['teardown', 'after'].find((each) => vocabulary.context[each] === 'cleanup');
  if (method === undefined) return undefined;
  const { params, at } = facts.functions[fn]!;
  const [first] = params;
  if (first?.target.kind === 'binding') return { register: `${facts.bindings[first.target.binding]!.name}.${method}`, edits: [], needs: [] };
  if (first?.target.kind === 'pattern') return takenApart(broken, first.target, method);
  const empty = /^(?:async\s+)?(?:function\s*\w*\s*)?\(\)/.exec(text.slice(at[0], at[1]))?.[0];
  if (first || empty === undefined || isNamed(facts, 't')) return undefined;
  const inside = at[0] + empty.length - 1;
  return { register: `t.${method}`, edits: [{ span: [inside, inside], text: 't' }], needs: [] };
}

/** `({ equal }) => {}` of tap, whose methods need no object in front. */
function takenApart(
  { facts, schedule }: Broken,
  { at, parts, rest }: Extract<FileFacts['functions'][number]['params'][number]['target'], { kind: 'pattern' }>,
  method: string,
): Register | undefined {
  if (schedule.runner !== 'tap' || rest) return undefined;
  const known = parts.find((each) => each.path.length === 1 && each.path[0] === method)?.to;
  if (known?.kind === 'binding') return { register: facts.bindings[known.binding]!.name, edits: [], needs: [] };
  return isNamed(facts, method) ? undefined : { register: method, edits: [], needs: [{ from: { span: [at[0] + 1, at[1] - 1] }, name: method }] };
}

const isNamed = (facts: FileFacts, name: string): boolean => facts.bindings.some((each) => each.name === name);

/** The list in front of the tests, and the hook that empties it. */
function listHooks(broken: Broken, lines: readonly Line[], moment: Moment, list: string): readonly Undo[] | Refusal {
  const { text, facts } = broken;
  const homes = homesAround(broken, lines, moment);
  if ('kind' in homes) return homes;
  const { end, isTyped } = styleOf(text, facts.path);
  const isAsync = lines.some(({ release }) => release.isAsync);
  return homes.map((home) => ({
    home,
    before: [`const ${list}${isTyped ? ': (() => unknown)[]' : ''} = []${end}`],
    body: [`for (const cleanup of ${list}.splice(0).reverse()) ${isAsync ? 'await ' : ''}cleanup()${end}`],
    isAsync,
  }));
}

/** The suites around the lines, or the file where one stands in a function outside of them. */
function homesAround(broken: Broken, lines: readonly Line[], moment: Moment): readonly Home[] | Refusal {
  const { facts, schedule } = broken;
  const ids = [...new Set(lines.flatMap(({ blocks }) => blocks))];
  const homes = homesOf(broken, ids, moment);
  if ('kind' in homes) return homes;
  if (lines.every(({ fn }) => homes.some((home) => isInside(facts, fn, home.fn)))) {
    const moved = homes.map((home) =>
      inFront(
        broken,
        home,
        lines.filter(({ fn }) => isInside(facts, fn, home.fn)),
      ),
    );
    return moved.find((each) => 'kind' in each) ?? moved.flatMap((each) => ('kind' in each ? [] : each));
  }
  if (schedule.rootHooks === 'run') return refusal('a hook outside all suites runs after the tests of every file');
  const whole = homeIn(broken, undefined, ids, moment);
  if ('kind' in whole) return whole;
  const moved = inFront(broken, whole, lines);
  return 'kind' in moved ? moved : [moved];
}

/** The home with its hook in front of the helpers that put something on its list. */
function inFront({ facts, text }: Broken, home: Home, lines: readonly Line[]): Home | Refusal {
  let first = home;
  for (const { at } of lines) {
    const helper = facts.functions.find((each) => each.in === home.fn && isIn(at, each.at));
    if (!helper || helper.at[0] >= first.statement.at[0]) continue;
    const step = facts.functions[home.fn]!.body.find((each) => isIn(helper.at, each.at));
    const { at: span } = step ?? helper;
    const begin = lineStart(text, span[0]);
    if (!/^[ \t]*(?:export|default|async|function|const|let|var|class)\b/.test(text.slice(begin)))
      return refusal('the function that opens it does not stand on lines of its own');
    first = { ...first, statement: { at: [begin, span[1]] }, indent: indentAt(text, begin) };
  }
  return first;
}

/** Two things opened in one test ask for its context both. */
const once = (edits: readonly Edit[]): readonly Edit[] =>
  edits.filter((edit, index) => edits.findIndex((each) => each.text === edit.text && each.span.join() === edit.span.join()) === index);

/** Whether one assignment alone gives the variable its value. */
const isAssignedOnce = (facts: FileFacts, binding: BindingId): boolean =>
  [...allSteps(facts)].filter(({ step }) => step.do === 'bind' && step.to.kind === 'binding' && step.to.binding === binding).length === 1;
