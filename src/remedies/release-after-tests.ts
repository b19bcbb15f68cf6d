import type { Obligation } from '../model/claims.js';
import type { BindingId, Call, FileFacts, FunctionId, Value } from '../model/facts.js';
import { refusal, remedy, type Broken, type Repair, type Refusal } from '../model/remedy.js';
import type { Block } from '../model/suite.js';
import { allSteps, callAt, isVisible, pathOf } from '../model/code.js';
import { isHandedOn } from '../model/values.js';
import { linesAtEnd, type Line } from './support/at-end.js';
import { bodyOf, homeIn, momentOf, type Home } from './support/homes.js';
import { hookEdits, inOrder, type Undo } from './support/hooks.js';
import type { Moment } from './support/names.js';
import { openAtTry } from './support/open-at-try.js';
import { removeLeft } from './support/left-paths.js';
import { removalOf, type Release } from './support/releases.js';
import { styleOf } from '../model/style.js';
import { listed } from '../model/lists.js';

export default remedy({
  id: 'release-after-tests',
  rules: ['missing-cleanup'],
  summary:
    'Closes or removes what was opened: in the after-hook that answers it, at the end of the test (Vitest, node:test, AVA, tap), or by a list that an after-hook empties.',
  repair(broken) {
    const { finding, story, facts } = broken;
    if (finding.variant === 'left') return removeLeft(broken);
    const same = story.obligations.filter((each) => !each.escapes && finding.resource.title === `${each.what} left open`);
    if (finding.variant === 'normal-only')
      return openAtTry(
        broken,
        same.filter(({ released }) => released?.paths === 'normal-only' && released.inFinally),
      );
    if (finding.variant !== undefined) return refusal('only the last one is released: where the others belong is for a reader to say');
    const open = same.filter((each) => !each.released);
    if (open.length === 0 || story.file !== facts.path) return refusal('it is opened in another function or file');
    const parts: Part[] = [];
    const held = new Set<BindingId>();
    for (const each of open) {
      const part = partOf(broken, each);
      if ('kind' in part) return part;
      if (held.has(part.held.binding)) return refusal('one variable holds what several calls open');
      held.add(part.held.binding);
      parts.push(part);
    }
    return together(broken, parts);
  },
});

/** The release of one thing: in a hook that sees its variable, or in line behind the call that opens it. */
interface Part {
  readonly held: Held;
  readonly release: Release;
  readonly undo?: Undo;
  readonly line?: Line;
}

function partOf(broken: Broken, obligation: Obligation): Part | Refusal {
  const { facts } = broken;
  const call = obligation.via.length > 0 ? undefined : callAt(facts, obligation.at);
  if (!call) return refusal('it is opened in another function or file');
  const held = holderOf(broken, call, obligation);
  if (held === undefined) return refusal('nothing holds what is opened');
  // node-redis refuses to close what was never connected (its client, version 5).
  if (/^create(?:Client|ClientPool|Cluster|Sentinel)$/.test(pathOf(call.callee, facts)?.at(-1) ?? '') && !isCalled(facts, held, 'connect'))
    return refusal('nothing shows that it is connected');
  if (!ONCE_OR_TWICE.test(obligation.owes) && isHandedOn(facts, held.binding)) return refusal('it is handed to other code, which may close it too');
  const release = releaseOf(broken, obligation, call, held);
  return 'kind' in release ? release : placed(broken, obligation, call, held, release);
}

/** Releases that may come twice. */
const ONCE_OR_TWICE = /^rm\(|\.kill\(|^server\.close\(/;

function together(broken: Broken, parts: readonly Part[]): Repair {
  const undos: Undo[] = [];
  for (const { undo } of parts) {
    if (!undo) continue;
    const same = undos.findIndex(({ home }) => home.statement === undo.home.statement && home.moment === undo.home.moment);
    const before = undos[same];
    if (before) undos[same] = { ...before, body: [...before.body, ...undo.body], isAsync: before.isAsync === true || undo.isAsync === true };
    else undos.push(undo);
  }
  const lines = linesAtEnd(
    broken,
    parts.flatMap(({ line }) => line ?? []),
  );
  if ('kind' in lines) return lines;
  const edits = hookEdits(broken, [...undos, ...lines.undos], [...parts.flatMap(({ release }) => release.needs), ...lines.needs]);
  if ('kind' in edits) return edits;
  const when = [...new Set([undos.length > 0 ? 'in an after-hook' : '', lines.when])].filter(Boolean).join(' or ');
  return { kind: 'edits', says: `Call ${listed(parts.map(({ release }) => release.code))} ${when}.`, edits: inOrder([...edits, ...lines.edits]) };
}

/** A variable that holds what was opened. */
interface Held {
  readonly binding: number;
  readonly name: string;
}

function holderOf({ facts }: Broken, call: Call, { owes, what }: Obligation): Held | undefined {
  const id = facts.calls.indexOf(call);
  const isIt = (value: Value): boolean => value.kind === 'result' && value.call === id;
  for (const { step } of allSteps(facts)) {
    if (step.do !== 'bind' || !isIt(step.value)) continue;
    return step.to.kind === 'binding' ? { binding: step.to.binding, name: facts.bindings[step.to.binding]!.name } : undefined;
  }
  // `server.listen(0)`: what listens is the server, where it was made by itself; `app.listen(0)` of a framework gives the server back.
  const { callee } = call;
  if (callee.kind !== 'member' || callee.of.kind !== 'ref' || typeof callee.key !== 'string') return undefined;
  if (!/^(?:listen|connect|start|open)$/.test(callee.key)) return undefined;
  const { binding } = callee.of;
  const isServer = owes.startsWith('app.') || (callee.key === 'listen' ? what.startsWith('Server of node:') : isMade(binding, facts));
  return isServer ? { binding, name: facts.bindings[binding]!.name } : undefined;
}

const isCalled = (facts: FileFacts, { binding }: Held, method: string): boolean =>
  facts.calls.some(({ callee }) => callee.kind === 'member' && callee.key === method && callee.of.kind === 'ref' && callee.of.binding === binding);

/** `const client = new Client()`: what connects is what was made. */
function isMade(binding: BindingId, facts: FileFacts): boolean {
  for (const { step } of allSteps(facts)) {
    if (step.do !== 'bind' || step.to.kind !== 'binding' || step.to.binding !== binding) continue;
    if (step.value.kind === 'result' && facts.calls[step.value.call]!.form === 'new') return true;
  }
  return false;
}

function releaseOf(broken: Broken, { owes, kind }: Obligation, call: Call, { name }: Held): Release | Refusal {
  if (kind === 'temp-directory') return removalOf(broken, call, name);
  const method = /^\w+((?:\.[\w$]+)+\(\))$/.exec(owes)?.[1];
  if (method === undefined) return refusal('the call that releases it needs more than its variable');
  // A server calls back when it has closed, which can take as long as its clients like: it is not waited for.
  return { code: `${name}${method}`, isAsync: owes !== 'server.close()' && !SYNC.has(kind), needs: [] };
}

const SYNC = new Set<Obligation['kind']>(['timer', 'process']);

/** The hook of the suite that sees the variable, or a line behind the call. */
function placed(broken: Broken, { by }: Obligation, call: Call, held: Held, release: Release): Part | Refusal {
  const { story, facts, text } = broken;
  const block = by.block === undefined ? undefined : story.blocks[by.block];
  if (block && by.block !== undefined && facts.bindings[held.binding]!.in === call.in) {
    const fn = bodyOf(broken, block);
    if (fn === undefined || fn !== call.in) return refusal('it is opened in a function inside the test');
    return { held, release, line: { binding: held.binding, at: call.at, fn, blocks: [by.block], release } };
  }
  const home = homeOf(broken, block, by.block, call, held);
  if ('kind' in home) return home;
  const { end } = styleOf(text, facts.path);
  const body = [`${release.isAsync ? 'await ' : ''}${release.code}${end}`];
  return { held, release, undo: { home, before: [], body, isAsync: release.isAsync, isAfter: home.isHook } };
}

function homeOf(broken: Broken, block: Block | undefined, id: number | undefined, call: Call, held: Held): Home | Refusal {
  const { story, facts, schedule } = broken;
  const moment: Moment | Refusal = block ? momentOf(block) : 'all';
  if (typeof moment !== 'string') return moment;
  if (block?.role === 'test') return refusal('other tests of the suite do not open it');
  let suite = block?.parent;
  let first = id;
  if (!block) {
    suite = suiteOf(broken, call.in);
    if (suite === undefined && call.in !== 0) return refusal('it is opened in a function of its own');
    // Where hooks of the file run for every file, the only suite of the file stands for it.
    if (suite === undefined && schedule.rootHooks === 'run') {
      const top = story.blocks.flatMap((each, index) => (each.parent === undefined ? [index] : []));
      if (top.length !== 1 || story.blocks[top[0]!]!.role !== 'suite') return refusal('a hook outside all suites runs after the tests of every file');
      suite = top[0];
    }
    first = story.blocks.findIndex((each) => each.parent === suite && each.seenAt.span[0] > (suite === undefined ? call.at[1] : 0));
  } else if (schedule.rootHooks === 'run' && suite === undefined) return refusal('a hook outside all suites runs after the tests of every file');
  if (first === undefined || first < 0) return refusal('no test follows it');
  const home = homeIn(broken, suite, [first], moment);
  if ('kind' in home) return home;
  return isVisible(held.binding, home.fn, facts) ? home : refusal('the variable is not known outside the function that opens it');
}

/** The suite whose body is the function. */
function suiteOf(broken: Broken, fn: FunctionId): number | undefined {
  const found = broken.story.blocks.findIndex((each) => each.role === 'suite' && bodyOf(broken, each) === fn);
  return found < 0 ? undefined : found;
}
