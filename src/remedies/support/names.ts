import { callAt, originOf, rootOf } from '../../model/code.js';
import { importList, type ImportList } from '../../model/import-lists.js';
import { refusal, type Broken, type Repair } from '../../model/remedy.js';
import type { Block } from '../../model/suite.js';

type Refusal = Repair & { readonly kind: 'refusal' };

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
