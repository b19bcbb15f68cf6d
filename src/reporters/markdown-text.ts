import type { ReportedPlace } from '../model/report.js';
import { excerpt, placeText, visible } from './digest.js';

/** A code span: its fence is longer than any run of backticks inside. In a table, pipes end a cell even inside code. */
export function code(text: string, table = false): string {
  const body = visible(text).replace(/\s+/g, ' ');
  if (body.trim() === '') return '` `';
  let fence = '`';
  while (body.includes(fence)) fence += '`';
  const pad = body.startsWith('`') || body.endsWith('`') ? ' ' : '';
  const span = `${fence}${pad}${body}${pad}${fence}`;
  return table ? span.replace(/\|/g, '\\|') : span;
}

const plain = (text: string): string =>
  text
    .replace(/[\\`*[\]|~$]/g, '\\$&')
    .replace(/(^|[^\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (whole, before: string | undefined) => (before === undefined ? '\\_' : `${before}\\_`))
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/^(\s*)(#{1,6}(?=\s)|[-+](?=\s)|=+$)/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s)/, '$1\\$2');

/** A sentence of ours on one line: `code` stays code, everything else is shown as it is. */
export function prose(text: string, table = false): string {
  const line = visible(text.replace(/\s+/g, ' ').trim());
  let out = '';
  let from = 0;
  // A span opens with a run of backticks and closes with a run of the same length; a run without its twin is text.
  for (const span of line.matchAll(/(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g)) {
    const before = line.slice(from, span.index);
    out += from === 0 ? plain(before) : plain(`\u0000${before}`).slice(1);
    const [, run = '', body = ''] = span;
    out += code(run.length > 1 ? body.replace(/^ (.+) $/, '$1') : body, table);
    from = span.index + span[0].length;
  }
  const rest = line.slice(from);
  return out + (from === 0 ? plain(rest) : plain(`\u0000${rest}`).slice(1));
}

const encode = (path: string): string =>
  path
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/[()*!']/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`))
    .join('/');

export const fileLink = (path: string, toRoot: string, table = false): string => `[${code(path, table)}](${toRoot}${encode(path)})`;

export const placeLink = (place: ReportedPlace, toRoot: string, table = false): string =>
  `[${code(placeText(place), table)}](${toRoot}${encode(place.path)}#L${place.region.startLine})`;

const LANGUAGES: Readonly<Record<string, string>> = {
  ts: 'ts',
  mts: 'ts',
  cts: 'ts',
  tsx: 'tsx',
  js: 'js',
  mjs: 'js',
  cjs: 'js',
  jsx: 'jsx',
  json: 'json',
  yml: 'yaml',
  yaml: 'yaml',
  py: 'python',
  sh: 'sh',
  env: 'sh',
};

/** The excerpt of a place as a fenced block, or nothing where there is no code. */
export function codeBlock(place: ReportedPlace): string | undefined {
  if (place.code === undefined || place.code.trim() === '') return undefined;
  const body = excerpt(place.code, 160).join('\n');
  let fence = '```';
  while (body.includes(fence)) fence += '`';
  return `${fence}${LANGUAGES[/\.(\w+)$/.exec(place.path)?.[1] ?? ''] ?? ''}\n${body}\n${fence}`;
}

/** The first line of a place's code as a code span, or nothing. */
export function codeLine(place: ReportedPlace): string | undefined {
  const line = place.code === undefined ? '' : (excerpt(place.code, 100).find((each) => each.trim() !== '') ?? '');
  return line.trim() === '' ? undefined : code(line.trim());
}

/** Folded away, with the blank lines that Markdown inside HTML needs. */
export const details = (summary: string, body: string): string => `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
