import { detector } from '../model/detector.js';
import type { Finding } from '../model/finding.js';
import type { Claim, ResourceKind } from '../model/claims.js';
import { uniquePer } from '../model/names.js';
import type { Place } from '../model/place.js';
import type { Audited } from '../model/suite.js';
import { atOnce } from './at-once.js';
import {
  byTest,
  capital,
  distinct,
  holdings,
  isPrivate,
  isRolledBack,
  noted,
  plural,
  REMOVING_NOTHING,
  reachingBeyond,
  removesNothing,
  seenAt,
  sharedText,
  titleOf,
  toldTitle,
  withOwnUnits,
  type Claimed,
} from './sharing.js';
import { grouped } from '../model/grouped.js';

const KINDS: readonly ResourceKind[] = [
  'postgresql',
  'mysql',
  'mongodb',
  'neo4j',
  'clickhouse',
  'cassandra',
  'database',
  'redis',
  'memcached',
  'elasticsearch',
  'dynamodb',
  's3',
  'kafka',
  'rabbitmq',
  'nats',
  'sqs',
  'pubsub',
  'firestore',
  'couchdb',
  'etcd',
];
const SCOPES: Readonly<Record<string, string>> = {
  server: 'everything on the server of',
  database: 'the whole content of',
  schema: 'the whole schema of',
  namespace: 'everything under the prefix of',
  unit: 'every row of',
  path: 'the folder',
};

export default detector({
  id: 'unscoped-wipe',
  axis: ['A', 'W', 'P'],
  summary: 'A test empties something that other tests use.',
  wording: {
    what: '{scope} {title} is removed, while {others} on it.',
    why: '{reason}, so data disappears under a test that is still running.',
    fix: 'Remove only what the test made, or give each worker its own database.',
  },
  variants: {
    sessions: {
      what: 'Every session of {title} is ended, while {others} on it.',
      why: '{reason}, so the connection of a test that is still running breaks.',
      fix: 'End only the sessions of the test itself, or give each worker its own database.',
    },
    settings: {
      what: 'A setting of the whole server of {title} is changed, while {others} on it.',
      why: '{reason}, so a test that is still running meets the changed server.',
      fix: 'Change it for the session, or start a server for the suite.',
    },
    start: {
      what: '{scope} {title} is removed when a run starts.',
      why: 'Two runs that share the server, from two work trees or two jobs on one machine, remove the data of each other.',
      fix: 'Put an id of the run into the name, or start a server for each run.',
    },
  },
  detect(audited, surroundings) {
    const out: Finding[] = [];
    for (const holding of [...holdings(audited, KINDS).map((each) => withOwnUnits(audited, each)), ...reachingBeyond(audited, KINDS)]) {
      const byFile = grouped(
        holding.claims.filter(
          (claimed) =>
            claimed.claim.op === 'wipe' &&
            claimed.claim.wipes !== 'path' &&
            !isPrivate(claimed.claim.resource) &&
            !isRolledBack(claimed, holding) &&
            // Global set-up runs once, before the tests.
            claimed.story.role !== 'global-setup',
        ),
        ({ claim }) => wipedAt(claim).path,
      );
      for (const [file, wipes] of byFile) {
        const owners = new Set(wipes.flatMap((each) => (each.story.role === 'setup' ? audited.stories.map((story) => story.file) : [each.story.file])));
        const others = [...holding.files]
          .filter(([other, claims]) => (owners.size > 1 || !owners.has(other)) && wipes.some((wipe) => isHit(wipe.claim, claims)))
          .map(([other]) => other)
          .sort();
        const sure = [...holding.files].some(
          ([other, claims]) =>
            others.includes(other) &&
            claims.some((each) => each.claim.op !== 'acquire' && wipes.some((wipe) => wipe !== each && surelyHits(wipe.claim, each.claim))),
        );
        const first = wipes[0];
        const beside = others.length === 0 ? besideWipe(audited, wipes) : 0;
        const lonely = others.length === 0 && beside === 0 && surroundings.complete;
        const isOpened = [...holding.files.keys()].some((other) => !owners.has(other));
        const variant = Object.keys(REMOVING_NOTHING).find((each) => wipes.every(({ claim }) => claim.note === REMOVING_NOTHING[each]));
        const scope = wipes.map((each) => each.claim.wipes ?? 'unit').sort((a, b) => Object.keys(SCOPES).indexOf(a) - Object.keys(SCOPES).indexOf(b))[0]!;
        const callers = [...owners].filter((each) => each !== file).sort();
        out.push({
          rule: 'unscoped-wipe',
          axis: beside > 0 ? ['P'] : ['A', 'W'],
          confidence: lonely
            ? 'possible'
            : beside > 0
              ? 'likely'
              : sure && first.claim.assumed.length === 0 && holding.assumed.length === 0
                ? 'certain'
                : 'likely',
          ...(lonely
            ? { condition: isOpened ? 'another file works on this through code that was not followed' : 'another file or run uses the same server' }
            : {}),
          ...(variant === undefined ? {} : { variant }),
          files: [...new Set([...owners, ...others])].sort(),
          places: distinct([
            noted(wipedAt(first.claim), variant === 'settings' ? 'changed here' : 'emptied here'),
            ...wipes.slice(1, 9).map((each) => noted(wipedAt(each.claim), 'and here')),
            ...callers.slice(0, 8).flatMap((each) =>
              wipes
                .filter((wipe) => wipe.story.file === each)
                .slice(0, 1)
                .map((wipe) => noted(seenAt(wipe.claim), 'called here')),
            ),
            ...others.slice(0, 8).flatMap((each) =>
              [...(holding.files.get(each) ?? [])]
                .filter((other) => wipes.some((wipe) => hits(wipe.claim, other.claim)))
                .sort(byTest)
                .slice(0, 1)
                .map((other) => noted(seenAt(other.claim), 'used here, in another file')),
            ),
          ]),
          resource: { key: holding.key, title: holding.title, resource: holding.resource },
          values: {
            scope: capital(scope === 'unit' ? unitOf(wipes) : (SCOPES[scope] ?? 'every row of')),
            title: toldTitle(holding.title),
            others:
              beside > 0
                ? `${plural(beside, 'test')} of the same file work`
                : others.length === 0
                  ? 'other tests may work'
                  : `${plural(others.length, 'other test file')} ${others.length === 1 ? 'works' : 'work'}`,
            reason: beside > 0 ? audited.schedule.whyWithin : audited.schedule.why,
          },
        });
      }
    }
    return [...out, ...atTheStart(audited), ...nameless(audited)];
  },
});

/** How many tests of the file that empties it work on it while it is emptied: they run at once, and the wipe stands in them or in a hook around each. */
function besideWipe(audited: Audited, wipes: readonly Claimed[]): number {
  const inTests = wipes.filter((each) => each.claim.by.scope === 'test');
  const story = inTests[0]?.story;
  if (!story || inTests.some((each) => each.story !== story)) return 0;
  const used = story.claims.filter(({ op }) => op !== 'acquire');
  const tests = inTests.map((wipe) =>
    atOnce(
      audited,
      story,
      used.filter((claim) => wipe.claim === claim || (sameStore(wipe.claim, claim) && hits(wipe.claim, claim))),
    ),
  );
  return Math.max(...tests) > 1 ? Math.max(...tests) : 0;
}

const sameStore = (a: Claim, b: Claim): boolean =>
  a.resource.kind === b.resource.kind &&
  sharedText(a.resource.server) === sharedText(b.resource.server) &&
  sharedText(a.resource.name) === sharedText(b.resource.name);

/** What global set-up empties is empty for its own run; another run on the server may be in the middle of its tests. */
function atTheStart(audited: Audited): Finding[] {
  return holdings(audited, KINDS).flatMap((holding): Finding[] => {
    const wipes = holding.claims.filter(
      ({ claim, story }) => story.role === 'global-setup' && claim.op === 'wipe' && claim.wipes !== 'unit' && claim.wipes !== 'path',
    );
    if (wipes.length === 0 || [holding.resource.name, holding.resource.namespace].some((name) => name && uniquePer(name) !== 'constant')) return [];
    const scope = SCOPES[wipes[0]!.claim.wipes ?? 'database'] ?? 'everything in';
    return [
      {
        rule: 'unscoped-wipe',
        axis: ['R'],
        confidence: 'likely',
        variant: 'start',
        files: [],
        places: distinct([noted(wipedAt(wipes[0]!.claim), 'emptied here'), ...wipes.slice(1, 8).map((each) => noted(wipedAt(each.claim), 'and here'))]),
        resource: { key: holding.key, title: holding.title, resource: holding.resource },
        values: { scope: capital(scope), title: toldTitle(holding.title), others: '', reason: audited.schedule.why },
      },
    ];
  });
}

/** A wipe of a whole server, database or schema whose name nobody knows: worth a line at the end of the report, and no more. */
function nameless(audited: Audited): Finding[] {
  const byFile = new Map<string, Claimed[]>();
  for (const story of audited.stories) {
    for (const claim of story.claims) {
      if (claim.op !== 'wipe' || !KINDS.includes(claim.resource.kind) || isPrivate(claim.resource) || sharedText(claim.resource.name) !== undefined) continue;
      if (claim.wipes !== 'server' && claim.wipes !== 'database' && claim.wipes !== 'schema') continue;
      const { path } = wipedAt(claim);
      byFile.set(path, [...(byFile.get(path) ?? []), { claim, story }]);
    }
  }
  return [...byFile].map(([, wipes]): Finding => {
    const { claim } = wipes[0]!;
    const title = titleOf(claim.resource, false);
    return {
      rule: 'unscoped-wipe',
      axis: ['A', 'W'],
      confidence: 'possible',
      condition: 'other tests use the same one, whose name is not known',
      files: [...new Set(wipes.map((each) => each.story.file))].sort(),
      places: distinct(wipes.slice(0, 8).map((each, index) => noted(wipedAt(each.claim), index === 0 ? 'emptied here' : 'and here'))),
      resource: { key: `${claim.resource.kind}|?|unscoped-wipe`, title, resource: claim.resource },
      values: { scope: capital(SCOPES[claim.wipes ?? 'unit']!), title: toldTitle(title), others: 'other tests may work', reason: audited.schedule.why },
    };
  });
}

/** The statement where it is written: a `query(text)` of the product empties nothing by itself. */
const wipedAt = (claim: Claim): Place => claim.saidAt ?? claim.at;

/** A table that is emptied concerns those who use it, and those of whose statements nobody knows what they use. */
function hits(wipe: Claim, other: Claim): boolean {
  if (other.op === 'release' || (wipe.wipes !== undefined && wipe.wipes !== 'unit')) return other.op !== 'release';
  if (isPrivate(other.resource)) return false;
  const [emptied, used] = [wipe.resource.unit && sharedText(wipe.resource.unit), other.resource.unit && sharedText(other.resource.unit)];
  if (emptied === undefined) return true;
  return used === undefined ? other.op !== 'acquire' && !namesNoTable(other) : emptied.toLowerCase() === used.toLowerCase();
}

/** The table is named on both sides, or all tables are emptied. */
const surelyHits = (wipe: Claim, other: Claim): boolean => hits(wipe, other) && (wipe.wipes !== 'unit' || (namesUnit(wipe) && namesUnit(other)));

/** `SELECT 1`, a look at what tables there are, a setting of the server. */
const namesNoTable = (claim: Claim): boolean => claim.note === 'no table' || claim.note === 'system catalogue' || removesNothing(claim);

/** A file whose tables are known works on those, whatever else it says through code that hides its tables. */
function isHit(wipe: Claim, claims: readonly Claimed[]): boolean {
  const hit = claims.filter((each) => hits(wipe, each.claim));
  return hit.some((each) => wipe.wipes !== 'unit' || namesUnit(each.claim)) || (hit.length > 0 && !claims.some((each) => namesUnit(each.claim)));
}

const namesUnit = ({ resource: { unit } }: Claim): boolean => unit !== undefined && sharedText(unit) !== undefined;

const ROWS: Partial<Record<ResourceKind, string>> = {
  s3: 'object',
  dynamodb: 'item',
  elasticsearch: 'document',
  mongodb: 'document',
  neo4j: 'node',
  redis: 'key',
  memcached: 'key',
  kafka: 'message',
  rabbitmq: 'message',
  nats: 'message',
};

/** ``every row of `orders` in``: the tables that are emptied, as far as they are named. */
function unitOf(wipes: readonly Claimed[]): string {
  const names = [...new Set(wipes.flatMap((each) => (each.claim.resource.unit ? [sharedText(each.claim.resource.unit)] : [])))].filter(
    (each) => each !== undefined,
  );
  const rows = `every ${ROWS[wipes[0]!.claim.resource.kind] ?? 'row'} of`;
  if (names.length === 0) return rows;
  return `${rows} ${names
    .slice(0, 3)
    .map((each) => `\`${each}\``)
    .join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''} in`;
}
