import { callAt, importedAs, originOf, rootName, rootOf } from '../../model/code.js';
import { importList, type ImportList } from '../../model/import-lists.js';
import type { FileFacts, Value } from '../../model/facts.js';
import { refusal, type Broken, type Refusal } from '../../model/remedy.js';
import type { Block } from '../../model/suite.js';

/** How a name is written in the file, and what has to be imported for it. */
export interface Written {
  readonly text: string;
  readonly from?: ImportList;
  /** The name to add to the list. */
  readonly adds?: string;
}

export type Moment = 'each' | 'all';

/** The runner's word for a hook as this file writes its words: imported, global, or a member of `test`. */
export function hookWord(broken: Broken, when: 'before' | 'after', moment: Moment, near: Block): Written | Refusal {
  const { vocabulary, facts, story } = broken;
  const scopes = moment === 'each' ? ['test'] : ['file', 'suite'];
  const wanted = Object.entries(vocabulary.words).filter(([, word]) => word.role === 'hook' && word.when === when && word.scope && scopes.includes(word.scope));
  const callees = story.blocks.flatMap((block) => callAt(facts, block.seenAt)?.callee ?? []);
  const used = new Set(callees.map((each) => rootName(each, facts)));
  const isTdd = used.has('suite') && !used.has('describe');
  const [word] = wanted.map(([name]) => name).filter((name) => /teardown|setup/i.test(name) === isTdd);
  if (word !== undefined && vocabulary.maker !== undefined) return madeWord(facts, word, vocabulary.modules, vocabulary.maker);
  if (word !== undefined) {
    const named = importedAs(facts, ({ from, name }) => name === word && vocabulary.modules.includes(from));
    if (named !== undefined) return { text: named };
    if (facts.bindings.some((each) => each.name === word && each.in === 0)) return refusal(`\`${word}\` means something else in this file`);
    if (vocabulary.globals && callees.some((each) => rootOf(each, facts).kind === 'outer')) return { text: word };
  }
  const member = memberWord(broken, when, scopes, near);
  if (member) return member;
  if (word === undefined) return refusal('the runner has no such hook');
  const list = importList(facts, broken.text, vocabulary.modules);
  if (list) return { text: word, from: list, adds: word };
  return refusal(`the file does not import \`${word}\` from the runner`);
}

/** `test.afterEach`, where hooks hang on the word for tests. */
function memberWord({ facts, vocabulary, story }: Broken, when: 'before' | 'after', scopes: readonly string[], near: Block): Written | undefined {
  if (vocabulary.hooksOfGroups) return undefined;
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

/** `const { it } = Lab.script()`, `const lab = Lab.script()`: the words of a file are members of one object. */
function madeWord(facts: FileFacts, word: string, modules: readonly string[], maker: string): Written | Refusal {
  let list: Written | undefined;
  let whole: string | undefined;
  for (const step of facts.functions[0]!.body) {
    if (step.do !== 'bind' || !step.declares || !isMade(facts, step.value, modules, maker)) continue;
    if (step.to.kind === 'binding') whole ??= facts.bindings[step.to.binding]!.name;
    if (step.to.kind !== 'pattern') continue;
    const part = step.to.parts.find(({ path }) => path.length === 1 && path[0] === word);
    if (part?.to.kind === 'binding') return { text: facts.bindings[part.to.binding]!.name };
    list ??= { text: word, from: { span: [step.to.at[0] + 1, step.to.at[1] - 1] }, adds: word };
  }
  return list ?? (whole === undefined ? refusal(`the file does not take \`${word}\` from the runner`) : { text: `${whole}.${word}` });
}

function isMade(facts: FileFacts, value: Value, modules: readonly string[], maker: string): boolean {
  if (value.kind === 'ref') {
    return facts.functions[0]!.body.some(
      (step) =>
        step.do === 'bind' &&
        step.to.kind === 'binding' &&
        step.to.binding === value.binding &&
        step.value.kind === 'result' &&
        isMade(facts, step.value, modules, maker),
    );
  }
  const callee = value.kind === 'result' ? facts.calls[value.call]?.callee : undefined;
  const root = callee && rootOf(callee, facts);
  const origin = root?.kind === 'ref' ? originOf(root.binding, facts) : undefined;
  return origin !== undefined && modules.includes(origin.from) && (callee?.kind === 'member' ? callee.key : origin.name) === maker;
}
