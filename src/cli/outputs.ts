import { REPORT_FILE } from '../model/report.js';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { suggest } from '../project/settings-check.js';
import { UserError } from '../project/user-error.js';
import type { Format } from '../reporters/index.js';
import { formats, isFormat } from '../reporters/index.js';

/** One report to write; without a file it goes to standard output. */
export interface Target {
  readonly format: Format;
  readonly file?: string;
}

interface Wanted {
  readonly formats: readonly string[];
  readonly output?: string;
  readonly quiet?: boolean;
}

/**
 * Which reports go where. `name=file` adds a file to what is written anyway (the Markdown file and the summary);
 * a bare name replaces it: `--format sarif` prints SARIF and nothing else.
 */
export function targets(wanted: Wanted, root: string, cwd: string): readonly Target[] {
  const named = wanted.formats
    .flatMap((each) => each.split(','))
    .map((each) => each.trim())
    .filter(Boolean)
    .map(target);
  const bare = named.filter((each) => each.file === undefined);
  const files = named.filter((each) => each.file !== undefined).map((each) => ({ format: each.format, file: resolve(cwd, each.file ?? '') }));
  const output = wanted.output === undefined || wanted.output === '-' ? wanted.output : resolve(cwd, wanted.output);
  const out: Target[] = [];
  if (bare.length > 0) {
    bare.forEach((each, at) => out.push(at === 0 && output !== undefined && output !== '-' ? { ...each, file: output } : each));
  } else if (output === '-') {
    out.push({ format: 'markdown' });
  } else {
    if (output !== undefined || !files.some((each) => each.format === 'markdown')) out.push({ format: 'markdown', file: output ?? join(root, REPORT_FILE) });
    if (wanted.quiet !== true) out.push({ format: 'terminal' });
  }
  out.push(...files);
  const printed = out.filter((each) => each.file === undefined);
  if (printed.length > 1) {
    const names = printed.map((each) => `\`${each.format}\``).join(' and ');
    throw new UserError(`${names} cannot both go to standard output. Give all but one a file: \`--format ${printed[0]?.format}=FILE\`.`);
  }
  const seen = new Set<string>();
  for (const { file } of out) {
    if (file === undefined) continue;
    if (seen.has(file)) throw new UserError(`Two formats write to ${shown(file, cwd)}. Give each its own file.`);
    seen.add(file);
  }
  return out;
}

function target(text: string): Target {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? undefined : text.slice(at + 1);
  if (!isFormat(name)) throw new UserError(`\`${name}\` is not a format${suggest(name, formats)}.`);
  if (file === '') throw new UserError(`\`--format ${text}\` names no file after \`=\`.`);
  return file === undefined || file === '-' ? { format: name } : { format: name, file };
}

/** A path as the reader would type it: relative where it lies below the current folder. */
export function shown(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' ? '.' : short.startsWith('..') ? path : short;
}

/** The way from a report's folder to the root, for links: `../`, or nothing. A report outside of the root moves alone, and has no way back. */
export function wayToRoot(file: string, root: string): string {
  if (relative(root, file).startsWith('..')) return '';
  const way = relative(dirname(file), root).split(sep).join('/');
  return way === '' ? '' : `${way}/`;
}
