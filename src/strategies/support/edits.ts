import { addNames, importList, unusedImports } from '../../model/import-lists.js';
import { isSame } from '../../model/code.js';
import { grouped } from '../../model/grouped.js';
import type { FileFacts, Span } from '../../model/facts.js';
import { edited, refusal, type Edit, type Refusal } from '../../model/remedy.js';
import type { Place } from '../../model/place.js';
import type { Shared } from '../../model/plan.js';
import { lineEnd, quoted, styleOf } from '../../model/style.js';
import { runsInWorkers } from './main-process.js';
import { needsLibrary, withoutSlot } from './ours.js';

/** Modules by which a name can be had, the one to import from first. */
const LIBRARY = ['isolation-audit/worker'];

/** The edits of a plan as they are gathered, file by file. */
export class Draft {
  readonly edits = new Map<string, Edit[]>();
  /** What calls of the library are put around. */
  readonly wrapped: Place[] = [];
  private readonly names = new Map<string, Map<string, readonly string[]>>();

  replace(path: string, span: Span, text: string): void {
    const own = this.edits.get(path) ?? [];
    if (!own.some((each) => isSame(each.span, span))) own.push({ span, text });
    this.edits.set(path, own);
  }

  /** Puts a call of the library around what stands there. */
  wrap(path: string, span: Span, name: string, before = ''): void {
    const own = this.edits.get(path) ?? [];
    if (own.some((each) => each.span[0] === span[0] && each.text.startsWith(`${name}(`))) return;
    own.push({ span: [span[0], span[0]], text: `${name}(${before}` }, { span: [span[1], span[1]], text: ')' });
    this.edits.set(path, own);
    this.wrapped.push({ path, span });
    this.uses(path, name);
  }

  /** What the plan changes in a file, so far. */
  changed(path: string): readonly Span[] {
    return (this.edits.get(path) ?? []).map((each) => each.span);
  }

  /** The file takes this name from the library, or from another module. */
  uses(path: string, name: string, from: readonly string[] = LIBRARY): void {
    this.names.set(path, (this.names.get(path) ?? new Map<string, readonly string[]>()).set(name, from));
  }

  /** All edits in order, with the imports that they need; a refusal where two of them meet. */
  done(shared: Shared): ReadonlyMap<string, readonly Edit[]> | Refusal {
    const { project } = shared;
    const asked = [...this.names.values()].flatMap((names) => [...names].flatMap(([name, from]) => (from === LIBRARY ? [name] : [])));
    if (asked.length > 0 && !shared.runtime) return needsLibrary(asked[0]!);
    const unnumbered = asked.length > 0 ? withoutSlot(shared) : undefined;
    if (unnumbered) return unnumbered;
    for (const [path, names] of this.names) {
      const [text, facts] = [project.text(path), project.facts(path)];
      if (text === undefined || !facts) return refusal(`\`${path}\` cannot be read`);
      const own = inText(this.edits.get(path) ?? []);
      if (asked.length > 0 && own.some(({ span }) => !runsInWorkers(shared, { path, span })))
        return refusal(`Playwright loads \`${path}\` in its main process too, which is no worker`);
      const imports: Edit[] = [];
      for (const [from, those] of grouped([...names.keys()].sort(), (name) => names.get(name)!)) {
        const made = importEdits(text, facts, those, from);
        if ('kind' in made) return made;
        imports.push(...made);
      }
      this.edits.set(path, [...own, ...inPlaceOf(unusedImports(facts, text, own), imports)]);
    }
    const out = new Map<string, readonly Edit[]>();
    for (const [path, list] of this.edits) {
      const sorted = inText(list);
      if (sorted.some((each, index) => index > 0 && each.span[0] < sorted[index - 1]!.span[1])) return refusal('two changes would meet in one place');
      const text = project.text(path);
      if (text !== undefined && edited(text, sorted) !== text) out.set(path, sorted);
    }
    return out;
  }
}

/** A new import behind one that goes takes its line. */
function inPlaceOf(unused: readonly Edit[], imports: readonly Edit[]): readonly Edit[] {
  const heir = (gone: Edit): Edit | undefined => imports.find(({ span: [at, end] }) => at === end && gone.span[0] < at && at < gone.span[1]);
  const taken = new Set(unused.map(heir));
  const lines = unused.map((gone) => ({ ...gone, text: (heir(gone)?.text ?? '').replace(/^(\r\n|\n|\r)([^]*)/, '$2$1') }));
  return [...lines, ...imports.filter((each) => !taken.has(each))];
}

const inText = (edits: readonly Edit[]): Edit[] => [...edits].sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]);

/** The edits that let a file use names of the library. */
function importEdits(text: string, facts: FileFacts, names: readonly string[], from: readonly string[]): readonly Edit[] | Refusal {
  const list = importList(facts, text, from);
  const missing = list ? names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text.slice(...list.span))) : names;
  const taken = facts.bindings.find((each) => each.in === 0 && missing.includes(each.name));
  if (taken) return refusal(`\`${taken.name}\` means something else in this file`);
  if (missing.length === 0) return [];
  if (list) return addNames(text, list, missing);
  const { end, eol } = styleOf(text, facts.path);
  const module = quoted(text, from[0]!);
  const written = `{ ${missing.join(', ')} }`;
  const isModule =
    /\.(?:mts|mjs|tsx?)$/.test(facts.path) || facts.imports.some((each) => each.form === 'static' || each.form === 'side-effect') || /^export\s/m.test(text);
  const line = isModule ? `import ${written} from ${module}${end}` : `const ${written} = require(${module})${end}`;
  const last = isModule ? lastImport(facts) : lastOfRequires(facts, text);
  if (last !== undefined) {
    const at = lineEnd(text, last);
    return [{ span: [at, at], text: `${eol}${line}` }];
  }
  // After what has to stand first: an interpreter line, `'use strict'`, a comment about the whole file.
  const head = /^(?:#![^\n]*\n)?(?:\s*\/\*[\s\S]*?\*\/\s*?\n)?(?:\s*['"]use strict['"];?[^\n]*\n)?/.exec(text)![0].length;
  return [{ span: [head, head], text: `${line}${eol}${/^\s*(?:import\b|\n)/.test(text.slice(head)) ? '' : eol}` }];
}

/** The end of the last import; of the last one of a package, where files of the project are imported after all packages. */
function lastImport({ imports }: FileFacts): number | undefined {
  const statics = imports.filter((each) => each.form === 'static' || each.form === 'side-effect').sort((a, b) => a.at[0] - b.at[0]);
  const isFile = statics.map(({ from }) => from.kind === 'const' && String(from.value).startsWith('.'));
  const first = isFile.indexOf(true);
  return (first > 0 && isFile.slice(first).every(Boolean) ? statics[first - 1] : statics.at(-1))?.at[1];
}

/** The end of the first block of `require`, in which nothing else stands. */
function lastOfRequires({ functions }: FileFacts, text: string): number | undefined {
  let last: number | undefined;
  for (const step of functions[0]!.body) {
    if (step.do !== 'bind' || !step.declares || !/^require\s*\(/.test(text.slice(...step.value.at))) continue;
    if (last !== undefined && !/^;?\s*(?:const|let|var)?\s*$/.test(text.slice(last, step.at[0]))) break;
    last = step.at[1];
  }
  return last;
}
