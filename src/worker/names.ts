/**
 * Names that no other worker has: `{base}_{run}_{slot}`, in the letters and the length that the kind allows. Two bases give two names: one that had
 * to be cut or spelt otherwise ends with a hash of what it was.
 */
import { digest } from './digest.js';
import { KINDS, type Kind, type NameKind } from './kinds.js';
import { isOver, isRun } from './run.js';

export interface NameParts {
  readonly base: string;
  readonly run: string;
  /** `t` is the template that the workers of a run share. */
  readonly slot: number | 't';
  readonly kind: NameKind;
  /** Where each test needs a name of its own: what tells it from the others, as its full title does. */
  readonly test?: string | undefined;
}

const HASH = 8;
const NAME = /^(.+?)[-_:]([a-z][0-9a-z]{18})[-_:](\d+|t)(?:x[0-9a-z]{8})?(?:\.[a-z0-9]{1,8})?:?$/;

export function nameOf({ base, run, slot, kind, test }: NameParts): string {
  const rule: Kind = KINDS[kind];
  if (base === '') throw new Error(`A name of kind ${kind} needs a base, and the base given is empty.`);
  const ending = rule.extension ? (/\.[a-z0-9]{1,8}$/.exec(base)?.[0] ?? '') : '';
  const { separator } = rule;
  const tail = `${separator}${run}${separator}${slot}`;
  const close = `${ending}${rule.closing ?? ''}`;
  if (
    test === undefined &&
    rule.legal.test(base) &&
    !rule.reserved?.test(base + separator) &&
    base.length + tail.length + (rule.closing?.length ?? 0) <= rule.max
  )
    return `${base.slice(0, base.length - ending.length)}${tail}${close}`;
  // No name without a hash ends with `x` and eight letters behind the slot, so these never meet those that stayed as they were.
  const hash = `x${digest(`${base}\n${test ?? ''}\n${test === undefined ? 0 : 1}`, HASH)}`;
  const room = rule.max - tail.length - hash.length - close.length;
  return `${spelt(base.slice(0, base.length - ending.length), rule, room)}${tail}${hash}${close}`;
}

/** The run that a name was made for: nothing where this library did not make it. */
export function runOfName(name: string): { readonly run: string; readonly slot: string; readonly base: string } | undefined {
  const [, base, run, slot] = NAME.exec(name) ?? [];
  if (base === undefined || run === undefined || slot === undefined || !isRun(run)) return undefined;
  return { run, slot, base };
}

/** Those that this library has made for runs that are over: all that a sweep may drop. */
export const ofDeadRuns = (names: readonly string[]): readonly string[] =>
  names.filter((name) => {
    const made = runOfName(name);
    return made !== undefined && isOver(made.run);
  });

/** As much of a base as the kind allows, for people to recognise: what makes it distinct is the hash. */
function spelt(base: string, rule: Kind, room: number): string {
  const separator = rule.separator === ':' ? '_' : rule.separator;
  const words = base.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const text = words.join(separator);
  const led = /^[a-z]/.test(text) && !rule.reserved?.test(text + separator) ? text : `w${text}`;
  const cut = led.slice(0, room);
  return cut.endsWith(separator) ? cut.slice(0, -1) : cut;
}
