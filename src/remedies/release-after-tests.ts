import type { Obligation } from '../model/claims.js';
import type { BindingId, Call, FileFacts, FunctionId, Value } from '../model/facts.js';
import { importList } from '../model/import-lists.js';
import { samePlace } from '../model/place.js';
import { refusal, remedy, type Broken, type Edit, type Repair } from '../model/remedy.js';
import type { Block } from '../model/suite.js';
import { allSteps, callAt, isIn, isVisible, originOf, pathOf } from '../model/code.js';
import { bodyOf, homeIn, momentOf, placeAfter, type Home } from './support/homes.js';
import { hookEdits, inOrder, type Needed, type Undo } from './support/hooks.js';
import type { Moment } from './support/names.js';
import { indentAt, lineStart, styleOf } from '../model/style.js';

type Refusal = Repair & { readonly kind: 'refusal' };

export default remedy({
  id: 'release-after-tests',
  rules: ['missing-cleanup'],
  summary: 'Closes or removes what was opened, in the after-hook that answers it or, in Vitest and node:test, at the end of the test.',
  repair(broken) {
    const { finding, story, facts } = broken;
    if (finding.variant !== undefined) return refusal('it is released on some paths: where the release belongs is for a reader to say');
    const open = story.obligations.filter(
      (each) => !each.released && !each.escapes && finding.places.some((place) => samePlace(place, each.via[0] ?? each.at) || samePlace(place, each.at)),
    );
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

/** The release of one thing: in a hook, or as lines of the test that opens it. */
interface Part {
  readonly held: Held;
  readonly code: string;
  readonly needs: readonly Needed[];
  readonly undo?: Undo;
  readonly edits: readonly Edit[];
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
  const release = releaseOf(broken, obligation, call, held);
  return 'kind' in release ? release : placed(broken, obligation, call, held, release);
}

function together(broken: Broken, parts: readonly Part[]): Repair {
  const undos: Undo[] = [];
  for (const { undo } of parts) {
    if (!undo) continue;
    const same = undos.findIndex(({ home }) => home.statement === undo.home.statement && home.moment === undo.home.moment);
    const before = undos[same];
    if (before) undos[same] = { ...before, body: [...before.body, ...undo.body], isAsync: before.isAsync === true || undo.isAsync === true };
    else undos.push(undo);
  }
  const edits = hookEdits(
    broken,
    undos,
    parts.flatMap((part) => part.needs),
  );
  if ('kind' in edits) return edits;
  const codes = parts.map(({ code }) => `\`${code}\``);
  const all = codes.length > 3 ? `${codes.slice(0, 3).join(', ')} and ${codes.length - 3} more` : codes.join(' and ');
  const inHook = undos.length > 0 ? 'in an after-hook' : '';
  const inTest = parts.some(({ undo }) => !undo) ? 'when the test is over' : '';
  return {
    kind: 'edits',
    says: `Call ${all} ${[inHook, inTest].filter(Boolean).join(' or ')}.`,
    edits: inOrder([...edits, ...once(parts.flatMap((part) => part.edits))]),
  };
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

interface Release {
  readonly code: string;
  readonly isAsync: boolean;
  readonly needs: readonly Needed[];
}

function releaseOf(broken: Broken, { owes, kind }: Obligation, call: Call, { name }: Held): Release | Refusal {
  if (kind === 'temp-directory') return removal(broken, call, name);
  const method = /^\w+((?:\.[\w$]+)+\(\))$/.exec(owes)?.[1];
  if (method === undefined) return refusal('the call that releases it needs more than its variable');
  // A server calls back when it has closed, which can take as long as its clients like: it is not waited for.
  return { code: `${name}${method}`, isAsync: owes !== 'server.close()' && !SYNC.has(kind), needs: [] };
}

const SYNC = new Set<Obligation['kind']>(['timer', 'process']);

function removal({ facts, text }: Broken, call: Call, name: string): Release | Refusal {
  const { callee } = call;
  const path = text.slice(callee.at[0], callee.at[1]);
  const isSync = path.endsWith('mkdtempSync');
  if (!isSync && !(path.endsWith('mkdtemp') && /\bawait\s+$/.test(text.slice(0, call.at[0])))) return refusal('which call removes it is not known');
  const word = isSync ? 'rmSync' : 'rm';
  const code = (remove: string): Release => ({ code: `${remove}(${name}, { recursive: true, force: true })`, isAsync: !isSync, needs: [] });
  if (callee.kind === 'member') return code(`${path.slice(0, path.lastIndexOf('.'))}.${word}`);
  const origin = callee.kind === 'ref' ? originOf(callee.binding, facts) : undefined;
  if (origin?.name !== (isSync ? 'mkdtempSync' : 'mkdtemp')) return refusal('which call removes it is not known');
  const known = facts.bindings.find((each, id) => each.in === 0 && originOf(id, facts)?.from === origin.from && originOf(id, facts)?.name === word);
  if (known) return code(known.name);
  if (facts.bindings.some((each) => each.name === word)) return refusal(`\`${word}\` means something else in this file`);
  const list = importList(facts, text, [origin.from]);
  return list ? { ...code(word), needs: [{ from: list, name: word }] } : refusal(`\`${word}\` is not imported`);
}

/** Two things opened in one test ask for its context both. */
const once = (edits: readonly Edit[]): readonly Edit[] =>
  edits.filter((edit, index) => edits.findIndex((each) => each.text === edit.text && each.span.join() === edit.span.join()) === index);

/** The hook of the suite that sees the variable, or the end of the test. */
function placed(broken: Broken, { by }: Obligation, call: Call, held: Held, release: Release): Part | Refusal {
  const { story, facts, text } = broken;
  const block = by.block === undefined ? undefined : story.blocks[by.block];
  if (block?.role === 'test' && facts.bindings[held.binding]!.in === call.in) return inTest(broken, block, call, held, release);
  const home = homeOf(broken, block, by.block, call, held);
  if ('kind' in home) return home;
  const { end } = styleOf(text, facts.path);
  const body = [`${release.isAsync ? 'await ' : ''}${release.code}${end}`];
  const undo: Undo = { home, before: [], body, isAsync: release.isAsync, isAfter: home.beside.role === 'hook' };
  return { held, code: release.code, needs: release.needs, undo, edits: [] };
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

/** `onTestFinished(() => pool.end());`, `t.after(() => pool.end());` right after the statement that opens it. */
function inTest(broken: Broken, block: Block, call: Call, held: Held, release: Release): Part | Refusal {
  const { facts, text } = broken;
  const fn = bodyOf(broken, block);
  if (fn === undefined || fn !== call.in || facts.bindings[held.binding]!.form === 'let') return refusal('it is opened in a function inside the test');
  const around = facts.functions[fn]!.body.filter((step) => isIn(call.at, step.at)).sort((a, b) => b.at[1] - b.at[0] - (a.at[1] - a.at[0]));
  const [statement] = around;
  const after = statement && placeAfter(text, statement);
  if (!statement || after === undefined || statement.do === 'branch' || statement.do === 'loop' || statement.do === 'try')
    return refusal('the call that opens it does not stand on lines of its own');
  const { eol, end } = styleOf(text, facts.path);
  const indent = indentAt(text, lineStart(text, statement.at[0]));
  const own = cleanupOf(broken, fn, block);
  if ('kind' in own) return own;
  const line: Edit = { span: [after, after], text: `${eol}${indent}${own.register}(() => ${release.code})${end}` };
  return { held, code: release.code, needs: [...release.needs, ...own.needs], edits: [line, ...own.edits] };
}

interface Cleanup {
  readonly register: string;
  readonly edits: readonly Edit[];
  readonly needs: readonly Needed[];
}

/** How a test of this runner registers what happens at its end. */
function cleanupOf({ facts, text, vocabulary, schedule }: Broken, fn: FunctionId, block: Block): Cleanup | Refusal {
  const major = Number(/^\D*(\d+)/.exec(schedule.version ?? '')?.[1] ?? 0);
  const [word] = vocabulary.cleanups.filter((each) => each === 'onTestFinished');
  // Vitest has it since 1.1; tests that run at once take it from their context.
  if (word !== undefined && major >= 2 && !block.modifiers.includes('concurrent')) {
    const known = facts.bindings.find((each, id) => each.in === 0 && originOf(id, facts)?.name === word);
    if (known) return { register: known.name, edits: [], needs: [] };
    const list = importList(facts, text, vocabulary.modules);
    return list ? { register: word, edits: [], needs: [{ from: list, name: word }] } : refusal(`the file does not import \`${word}\` from the runner`);
  }
  const method = ['teardown', 'after'].find((each) => vocabulary.context[each] === 'cleanup');
  if (method === undefined) return refusal('the variable is not known outside the test');
  const { params, at } = facts.functions[fn]!;
  const [first] = params;
  if (first?.target.kind === 'binding') return { register: `${facts.bindings[first.target.binding]!.name}.${method}`, edits: [], needs: [] };
  const empty = /^(?:async\s+)?(?:function\s*\w*\s*)?\(\)/.exec(text.slice(at[0], at[1]))?.[0];
  if (first || empty === undefined || isNamed(facts, 't')) return refusal('the test does not take its context');
  const inside = at[0] + empty.length - 1;
  return { register: `t.${method}`, edits: [{ span: [inside, inside], text: 't' }], needs: [] };
}

const isNamed = (facts: FileFacts, name: string): boolean => facts.bindings.some((each) => each.name === name);
