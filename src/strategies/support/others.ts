import type { ResourceKind } from '../../model/claims.js';
import type { FileFacts, Span, Value } from '../../model/facts.js';
import { isIn, originOf, pathOf, rootOf } from '../../model/code.js';
import { escapeRegex } from '../../model/patterns.js';
import type { Shared } from '../../model/plan.js';
import { constantText } from '../../model/names.js';
import { refusal, type Refusal } from '../../model/remedy.js';
import { allValues } from '../../model/values.js';
import { entryOf } from './code.js';
import type { Draft } from './edits.js';
import { isOurs } from './ours.js';

/** All files that the tests on the resource reach, their own and the product's. */
export const reachedBy = ({ audited, finding }: Shared): readonly string[] =>
  [
    ...new Set(
      [...audited.stories.filter((story) => finding.files.includes(story.file)), ...audited.setup.filter((story) => story.role === 'setup')].flatMap(
        (story) => [story.file, ...story.reached],
      ),
    ),
  ].sort();

/**
 * A client that the product opens by itself, and that the plan would leave where it is: half of a suite on another database is worse than all of it on one.
 * Where it connects to must have been seen, and be decided at a place that the plan changes. A module that the tests replace opens none.
 */
export function openedElsewhere(shared: Shared, kind: ResourceKind): Refusal | undefined {
  const stories = shared.audited.stories.filter(({ file }) => shared.finding.files.includes(file));
  const isReplaced = (path: string): boolean => {
    const those = stories.filter(({ reached }) => reached.includes(path));
    return those.length > 0 && those.every(({ replaced }) => replaced?.includes(path) === true);
  };
  for (const path of reachedBy(shared)) {
    if (isOurs(shared, path) || isReplaced(path)) continue;
    const facts = shared.project.facts(path);
    const opens = facts?.calls.some((call) => {
      const root = rootOf(call.callee, facts);
      const origin = root.kind === 'ref' ? originOf(root.binding, facts) : undefined;
      return origin !== undefined && shared.project.reaches(origin.from).has(kind) && OPENS.test(`${call.form} ${pathOf(call.callee, facts)?.at(-1) ?? ''}`);
    });
    if (opens !== true) continue;
    const isSeen = shared.claims.some(
      (claim) => claim.at.path === path || claim.handle?.startsWith(`at:${path}:`) === true || claim.via.some((each) => each.path === path),
    );
    if (!isSeen) return refusal(`\`${path}\` connects too, and where to is not seen`);
  }
  return undefined;
}

/** Calls that open a client, as far as their names tell. */
const OPENS = /^new (?!Error|Promise|\w*Error$)|(?:create|connect|open|knex|postgres|drizzle|pool)/i;

/** Whether a name stands in code once more, besides the places that the plan changes: in a statement, an expectation, the product. */
export function namedElsewhere(
  shared: Shared,
  name: string,
  changed: (path: string) => readonly Span[],
  counts: (path: string, value: Value, facts: FileFacts) => boolean = () => true,
): Refusal | undefined {
  if (name.length < 4 || GENERIC.test(name)) return undefined;
  const word = new RegExp(`(?<![\\w-])${escapeRegex(name)}(?![\\w-])`);
  for (const path of reachedBy(shared)) {
    const facts = shared.project.facts(path);
    if (!facts) continue;
    const spans = changed(path);
    for (const value of allValues(facts)) {
      if (
        value.kind !== 'const' ||
        typeof value.value !== 'string' ||
        !word.test(value.value) ||
        spans.some((span) => isIn(value.at, span)) ||
        !counts(path, value, facts)
      )
        continue;
      return refusal(`\`${path}\` names \`${name}\` once more, where it would stay as it is`);
    }
  }
  return undefined;
}

/** Words that say something else as often: of an encoding, a scheme, a user. */
const GENERIC = /^(?:test|tests|postgres|postgresql|mysql|mongodb|redis|root|admin|main|default|public|local|localhost|true|false|null)$/;

/** Options that name a database. */
export const DATABASE_KEYS = ['database', 'dbName', 'db'];

/** The name of the database in statements of the tests: `CREATE DATABASE shop_test`. */
export function namedInStatements(shared: Shared, draft: Pick<Draft, 'changed'>): Refusal | undefined {
  const name = constantText(shared.resource.name);
  if (name === undefined || shared.resource.kind === 'redis') return undefined;
  const decided = shared.claims.flatMap(({ decidedAt }) => (decidedAt ? [decidedAt] : []));
  return namedElsewhere(
    shared,
    name,
    (path) => [...draft.changed(path), ...decided.flatMap((each) => (each.path === path ? [each.span] : []))],
    (path, value, facts) => isOurs(shared, path) && speaksOfDatabases(facts, value),
  );
}

/** `'DROP DATABASE shop_test'`, `'postgres://localhost/shop_test'`, `{ database: 'shop_test' }`: not each word that is spelt like a database. */
function speaksOfDatabases(facts: FileFacts, value: Value): boolean {
  if (value.kind !== 'const' || typeof value.value !== 'string') return false;
  return /\b(?:database|use|datname|dbname)\b|:\/\//i.test(value.value) || DATABASE_KEYS.includes(entryOf(facts, value)?.key ?? '');
}
