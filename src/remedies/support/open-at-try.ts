import type { Obligation } from '../../model/claims.js';
import type { FileFacts, FunctionId, Step } from '../../model/facts.js';
import { refusal, type Broken, type Edit, type Repair, type Refusal } from '../../model/remedy.js';
import { callAt, isIn, rootName, rootOf } from '../../model/code.js';
import { lineEnd, lineStart, namePattern } from '../../model/style.js';
import { placeBefore } from './homes.js';
import { inOrder } from './hooks.js';

/** Moves what is opened down to the `try` whose `finally` releases it, so that nothing can throw in between. */
export function openAtTry(broken: Broken, open: readonly Obligation[]): Repair {
  const { text } = broken;
  const moves: Move[] = [];
  for (const each of open) {
    const move = moveOf(broken, each);
    if ('kind' in move) return move;
    if (!moves.some(({ statement }) => statement === move.statement)) moves.push(move);
  }
  moves.sort((a, b) => a.statement.at[0] - b.statement.at[0]);
  const edits: Edit[] = [];
  for (const { statement, goal, fn, name } of moves) {
    const moved = moves.filter((each) => each.goal === goal).map((each) => each.statement);
    const between = broken.facts.functions[fn]!.body.filter(
      (step) => step.at[0] > statement.at[1] && step.at[1] <= goal.at[0] && !moved.some((each) => isIn(step.at, each.at)),
    );
    const uses = new RegExp(`(?<!\\.)${namePattern(name).source}`);
    if (between.some((step) => uses.test(text.slice(...step.at)))) return refusal('it is used before the `try` that releases it');
    if (!between.every((step) => isByItself(broken.facts, step, fn))) return refusal('what stands before the `try` may change what is opened');
    const [from, to] = linesOf(text, statement);
    const begin = lineStart(text, goal.at[0]);
    edits.push({ span: [from, afterBlank(text, from, to)], text: '' }, { span: [begin, begin], text: text.slice(from, to) });
  }
  return { kind: 'edits', says: 'Open it right before the `try` whose `finally` releases it.', edits: inOrder(edits) };
}

interface Move {
  readonly statement: Step;
  readonly goal: Step;
  readonly fn: FunctionId;
  readonly name: string;
}

function moveOf({ facts, text }: Broken, { at, via, released }: Obligation): Move | Refusal {
  const call = via.length > 1 ? undefined : callAt(facts, via[0] ?? at);
  if (!call || released?.at.path !== facts.path) return refusal('it is opened or released in another function or file');
  const { body } = facts.functions[call.in]!;
  const statement = body.find((step) => step.do === 'bind' && isIn(call.at, step.at));
  const goal = body.find((step) => step.do === 'try' && (step.finally ?? []).some((each) => isIn(released.at.span, each.at)));
  if (statement?.do !== 'bind' || statement.declares !== true || statement.to.kind !== 'binding' || !goal || goal.at[0] < statement.at[1])
    return refusal('the call that opens it and the `try` do not stand in one row');
  const [from, to] = linesOf(text, statement);
  const own = text.slice(statement.at[0], statement.at[1]);
  const rest = text.slice(lineStart(text, statement.at[0]), to).replace(own, '');
  if (!/^[ \t]*(?:(?:const|let|var)\s+)?;?[ \t]*(?:\/\/.*)?\s*$/.test(rest)) return refusal('the call that opens it does not stand on lines of its own');
  if (text.slice(lineStart(text, goal.at[0]), goal.at[0]).trim() !== '' || from < 0) return refusal('the `try` does not stand on lines of its own');
  return { statement, goal, fn: call.in, name: facts.bindings[statement.to.binding]!.name };
}

/** The statement's lines with the comments that belong to it. */
function linesOf(text: string, statement: Step): readonly [number, number] {
  const end = lineEnd(text, statement.at[1]);
  return [placeBefore(text, statement), end + (text.startsWith('\r\n', end) ? 2 : 1)];
}

/** An empty line goes too where one stands in front already, or the block begins. */
function afterBlank(text: string, from: number, to: number): number {
  const blank = /^[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(to))?.[0];
  const isFirst = /(?:\{|\n[ \t]*)[ \t]*(?:\r\n|\n|\r)$/.test(text.slice(0, from));
  return blank !== undefined && isFirst ? to + blank.length : to;
}

/** A declaration, or a change of something that the function itself has made: whatever is opened stays as it is. */
function isByItself(facts: FileFacts, step: Step, fn: FunctionId): boolean {
  const isOwn = (value: Parameters<typeof rootOf>[0]): boolean => {
    const root = rootOf(value, facts);
    return root.kind === 'ref' && facts.bindings[root.binding]!.in === fn;
  };
  if (step.do === 'bind') return step.declares === true || (step.to.kind === 'member' && isOwn(step.to.of));
  if (step.do !== 'call') return false;
  const { callee } = facts.calls[step.call]!;
  return !/^(?:jest|vi|sinon|sandbox|mock|td|nock|process|t)$/.test(rootName(callee, facts) ?? '');
}
