import type { Statement } from '../../model/catalogue.js';
import type { ResourceKind } from '../../model/claims.js';
import { HOLE } from './text.js';

export type Words = readonly string[];

/** The value of an option: `-d app`, `-dapp` for short ones, `--dbname=app`. */
export function flag(words: Words, ...names: readonly string[]): string | undefined {
  for (let at = 1; at < words.length; at++) {
    const word = words[at]!;
    for (const name of names) {
      if (word === name) return words[at + 1];
      if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
      if (name.length === 2 && word.length > 2 && word.startsWith(name) && !word.startsWith('--')) return word.slice(2);
    }
  }
  return undefined;
}

/** All values of an option that may stand several times. */
export function flags(words: Words, ...names: readonly string[]): string[] {
  const out: string[] = [];
  for (let at = 1; at < words.length; at++) {
    const word = words[at]!;
    if (names.includes(word) && words[at + 1] !== undefined) out.push(words[at + 1]!);
    for (const name of names) if (word.startsWith(`${name}=`)) out.push(word.slice(name.length + 1));
  }
  return out;
}

/** Words after the command that are neither options nor values of those named. */
export function operands(words: Words, valued: readonly string[] = []): string[] {
  const out: string[] = [];
  for (let at = 1; at < words.length; at++) {
    const word = words[at]!;
    if (word === '>' || word === '<') at++;
    else if (valued.includes(word)) at++;
    else if (!word.startsWith('-')) out.push(word);
  }
  return out;
}

/** A name, unless a hole or an expansion of the shell hides it. */
export const known = (text: string | undefined): { unit?: string } =>
  text === undefined || text === '' || text.includes(HOLE) || /[$*`]/.test(text) ? {} : { unit: text };

export const database = (op: Statement['op'], kind: ResourceKind, unit?: string, note?: string): Statement => ({
  op,
  kind,
  names: 'database',
  ...known(unit),
  ...(op === 'wipe' || op === 'drop' ? { wipes: 'database' as const } : {}),
  ...(note ? { note } : {}),
});
