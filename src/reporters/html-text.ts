import { visible } from './digest.js';

/** Text that is HTML already. */
export interface Markup {
  readonly html: string;
}

type Part = Markup | string | number | undefined | readonly Markup[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => visible(text).replace(/[&<>"']/g, (char) => ENTITIES[char]!);

function textOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'object') return 'html' in part ? part.html : part.map(textOf).join('');
  return escaped(String(part));
}

/** HTML around values, of which only those that are HTML themselves are taken as they are. Nothing stands where a value is undefined. */
export const markup = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  html: strings.reduce((out, text, at) => `${out}${textOf(parts[at - 1])}${text}`),
});

/** A sentence of ours: `code` between backticks is code, all else is shown as it is. */
export const prose = (text: string): Markup => ({
  html: text
    .split(/(?<!`)`([^`]+)`(?!`)/)
    .map((part, at) => (at % 2 === 1 ? `<code>${escaped(part)}</code>` : escaped(part)))
    .join(''),
});
