import type { FileFacts, Span, Step } from '../../model/facts.js';
import type { Block } from '../../model/suite.js';
import { refusal, type Broken, type Edit, type Repair } from '../../model/remedy.js';
import { callAt, originOf, requiredBy, rootOf } from './code.js';
import { indentAt, styleOf } from './style.js';

type Refusal = Repair & { readonly kind: 'refusal' };

/** How a name is written in the file, and what has to be imported for it. */
export interface Written {
  readonly text: string;
  readonly from?: ImportList;
  /** The name to add to the list. */
  readonly adds?: string;
}

/** The names between the braces of an import, or of a pattern that takes them from `require`. */
export interface ImportList {
  readonly span: Span;
}

export type Moment = 'each' | 'all';

/** The runner's word for a hook as this file writes its words: imported, global, or a member of `test`. */
export function hookWord(broken: Broken, when: 'before' | 'after', moment: Moment, near: Block): Written | Refusal {
  const { vocabulary, facts, story } = broken;
  const scopes = moment === 'each' ? ['test'] : ['file', 'suite'];
  const wanted = Object.entries(vocabulary.words).filter(([, word]) => word.role === 'hook' && word.when === when && word.scope && scopes.includes(word.scope));
  const roots = story.blocks.flatMap((block) => {
    const call = callAt(facts, block.seenAt);
    return call ? [rootOf(call.callee, facts)] : [];
  });
  const used = new Set(roots.flatMap((root) => (root.kind === 'outer' ? [root.name] : root.kind === 'ref' ? [facts.bindings[root.binding]!.name] : [])));
  const isTdd = used.has('suite') && !used.has('describe');
  const [word] = wanted.map(([name]) => name).filter((name) => /teardown|setup/i.test(name) === isTdd);
  if (word !== undefined) {
    const named = importedWord(broken, word);
    if (named) return named;
    if (facts.bindings.some((each) => each.name === word && each.in === 0)) return refusal(`\`${word}\` means something else in this file`);
    if (vocabulary.globals && roots.some((root) => root.kind === 'outer')) return { text: word };
  }
  const member = memberWord(broken, when, scopes, near);
  if (member) return member;
  if (word === undefined) return refusal('the runner has no such hook');
  const list = importList(facts, broken.text, vocabulary.modules);
  if (list) return { text: word, from: list, adds: word };
  return refusal(`the file does not import \`${word}\` from the runner`);
}

/** `afterEach` where the file has it already, under whatever name. */
function importedWord({ facts, vocabulary }: Broken, word: string): Written | undefined {
  const binding = facts.bindings.findIndex((each, id) => {
    const origin = each.in === 0 && (each.name === word || each.form === 'import') ? originOf(id, facts) : undefined;
    return origin?.name === word && vocabulary.modules.includes(origin.from);
  });
  return binding < 0 ? undefined : { text: facts.bindings[binding]!.name };
}

/** `test.afterEach`, where hooks hang on the word for tests. */
function memberWord({ facts, vocabulary, story }: Broken, when: 'before' | 'after', scopes: readonly string[], near: Block): Written | undefined {
  const [name] = Object.entries(vocabulary.members).find(([, word]) => word.role === 'hook' && word.when === when && scopes.includes(word.scope ?? '')) ?? [];
  if (name === undefined) return undefined;
  // Where the words have names of their own too, members are the way of those who import one word only.
  const isOnly = !Object.values(vocabulary.words).some((word) => word.role === 'hook');
  for (const block of [near, ...story.blocks]) {
    const call = callAt(facts, block.seenAt);
    const root = call && rootOf(call.callee, facts);
    if (root?.kind !== 'ref' || facts.bindings[root.binding]!.in !== 0) continue;
    const origin = originOf(root.binding, facts);
    const isWhole = origin !== undefined && vocabulary.modules.includes(origin.from) && (origin.name === 'default' || origin.name === 'module.exports');
    if (!isOnly && !isWhole) continue;
    const always = when === 'after' && vocabulary.modifiers['always'] === 'always' ? '.always' : '';
    return { text: `${facts.bindings[root.binding]!.name}.${name}${always}` };
  }
  return undefined;
}

/** Where a module's names are taken from it by braces. */
export function importList(facts: FileFacts, text: string, modules: readonly string[]): ImportList | undefined {
  for (const each of facts.imports) {
    if (each.form !== 'static' || each.typeOnly || each.from.kind !== 'const' || !modules.includes(String(each.from.value))) continue;
    if (each.name === '*' || /^import\s+type\b/.test(text.slice(each.at[0], each.at[1]))) continue;
    const open = text.indexOf('{', each.at[0]);
    const close = text.indexOf('}', open);
    if (open >= 0 && open < each.from.at[0] && close > open && close < each.from.at[0]) return { span: [open + 1, close] };
  }
  for (const step of facts.functions[0]!.body) {
    const list = requiredList(facts, step, modules);
    if (list) return list;
  }
  return undefined;
}

function requiredList(facts: FileFacts, step: Step, modules: readonly string[]): ImportList | undefined {
  if (step.do !== 'bind' || !step.declares || step.to.kind !== 'pattern' || step.to.rest || step.value.kind !== 'result') return undefined;
  const from = requiredBy(facts.calls[step.value.call]!);
  return from !== undefined && modules.includes(from) ? { span: [step.to.at[0] + 1, step.to.at[1] - 1] } : undefined;
}

/** Adds names to the braces of an import: in their order where they have one, else last. */
export function addNames(text: string, { span }: ImportList, names: readonly string[]): readonly Edit[] | Refusal {
  const inner = text.slice(span[0], span[1]);
  if (/\/[/*]/.test(inner)) return refusal('comments stand between the imported names');
  const items: { readonly name: string; readonly at: number; readonly end: number }[] = [];
  for (const match of inner.matchAll(/[^,]+/g)) {
    const name = match[0].trim();
    if (name === '') continue;
    const at = span[0] + match.index + match[0].indexOf(name);
    items.push({ name, at, end: at + name.length });
  }
  const last = items.at(-1);
  if (!last) return refusal('nothing is imported by name there');
  const { eol } = styleOf(text, '');
  const isTall = items.length > 1 && items.every((each, index) => index === 0 || /[\r\n]/.test(text.slice(items[index - 1]!.end, each.at)));
  const between = isTall ? `,${eol}${indentAt(text, last.at)}` : ', ';
  const key = (name: string): string => name.replace(/^type\s+/, '');
  const isSorted = items.every((each, index) => index === 0 || key(items[index - 1]!.name) <= key(each.name));
  const out: Edit[] = [];
  for (const name of [...new Set(names)].sort()) {
    const next = isSorted ? items.find((each) => key(each.name) > name) : undefined;
    out.push(next ? { span: [next.at, next.at], text: `${name}${between}` } : { span: [last.end, last.end], text: `${between}${name}` });
  }
  return out;
}
