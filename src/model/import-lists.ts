import type { FileFacts, Span, Step } from './facts.js';
import { edited, refusal, type Edit, type Refusal } from './remedy.js';
import { isIn, requiredBy } from './code.js';
import { indentAt, lineEnd, lineStart, namePattern, styleOf } from './style.js';

/** The names between the braces of an import, or of a pattern that takes them from `require`. */
export interface ImportList {
  readonly span: Span;
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

/** Takes away the imports that nothing uses any more once the edits are made: of names that stood in what they replace. */
export function unusedImports(facts: FileFacts, text: string, edits: readonly Edit[]): readonly Edit[] {
  const replaced = edits.map(({ span }) => text.slice(...span)).join(' ');
  return statementsOf(facts).flatMap(({ at, names }) => {
    // Without the statement itself, which may name its module the same: `const os = require('os')`.
    const others = edited(
      text,
      [...edits.filter(({ span }) => !isIn(span, at)), { span: at, text: '' }].sort((a, b) => a.span[0] - b.span[0]),
    );
    const unused = names.filter((name) => namePattern(name).test(replaced) && !namePattern(name).test(others));
    if (unused.length === 0) return [];
    const written = text.slice(...at);
    if (unused.length === names.length) {
      const [from, end] = [lineStart(text, at[0]), lineEnd(text, at[1])];
      const to = end + (/^(?:\r\n|\n|\r)/.exec(text.slice(end))?.[0].length ?? 0);
      const isAlone =
        text
          .slice(from, at[0])
          .trim()
          .replace(/^(?:const|let|var)$/, '') === '' && /^;?\s*$/.test(text.slice(at[1], end));
      return isAlone && !written.includes('/*') ? [{ span: [from, to], text: '' }] : [];
    }
    return unused.flatMap((name) => {
      const item = new RegExp(`(?<=[{,]\\s*)${namePattern(name).source}\\s*,\\s*|,\\s*${namePattern(name).source}(?=\\s*,?\\s*\\})`).exec(written);
      return item ? [{ span: [at[0] + item.index, at[0] + item.index + item[0].length] as const, text: '' }] : [];
    });
  });
}

/** The statements that take names from other modules, each by all its names. */
function statementsOf(facts: FileFacts): readonly { readonly at: Span; readonly names: readonly string[] }[] {
  const out = new Map<number, { readonly at: Span; readonly names: string[] }>();
  for (const { at, binding, form } of facts.imports) {
    if (form !== 'static' || binding === undefined) continue;
    const known = out.get(at[0]) ?? { at, names: [] };
    known.names.push(facts.bindings[binding]!.name);
    out.set(at[0], known);
  }
  for (const step of facts.functions[0]!.body) {
    if (step.do !== 'bind' || !step.declares || step.value.kind !== 'result' || requiredBy(facts.calls[step.value.call]!) === undefined) continue;
    const parts = step.to.kind === 'pattern' ? step.to.parts.map((part) => part.to) : [step.to];
    const names = parts.flatMap((each) => (each.kind === 'binding' ? [facts.bindings[each.binding]!.name] : []));
    if (names.length === parts.length && !(step.to.kind === 'pattern' && step.to.rest)) out.set(step.at[0], { at: step.at, names });
  }
  return [...out.values()];
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
