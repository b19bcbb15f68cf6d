import { HOLE, type Token } from './text.js';

/** Walks the tokens of one statement. */
export class Cursor {
  private at = 0;
  constructor(readonly tokens: readonly Token[]) {}
  peek(offset = 0): string {
    const token = this.tokens[this.at + offset];
    return token ? (token.kind === 'word' ? token.text.toUpperCase() : token.kind === 'mark' ? token.text : '') : '';
  }
  token(): Token | undefined {
    return this.tokens[this.at];
  }
  next(): string {
    const word = this.peek();
    this.at++;
    return word;
  }
  /** Steps over words where they stand. */
  skip(...words: readonly string[]): boolean {
    let any = false;
    while (words.includes(this.peek()) && this.peek() !== '') {
      this.at++;
      any = true;
    }
    return any;
  }
  rest(): readonly Token[] {
    return this.tokens.slice(this.at);
  }
  /** Tokens inside the parentheses that open here. */
  group(): Token[] {
    const out: Token[] = [];
    let depth = 0;
    for (; this.at < this.tokens.length; this.at++) {
      const token = this.tokens[this.at]!;
      if (token.kind === 'mark' && token.text === '(' && depth++ === 0) continue;
      if (token.kind === 'mark' && token.text === ')' && --depth === 0) {
        this.at++;
        break;
      }
      out.push(token);
    }
    return out;
  }
  /** A dotted name: `undefined` where a hole hides part of it, `null` where none stands here. */
  name(): string | undefined | null {
    const first = this.token();
    if (!first || (first.kind === 'mark' && first.text !== '{') || first.kind === 'number') return null;
    let out = '';
    let known = true;
    for (;;) {
      const token = this.token();
      if (!token || token.kind === 'mark' || token.kind === 'number') break;
      if (token.holed) known = false;
      out += token.kind === 'word' ? token.text.toLowerCase() : token.text;
      this.at++;
      // `orders_${w}` and `"a"."b"`: pieces that touch.
      if (this.peek() === '.' && this.tokens[this.at + 1]) {
        out += '.';
        this.at++;
        continue;
      }
      const touching = this.token();
      if (touching && !touching.spaced && touching.kind !== 'mark' && (touching.holed || token.holed)) continue;
      break;
    }
    if (!known || out.includes(HOLE)) return undefined;
    return out.replace(/^public\./, '');
  }
}

/** Whether one of the words stands outside parentheses. */
export const has = (tokens: readonly Token[], ...words: readonly string[]): boolean => {
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'mark' && token.text === '(') depth++;
    if (token.kind === 'mark' && token.text === ')') depth--;
    if (depth === 0 && token.kind === 'word' && words.includes(token.text.toUpperCase())) return true;
  }
  return false;
};
/** A hole where a clause could stand: what it holds decides, and nobody knows it. */
export const open = (tokens: readonly Token[]): boolean => tokens.some((token) => token.kind === 'hole');
export const withUnit = (unit: string | undefined | null): { unit?: string } => (unit ? { unit } : {});
