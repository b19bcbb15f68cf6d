/** Stands in a statement's text for a part that nobody knows. */
export const HOLE = '\u0000';

/** The first of those that stand for such parts by their number. */
const FIRST = 0xe000;
const MOST = 0x1900;

/** Whether a part of a word is not known. */
export const isHoled = (text: string): boolean => /[\u0000\uE000-\uF8FF]/.test(text);

export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'mark' | 'hole';
  /** Words as written; names and strings without their quotes. */
  readonly text: string;
  /** There was a blank before it. */
  readonly spaced: boolean;
  /** A hole hides part of it. */
  readonly holed: boolean;
}

export const joinParts = (parts: readonly (string | null)[]): string => parts.map((part) => part ?? HOLE).join('');

/** The same, with holes that can be told apart: `partsBehind` says which ones a word has. */
export function joinNumbered(parts: readonly (string | null)[]): string {
  let holes = 0;
  return parts.map((part) => part ?? (holes < MOST ? String.fromCharCode(FIRST + holes++) : HOLE)).join('');
}

/** A word of a text with numbered holes, in order: its texts, and the numbers of its holes. */
export const partsBehind = (word: string): readonly (string | number)[] =>
  word
    .split(/([\uE000-\uF8FF])/)
    .filter((each) => each !== '')
    .map((each) => (/^[\uE000-\uF8FF]$/.test(each) ? each.charCodeAt(0) - FIRST : each));

export interface Dialect {
  /** Quote characters of names, each with its closing partner. */
  readonly names: Readonly<Record<string, string>>;
  readonly strings: readonly string[];
  readonly lineComments: readonly string[];
}

/** Text to tokens. Comments vanish; a hole that touches a word makes that word holed. */
export function tokenize(text: string, dialect: Dialect): Token[] {
  const out: Token[] = [];
  let at = 0;
  let spaced = true;
  const push = (kind: Token['kind'], value: string): void => {
    out.push({ kind, text: value, spaced, holed: isHoled(value) });
    spaced = false;
  };
  while (at < text.length) {
    const char = text[at]!;
    if (/\s/.test(char)) {
      at++;
      spaced = true;
      continue;
    }
    if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      at = end < 0 ? text.length : end + 2;
      spaced = true;
      continue;
    }
    if (dialect.lineComments.some((each) => text.startsWith(each, at))) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
      continue;
    }
    const dollar = /^\$([A-Za-z_]*)\$/.exec(text.slice(at, at + 40));
    if (dollar) {
      const end = text.indexOf(dollar[0], at + dollar[0].length);
      push('string', text.slice(at + dollar[0].length, end < 0 ? text.length : end));
      at = end < 0 ? text.length : end + dollar[0].length;
      continue;
    }
    const closing = dialect.names[char];
    if (closing !== undefined || dialect.strings.includes(char)) {
      const [value, next] = quoted(text, at + 1, closing ?? char);
      push(closing !== undefined ? 'name' : 'string', value);
      at = next;
      continue;
    }
    const word = /^[\p{L}_$@#\u0000\uE000-\uF8FF][\p{L}\p{N}_$@#\u0000\uE000-\uF8FF]*/u.exec(text.slice(at, at + 300));
    if (word) {
      push(/^[\u0000\uE000-\uF8FF]+$/.test(word[0]) ? 'hole' : 'word', word[0]);
      at += word[0].length;
      continue;
    }
    const number = /^\d[\w.]*/.exec(text.slice(at, at + 60));
    if (number) {
      push('number', number[0]);
      at += number[0].length;
      continue;
    }
    push('mark', char);
    at++;
  }
  return out;
}

function quoted(text: string, from: number, close: string): [string, number] {
  let value = '';
  let at = from;
  while (at < text.length) {
    const char = text[at]!;
    if (char === close) {
      if (text[at + 1] !== close) return [value, at + 1];
      at++;
    } else if (char === '\\' && close !== ']' && at + 1 < text.length) at++;
    value += text[at]!;
    at++;
  }
  return [value, at];
}

/** Tokens between top-level separators. */
export function splitTokens(tokens: readonly Token[], separator: string): Token[][] {
  const out: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'mark') {
      if ('([{'.includes(token.text)) depth++;
      if (')]}'.includes(token.text)) depth--;
      if (token.text === separator && depth <= 0) {
        out.push([]);
        continue;
      }
    }
    out[out.length - 1]!.push(token);
  }
  return out.filter((each) => each.length > 0);
}
