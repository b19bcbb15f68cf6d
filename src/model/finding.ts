import type { Place } from './place.js';
import type { Resource } from './claims.js';

/** Across workers, within a worker, at once in one process, across runs. */
export type Axis = 'A' | 'W' | 'P' | 'R';
/** certain: both ends seen, names equal. likely: one step assumed. possible: under a condition that is stated. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** A place with its own short note, a fragment: `bound here`, `and here, in another worker`. */
export interface NotedPlace extends Place {
  readonly note: string;
}

/** Claims that collide under the schedule, or state that leaks. The first place is the primary one. */
export interface Finding {
  readonly rule: string;
  readonly axis: readonly Axis[];
  readonly confidence: Confidence;
  /** Of a possible finding: when it would be true. */
  readonly condition?: string;
  readonly places: readonly [NotedPlace, ...NotedPlace[]];
  /** Test files it holds back. */
  readonly files: readonly string[];
  /** Groups findings into the unit of work: same key, same resource or state. */
  readonly resource: FoundResource;
  /** Values for the message: `{port}`, `{count}`. */
  readonly values: Readonly<Record<string, string>>;
  /** Which wording of the rule, where it has several; `observed` where a run of the tests has shown it and no source tells it. */
  readonly variant?: string;
}

export interface FoundResource {
  /** Stable text: kind, server and name. Part of the fingerprint. */
  readonly key: string;
  /** For people: ``Postgres database `app_test` ``. */
  readonly title: string;
  readonly resource?: Resource;
}

/** The three sentences of a finding. `{placeholders}` are filled from its values. */
export interface Wording {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

/** What a rule says of itself, apart from how it detects. */
export interface Rule {
  readonly id: string;
  readonly axis: readonly Axis[];
  /** One sentence for lists: `Two test files use one database.` */
  readonly summary: string;
  readonly wording: Wording;
  readonly variants?: Readonly<Record<string, Partial<Wording>>>;
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

/** The finding's sentences with its values in place. */
export function wordingOf(rule: Rule, finding: Finding): Wording {
  const variant = finding.variant ? rule.variants?.[finding.variant] : undefined;
  const base = { ...rule.wording, ...variant };
  return { what: fill(base.what, finding.values), why: fill(base.why, finding.values), fix: fill(base.fix, finding.values) };
}

/**
 * The place at which a finding shows in a file: where the name or state is decided, if that is in this file; in a test file that
 * claims it, the first of its own places.
 */
export function placeIn<At extends Place>(
  finding: { readonly places: readonly [At, ...At[]]; readonly files: readonly string[] },
  path: string,
): At | undefined {
  const [first] = finding.places;
  if (first.path === path) return first;
  return finding.files.includes(path) ? finding.places.find((place) => place.path === path) : undefined;
}
