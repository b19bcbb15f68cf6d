import { addNames, type ImportList } from '../../model/import-lists.js';
import type { Broken, Edit, Repair } from '../../model/remedy.js';
import type { Block } from '../../model/suite.js';
import { bodyOf, placeAfter, placeBefore, type Home } from './homes.js';
import { hookWord } from './names.js';
import { indentAt, lineStart, styleOf } from '../../model/style.js';

/** What an after-hook is to do in one home. */
export interface Undo {
  readonly home: Home;
  /** Lines in front of the tests: what is saved. Without indentation. */
  readonly before: readonly string[];
  /** Lines of the hook's body, indented from its own edge by steps of the unit. */
  readonly body: readonly string[];
  readonly isAsync?: boolean;
  /** Right after the hook that does it; else in front of what does it. */
  readonly isAfter?: boolean;
}

/** Names that have to be imported besides the hooks. */
export interface Needed {
  readonly from: ImportList;
  readonly name: string;
}

/** The edits that give each home its hook, or a line in the hook that it has. */
export function hookEdits(broken: Broken, undos: readonly Undo[], needed: readonly Needed[] = []): readonly Edit[] | (Repair & { readonly kind: 'refusal' }) {
  const { text, facts } = broken;
  const { eol, unit, end } = styleOf(text, facts.path);
  const edits: Edit[] = [];
  const names = [...needed];
  for (const { home, before, body, isAsync, isAfter } of undos) {
    const { indent, statement } = home;
    const lines = (list: readonly string[], deeper = ''): string => list.map((line) => `${indent}${deeper}${line}${eol}`).join('');
    const own = existing(broken, home);
    const front = placeBefore(text, statement);
    if (own && isAsync !== true) {
      const inner = `${indentAt(text, own.brace)}${unit}`;
      edits.push({ span: [own.line, own.line], text: body.map((line) => `${inner}${line}${eol}`).join('') });
      // What is saved stands above the hook that puts it back, unless something between them could change it.
      const above = own.brace < front && /^\}\);?\s*$/.test(text.slice(own.brace, front)) ? lineStart(text, own.from) : front;
      if (before.length > 0) edits.push({ span: [above, above], text: `${lines(before)}${eol}` });
      continue;
    }
    const word = hookWord(broken, 'after', home.moment, home.beside);
    if ('kind' in word) return word;
    if (word.from && word.adds) names.push({ from: word.from, name: word.adds });
    const hook = `${indent}${word.text}(${isAsync ? 'async ' : ''}() => {${eol}${lines(body, unit)}${indent}})${end}`;
    const behind = isAfter ? placeAfter(text, statement) : undefined;
    if (behind !== undefined) {
      edits.push({ span: [behind, behind], text: `${eol}${eol}${hook}` });
      if (before.length > 0) edits.push({ span: [front, front], text: `${lines(before)}${eol}` });
    } else edits.push({ span: [front, front], text: `${lines(before)}${before.length > 0 ? eol : ''}${hook}${eol}${eol}` });
  }
  const lists = new Map<number, { readonly from: ImportList; readonly names: string[] }>();
  for (const { from, name } of names) {
    const list = lists.get(from.span[0]) ?? { from, names: [] };
    list.names.push(name);
    lists.set(from.span[0], list);
  }
  for (const each of lists.values()) {
    const added = addNames(text, each.from, each.names);
    if ('kind' in added) return added;
    edits.push(...added);
  }
  return inOrder(edits);
}

/** Edits from the first to the last; insertions at one place become one. */
export function inOrder(edits: readonly Edit[]): readonly Edit[] {
  const out: Edit[] = [];
  for (const edit of [...edits].sort((a, b) => a.span[0] - b.span[0])) {
    const last = out.at(-1);
    if (last?.span.join() === edit.span.join()) out[out.length - 1] = { span: edit.span, text: last.text + edit.text };
    else out.push(edit);
  }
  return out;
}

/** An after-hook of the home that only tidies up: what it does cannot fail before the new line is reached, and looks at nothing. */
function existing(broken: Broken, home: Home): { readonly from: number; readonly brace: number; readonly line: number } | undefined {
  const { story, text, facts } = broken;
  const scopes = home.moment === 'each' ? ['test'] : ['file', 'suite'];
  const isOwn = (block: Block): boolean =>
    block.role === 'hook' &&
    block.when === 'after' &&
    block.parent === home.suite &&
    scopes.includes(block.scope) &&
    block.modifiers.every((each) => each === 'always');
  for (const block of story.blocks.filter(isOwn)) {
    const fn = bodyOf(broken, block);
    if (fn === undefined || facts.functions[fn]!.params.length > 0) continue;
    const { at, body } = facts.functions[fn]!;
    const brace = at[1] - 1;
    const line = lineStart(text, brace);
    if (text[brace] !== '}' || line <= at[0] || text.slice(line, brace).trim() !== '') continue;
    if (body.every((step) => step.do === 'call') && /^\s*[\w$.]+\((?:null|undefined)?\);?\s*$/.test(text.slice(text.indexOf('{', at[0]) + 1, brace)))
      return { from: block.at.span[0], brace, line };
  }
  return undefined;
}
