import type { Claim, ResourceKind } from '../model/claims.js';
import { constantText, nameText } from '../model/names.js';
import { placeKey } from '../model/place.js';
import { refusal } from '../model/remedy.js';
import { strategy, type Shared } from '../model/plan.js';
import { isTestSide } from '../model/test-side.js';
import { quoted } from '../model/style.js';
import { decision } from './support/code.js';
import { Draft } from './support/edits.js';
import { namedElsewhere } from './support/others.js';
import { isOurs, LIBRARY_NEEDS } from './support/ours.js';
import { numbered, PLAIN_NEEDS } from './support/plain.js';
import { servedOutside } from './support/outside.js';
import { grouped } from '../model/grouped.js';

/** What the library calls the kinds of names. */
const KINDS = {
  s3: 's3',
  dynamodb: 'dynamodb',
  elasticsearch: 'elasticsearch',
  kafka: 'kafka',
  rabbitmq: 'rabbitmq',
} as const satisfies Partial<Record<ResourceKind, string>>;
/** The most characters that a name may have (`resources.md`). */
const LONGEST = { s3: 63, dynamodb: 255, elasticsearch: 255, kafka: 249, rabbitmq: 255 } as const satisfies Record<keyof typeof KINDS, number>;
/** The server makes what is written to. */
const MADE_BY_USE = new Set<ResourceKind>(['elasticsearch', 'kafka', 'rabbitmq']);

export default strategy({
  id: 'own-name',
  kinds: Object.keys(KINDS) as (keyof typeof KINDS)[],
  summary: 'A name for each worker in the place of the bucket, table, index, topic or queue that the tests name.',
  plan(shared) {
    const kind = shared.resource.kind as keyof typeof KINDS;
    const unit = shared.resource.unit && constantText(shared.resource.unit);
    if (unit === undefined) return refusal('the name is not known');
    const outsider = servedOutside(shared);
    if (outsider) return outsider;
    const claims = shared.claims.filter((each) => each.resource.unit && constantText(each.resource.unit) === unit);
    const isMade = MADE_BY_USE.has(kind) || claims.some((each) => each.op === 'create');
    if (!isMade && !isMadeForAnyName(shared, claims)) return refusal(`no code of the suite makes \`${unit}\`, so nobody would make the worker's`);
    const draft = new Draft();
    for (const { resource, at } of claims) {
      const place = resource.unit?.kind === 'parts' ? resource.unit.at : undefined;
      if (!place || !isOurs(shared, place.path)) return refusal(`\`${(place ?? at).path}\` names it, which is no code of the tests`);
      const facts = shared.project.facts(place.path);
      const value = facts && decision(facts, place.span);
      if (value?.kind !== 'const' && value?.kind !== 'choice') return refusal(`how \`${place.path}\` makes the name is not written out`);
      const text = shared.project.text(place.path)!;
      if (!shared.runtime) {
        const why = numbered(shared, { path: place.path, within: value, name: unit, longest: LONGEST[kind], separator: '-' }, draft);
        if (why) return why;
        continue;
      }
      draft.replace(place.path, value.at, `workerName(${text.slice(...value.at)}, { kind: ${quoted(text, KINDS[kind])} })`);
      draft.uses(place.path, 'workerName');
    }
    const elsewhere = namedElsewhere(shared, unit, (path) => draft.changed(path));
    if (elsewhere) return elsewhere;
    const edits = draft.done(shared);
    if ('kind' in edits) return edits;
    return {
      kind: 'plan',
      says: `Name \`${unit}\` for each worker.`,
      why: MADE_BY_USE.has(kind) ? 'The server makes what is written to.' : 'What the tests run makes it, so each worker makes its own.',
      needs: shared.runtime
        ? [...LIBRARY_NEEDS, 'What the tests do not delete stays on the server, under a name that no later run uses.']
        : [...PLAIN_NEEDS, 'What the tests do not delete stays on the server, and the next run finds it there.'],
      edits,
      creates: new Map(),
    };
  },
});

/** Code of the product that uses the name, and makes tables or buckets under more than one, makes them for whatever name it is given. */
function isMadeForAnyName({ audited, resource }: Shared, claims: readonly Claim[]): boolean {
  const homes = new Set(claims.map(({ at }) => at.path));
  const made = audited.stories
    .flatMap((story) => story.claims)
    .flatMap(({ op, at, resource: { kind, unit } }) =>
      op === 'create' && kind === resource.kind && unit && unit.kind !== 'unknown' && homes.has(at.path) && !isTestSide(at.path) ? [{ at, unit }] : [],
    );
  return [...grouped(made, ({ at }) => placeKey(at)).values()].some((same) => new Set(same.map(({ unit }) => nameText(unit))).size > 1);
}
