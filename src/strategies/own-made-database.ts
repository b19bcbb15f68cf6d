import type { Claim, ResourceKind } from '../model/claims.js';
import { callAt, pathOf } from '../model/code.js';
import { constantText } from '../model/names.js';
import type { Place } from '../model/place.js';
import { strategy, type Shared } from '../model/plan.js';
import { refusal, type Refusal } from '../model/remedy.js';
import { allValues } from '../model/values.js';
import { decision, nameGiven } from './support/code.js';
import { Draft } from './support/edits.js';
import { namedInStatements, openedElsewhere, reachedBy } from './support/others.js';
import { LIBRARY_NEEDS } from './support/ours.js';
import { servedOutside } from './support/outside.js';
import { numbered, PLAIN_NEEDS } from './support/plain.js';

/** The most characters that a name may have (`resources.md`). */
const LONGEST = { postgresql: 63, mysql: 64, mongodb: 63 } as const satisfies Partial<Record<ResourceKind, number>>;

/**
 * Tests that create, fill and drop their database themselves go on to do so, each worker under a name of its own. The number of the worker is all that is
 * added: what a killed run leaves behind is met by the next one, whose tests drop it as they did before.
 */
export default strategy({
  id: 'own-made-database',
  kinds: Object.keys(LONGEST) as (keyof typeof LONGEST)[],
  summary: 'The number of the worker in the name of a database that the tests create themselves.',
  plan(shared) {
    const kind = shared.resource.kind as keyof typeof LONGEST;
    const name = constantText(shared.resource.name);
    if (name === undefined || !shared.claims.some(kind === 'mongodb' ? emptiesIt : createsIt)) return undefined;
    const outsider = servedOutside(shared) ?? cloned(shared);
    if (outsider) return outsider;
    const draft = new Draft();
    for (const { decidedAt, at } of shared.claims) {
      const why = decidedAt ? atDecision(shared, decidedAt, name, LONGEST[kind], draft) : refusal(`what names it is not known where \`${at.path}\` uses it`);
      if (why) return why;
    }
    const elsewhere = openedElsewhere(shared, kind) ?? namedInStatements(shared, draft);
    if (elsewhere) return elsewhere;
    const edits = draft.done(shared);
    if ('kind' in edits) return edits;
    if (edits.size === 0) return refusal('nothing of it can be changed');
    return {
      kind: 'plan',
      says: `Add the number of the worker to \`${name}\`.`,
      why: kind === 'mongodb' ? 'MongoDB makes what is written to.' : 'The tests create it, so each worker creates its own.',
      needs: [...(shared.runtime ? LIBRARY_NEEDS : []), ...PLAIN_NEEDS],
      edits,
      creates: new Map(),
    };
  },
});

/** `db.dropDatabase()`: whoever does that keeps nothing in it. */
const emptiesIt = ({ wipes, by }: Claim): boolean => wipes === 'database' && by.role !== 'global-setup';
const createsIt = ({ op, by, resource: { unit, namespace } }: Claim): boolean => op === 'create' && !unit && !namespace && by.role !== 'global-setup';

function atDecision(shared: Shared, { path, span }: Place, name: string, longest: number, draft: Draft): Refusal | undefined {
  const facts = shared.project.facts(path);
  // A statement by itself is decided where it is sent: `query('CREATE DATABASE shop_test')`.
  const value = facts && (decision(facts, span) ?? callAt(facts, { path, span })?.args[0]?.value);
  if (!facts || !value) return refusal(`how \`${path}\` names it is not clear`);
  // Whatever a variable holds in the place of a connection string: its name need not stand at the end.
  if (value.kind === 'choice' && value.of.some((each) => each.kind !== 'const' || String(each.value).includes('://')))
    return refusal(`which name \`${path}\` gives is not written out`);
  const given = nameGiven(facts, value);
  const constant = given === undefined ? undefined : facts.bindings[given]!.name;
  const other = constant === undefined ? undefined : meantBesides(shared, constant);
  if (other !== undefined) return refusal(`\`${constant}\` is \`${other}\` too`);
  return numbered(shared, { path, within: value, name, longest, separator: '_' }, draft);
}

/** `{ user: NAME, database: NAME }`: nobody makes such a user. */
function meantBesides(shared: Shared, constant: string): string | undefined {
  for (const path of reachedBy(shared)) {
    const facts = shared.project.facts(path);
    for (const value of facts ? allValues(facts) : []) {
      if (value.kind !== 'record') continue;
      for (const entry of value.entries)
        if ('key' in entry && typeof entry.key === 'string' && OTHERS.test(entry.key) && pathOf(entry.value, facts!)?.at(-1) === constant) return entry.key;
    }
  }
  return undefined;
}

const OTHERS = /^(?:user(?:name)?|password|role|owner|host(?:name)?|schema|namespace|table(?:Name)?|collection|template)$/i;

/** PostgreSQL makes a database of a template only while nobody is connected to that: two workers that connect to it would wait for each other, and fail. */
const cloned = ({ audited, finding: { files } }: Shared): Refusal | undefined =>
  audited.stories.some(
    (story) => files.includes(story.file) && story.claims.some(({ resource }) => resource.kind === 'postgresql' && constantText(resource.name) === 'template1'),
  )
    ? refusal('the tests connect to `template1` to create it, from which PostgreSQL makes a database only while nobody else is connected')
    : undefined;
