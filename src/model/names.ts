import type { Place } from './place.js';

/** Unique per what, from widest sharing to narrowest. A constant is no hole at all. */
export type Variation = 'environment' | 'run' | 'worker' | 'file' | 'test' | 'call';

/** A part of a name that is not the same everywhere. */
export interface Hole {
  readonly varies: Variation;
  /** `env:JEST_WORKER_ID`, `uuid`, `mkdtemp`, `port 0`, `pid`, `clock`. */
  readonly source: string;
  /** How many different values it takes, where that is few enough to meet again (`% 10000`); absent means enough. */
  readonly values?: number;
  /** Of a worker id whose first value, 0, falls through to a default: the default, which another worker has too. */
  readonly meets?: string;
  readonly at: Place;
}

/** A name after resolution. Two names collide when they can be equal for two units that the schedule lets overlap. */
export type Name =
  | { readonly kind: 'unknown'; readonly why: string; readonly at?: Place }
  | { readonly kind: 'oneOf'; readonly names: readonly Name[] }
  | { readonly kind: 'parts'; readonly parts: readonly (string | Hole)[]; readonly at?: Place };

export const constantName = (text: string, at?: Place): Name => ({ kind: 'parts', parts: [text], ...(at ? { at } : {}) });
export const unknownName = (why: string, at?: Place): Name => ({ kind: 'unknown', why, ...(at ? { at } : {}) });

/** The text of a name without holes, or nothing. */
export function constantText(name: Name): string | undefined {
  if (name.kind !== 'parts') return undefined;
  let text = '';
  for (const part of name.parts) {
    if (typeof part !== 'string') return undefined;
    text += part;
  }
  return text;
}

/** A readable form: `app_{worker}`; unknown names read `?`. */
export function nameText(name: Name): string {
  if (name.kind === 'unknown') return '?';
  if (name.kind === 'oneOf') return name.names.map(nameText).join(' or ');
  return name.parts.map((part) => (typeof part === 'string' ? part : `{${part.source}}`)).join('');
}

const ORDER: readonly Variation[] = ['environment', 'run', 'worker', 'file', 'test', 'call'];

/** The narrowest variation among a name's holes: what the name is unique per. Few-valued holes do not count as unique. */
export function uniquePer(name: Name): Variation | 'constant' | 'unknown' {
  if (name.kind === 'unknown') return 'unknown';
  if (name.kind === 'oneOf') {
    let widest: Variation | 'constant' | 'unknown' = 'unknown';
    let rank = Infinity;
    for (const each of name.names) {
      const per = uniquePer(each);
      if (per === 'unknown') continue;
      const own = per === 'constant' ? -1 : ORDER.indexOf(per);
      if (own < rank) {
        rank = own;
        widest = per;
      }
    }
    return widest;
  }
  let rank = -1;
  for (const part of name.parts) if (typeof part !== 'string' && part.values === undefined) rank = Math.max(rank, ORDER.indexOf(part.varies));
  return rank < 0 ? 'constant' : ORDER[rank]!;
}

/** What of a name differs, in all its alternatives. */
export function holesOf(name: Name): readonly Hole[] {
  return alternatives(name).flatMap((each) => (each.kind === 'parts' ? each.parts.filter((part): part is Hole => typeof part !== 'string') : []));
}

/** All alternatives of a name, flat. */
export function alternatives(name: Name): readonly Name[] {
  return name.kind === 'oneOf' ? name.names.flatMap(alternatives) : [name];
}
