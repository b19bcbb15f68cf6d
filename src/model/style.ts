import { escapeRegex } from './patterns.js';

/** How a file is written: what is added to it looks the same. */
export interface Style {
  readonly eol: string;
  /** One step of indentation. */
  readonly unit: string;
  /** `;`, or nothing where the file has none. */
  readonly end: string;
  readonly isTyped: boolean;
}

export function styleOf(text: string, path: string): Style {
  const lines = text.split(/\r\n|\n|\r/);
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const code = lines.filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line));
  const indents = code.flatMap((line) => /^([ \t]+)\S/.exec(line)?.[1] ?? []);
  const isTabbed = indents.filter((each) => each.startsWith('\t')).length * 2 > indents.length;
  const widths = indents.filter((each) => /^ +$/.test(each) && each.length > 1).map((each) => each.length);
  const unit = isTabbed ? '\t' : ' '.repeat(Math.min(8, ...(widths.length > 0 ? widths : [2])));
  const ended = code.filter((line) => /;\s*(\/\/.*)?$/.test(line)).length;
  const open = code.filter((line) => /[)\]'"`\w]\s*$/.test(line)).length;
  return { eol, unit, end: ended * 2 >= open && ended > 0 ? ';' : '', isTyped: /\.[cm]?tsx?$/.test(path) };
}

/** The quote that a file uses more often. */
export const quoteOf = (text: string): '"' | "'" => ((text.match(/"/g)?.length ?? 0) > (text.match(/'/g)?.length ?? 0) ? '"' : "'");

/** Words as a string literal in the quotes that a file uses more often. They must hold no quote and no backslash. */
export const quoted = (file: string, words: string): string => `${quoteOf(file)}${words}${quoteOf(file)}`;

export const lineStart = (text: string, at: number): number => Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;

/** Where the line ends, in front of its line end. */
export function lineEnd(text: string, at: number): number {
  const end = text.slice(at).search(/\r|\n/);
  return end < 0 ? text.length : at + end;
}

/** Blanks at the start of the line that holds the offset. */
export const indentAt = (text: string, at: number): string => /^[ \t]*/.exec(text.slice(lineStart(text, at)))![0];

/** Where a text has the name, and not as a part of a longer one. */
export const namePattern = (name: string, flags = ''): RegExp => new RegExp(`(?<![\\w$])${escapeRegex(name)}(?![\\w$])`, flags);

/** `order`, `Id` of `orderId` and of `order-Id`. */
export const wordsOf = (text: string): string[] => text.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).filter((word) => word !== '');

/** A name that the file does not have yet. */
export function freshName(text: string, wanted: string, taken: ReadonlySet<string> = new Set()): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}${count}`;
    if (!taken.has(name) && !namePattern(name).test(text)) return name;
  }
}

/** `INVOICE_CURRENCY` to `savedInvoiceCurrency`. */
export function savedName(of: string): string {
  const cased = wordsOf(of).map((word) => word[0]!.toUpperCase() + (/^[A-Z0-9]+$/.test(word) ? word.slice(1).toLowerCase() : word.slice(1)));
  return `saved${cased.join('')}`;
}
