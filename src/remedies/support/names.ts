import { callAt, importedAs, originOf, rootName, rootOf } from '../../model/code.js';
import { importList, type ImportList } from '../../model/import-lists.js';
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
