import type { StateChange } from '../model/claims.js';
import type { BindingId, FileFacts } from '../model/facts.js';
import { refusal, remedy, type Broken, type Edit, type Repair } from '../model/remedy.js';
import { changesOf, groupsOf, lasting, type Group } from './support/changes.js';
import { allSteps, pathOf, writingAt } from '../model/code.js';
import { hookEdits, inOrder, type Undo } from './support/hooks.js';
import { undoCalls } from './support/undo-calls.js';
import { freshName, indentAt, lineStart, savedName, styleOf } from '../model/style.js';
import { listed } from '../model/lists.js';

export default remedy({
  id: 'put-env-back',
  rules: ['leaked-env'],
  summary: 'Saves the variable before the tests and puts it back in an after-hook of the same suite.',
  isPlain: true,
  repair(broken) {
    const changes = changesOf(broken, ['env', 'env-stub']);
    if ('kind' in changes) return changes;
    if (broken.finding.variant === 'maybe-undefined') return deletesUndefined(broken, changes);
    if (broken.finding.variant === 'alias') return putsCopyBack(broken, changes);
    const groups = groupsOf(broken, changes);
    if ('kind' in groups) return groups;
    if (changes.every((each) => each.state === 'env-stub')) return undoCalls(broken, groups);
    if (changes.some((each) => each.state === 'env-stub')) return refusal('some variables are stubbed and others written');
    return savesAll(broken, groups);
  },
});

/** The names of the variables, where they are known. */
function variableOf({ cell, state }: StateChange): string | undefined {
  return state === 'env' ? /^process\.env\.([A-Za-z_]\w*)$/.exec(cell)?.[1] : undefined;
}

function savesAll(broken: Broken, groups: readonly Group[]): Repair {
  const { text, facts } = broken;
  const { end } = styleOf(text, facts.path);
  const taken = new Set<string>();
  const undos: Undo[] = [];
  const names = new Set<string>();
  for (const group of groups) {
    const before: string[] = [];
    const body: string[] = [];
    const own = new Set<string>();
    for (const change of group.changes) {
      const name = variableOf(change);
      if (name === undefined) return refusal('which variables are changed is not known');
      own.add(name);
    }
    const why = lasting(broken, groups, (change) => change.state === 'env' && (own.has(variableOf(change) ?? '') || variableOf(change) === undefined));
    if (why !== undefined) return refusal(why);
    for (const name of own) {
      const saved = freshName(text, savedName(name), taken);
      taken.add(saved);
      names.add(name);
      const variable = new RegExp(`process\\.env\\[(['"])${name}\\1\\]`).exec(text)?.[0] ?? `process.env.${name}`;
      before.push(`const ${saved} = ${variable}${end}`);
      body.push(`if (${saved} === undefined) delete ${variable}${end}`, `else ${variable} = ${saved}${end}`);
    }
    undos.push({ home: group.home, before, body, isAfter: group.home.isHook });
  }
  const edits = hookEdits(broken, undos);
  if ('kind' in edits) return edits;
  return {
    kind: 'edits',
    says: `Save ${listed([...names].map((name) => `process.env.${name}`))} and put ${names.size === 1 ? 'it' : 'them'} back in an after-hook.`,
    edits,
  };
}

/** `process.env.TZ = saved;` on a line of its own: where nothing was saved, the variable goes. */
function deletesUndefined({ text, facts }: Broken, changes: readonly StateChange[]): Repair {
  const { end, eol } = styleOf(text, facts.path);
  const edits: Edit[] = [];
  for (const { undone, cell } of changes) {
    if (undone?.value !== 'maybe-undefined' || undone.at.path !== facts.path) continue;
    const found = writingAt(facts, undone.at);
    if (found?.to.kind !== 'member' || found.value.kind !== 'ref') return refusal('how it is put back is not written out');
    if (edits.some(({ span }) => span[0] === found.at[0])) continue;
    const from = lineStart(text, found.at[0]);
    const rest = /^[ \t]*(;?)[ \t]*(?=\r|\n|$|\/\/)/.exec(text.slice(found.at[1]));
    if (text.slice(from, found.at[0]).trim() !== '' || !rest) return refusal('the restore does not stand on a line of its own');
    const [variable, saved] = [text.slice(found.to.at[0], found.to.at[1]), text.slice(found.value.at[0], found.value.at[1])];
    if (!cell.startsWith('process.env.')) return refusal('which variables are changed is not known');
    const indent = indentAt(text, from);
    edits.push({ span: [found.at[0], found.at[0]], text: `if (${saved} === undefined) delete ${variable}${end}${eol}${indent}else ` });
  }
  if (edits.length === 0) return refusal('how it is put back is not written out');
  edits.sort((a, b) => a.span[0] - b.span[0]);
  return { kind: 'edits', says: 'Delete the variable where it was not set before.', edits, isPlain: true };
}

/** `process.env = saved;` after each test hands the later tests the saved object itself: they get a copy of it. */
function putsCopyBack({ text, facts }: Broken, changes: readonly StateChange[]): Repair {
  const unknown = refusal('what was saved is the object itself, and what else holds on to it is not known');
  const edits = new Map<number, Edit>();
  for (const { undone } of changes) {
    if (undone?.value !== 'alias') continue;
    const found = writingAt(facts, undone.at);
    if (found?.value.kind !== 'ref') return unknown;
    if (!isCopy(facts, found.value.binding)) return unknown;
    const { at } = found.value;
    const blank = /\{ (?!\})/.test(text) || !/\{\S/.test(text) ? ' ' : '';
    edits.set(at[0], { span: at, text: `{${blank}...${text.slice(...at)}${blank}}` });
  }
  if (edits.size === 0) return unknown;
  return { kind: 'edits', says: 'Put a copy of what was saved back, so that no test writes into it.', edits: inOrder([...edits.values()]) };
}

/** `const saved = { ...process.env }` or `Object.assign({}, process.env)`, written once. */
function isCopy(facts: FileFacts, binding: BindingId): boolean {
  if (facts.bindings[binding]!.form !== 'const') return false;
  const made = [...allSteps(facts)].find(({ step }) => step.do === 'bind' && step.to.kind === 'binding' && step.to.binding === binding)?.step;
  if (made?.do !== 'bind') return false;
  if (made.value.kind === 'record') return true;
  return made.value.kind === 'result' && pathOf(facts.calls[made.value.call]!.callee, facts)?.join('.') === 'Object.assign';
}
