import type { FileFacts, Span, Value } from '../../model/facts.js';
import type { SuiteView } from '../../model/plan.js';
import { refusal, type Edit, type Refusal } from '../../model/remedy.js';
import { indentAt, quoteOf, styleOf } from '../../model/style.js';
import { declaredAs } from './code.js';

/** An option as code writes it, with texts in single quotes: `setupFiles` and `['./setup.js']`. */
export interface Option {
  readonly key: string;
  readonly value: string;
}

/** Options that the runner's configuration says nothing of yet, below `outer` where the runner wants them there. */
export function optionEdit(suite: SuiteView, path: string, options: readonly Option[], outer?: string): Edit | Refusal {
  const { project, use } = suite;
  const text = project.text(path);
  if (text === undefined) return refusal(`\`${path}\` cannot be read`);
  const holder = outer === undefined ? rootOf(suite, path, text) : use.optionPlaces?.[outer];
  if (holder?.path === path && text[holder.span[0]] === '{') return intoRecord(text, holder.span, options, path);
  const whole = outer === undefined || use.options[outer] !== undefined ? undefined : rootOf(suite, path, text);
  if (whole && outer !== undefined) return intoRecord(text, whole.span, [{ key: outer, value: `{ ${options.map(written).join(', ')} }` }], path);
  return refusal(`where \`${[outer ?? [], options[0]!.key].flat().join('.')}\` belongs in \`${path}\` is not clear`);
}

const written = ({ key, value }: Option): string => `${key}: ${value}`;

/** The object that a configuration file or key is. */
function rootOf({ use, project }: SuiteView, path: string, text: string): { readonly path: string; readonly span: Span } | undefined {
  if (isData(path)) {
    if (path.endsWith('package.json')) {
      const span = project.dataSpan(path, [use.runner]);
      return span && { path, span };
    }
    const start = text.indexOf('{');
    return start < 0 ? undefined : { path, span: [start, text.lastIndexOf('}') + 1] };
  }
  const facts = project.facts(path);
  const exported = facts?.exports.find((each) => 'value' in each && (each.name === 'default' || each.name === 'module.exports'));
  const record = exported && 'value' in exported ? recordBehind(facts!, exported.value) : undefined;
  return record && { path, span: record.at };
}

const isData = (path: string): boolean => /\.json[c5]?$|(?:^|\/)\.mocharc$/.test(path);

/** `{ ... }`, `defineConfig({ ... })`, or a constant of the file that is one of them. */
function recordBehind(facts: FileFacts, value: Value, depth = 0): Value | undefined {
  if (depth > 4) return undefined;
  if (value.kind === 'record') return value;
  if (value.kind === 'result') {
    const given = facts.calls[value.call]!.args.at(-1)?.value;
    return given && recordBehind(facts, given, depth + 1);
  }
  const declared = value.kind === 'ref' ? declaredAs(facts, value.binding) : undefined;
  return declared && recordBehind(facts, declared, depth + 1);
}

/** As the first entries of an object. */
function intoRecord(text: string, span: Span, options: readonly Option[], path: string): Edit {
  const { eol, unit } = styleOf(text, path);
  const entries = options.map((each) =>
    isData(path)
      ? written(each)
          .replaceAll("'", '"')
          .replace(/(^|[{,] )(\w+): /g, '$1"$2": ')
      : written(each).replaceAll("'", quoteOf(text)),
  );
  const at = span[0] + 1;
  const isEmpty = /^\s*\}/.test(text.slice(at));
  const isTall = /^[ \t]*(?:\/\/[^\n]*)?\r?\n/.test(text.slice(at));
  const indent = indentAt(text, span[0]);
  const lines = entries.join(`,${eol}${indent}${unit}`);
  if (isEmpty) return { span: [at, at], text: `${eol}${indent}${unit}${lines}${/^\s*\n/.test(text.slice(at)) ? '' : eol + indent}` };
  return { span: [at, at], text: isTall ? `${eol}${indent}${unit}${lines},` : ` ${entries.join(', ')},` };
}
