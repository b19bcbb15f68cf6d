/**
 * Which files hold which resource outside the process: the question that all rules about databases, Redis, queues, ports and
 * paths ask. It knows claims and names, and nothing of source text, libraries or runners.
 */
import type { Claim, Resource, ResourceKind } from '../model/claims.js';
import { alternatives, constantName, constantText, nameText, uniquePer, type Name } from '../model/names.js';
import type { NotedPlace } from '../model/finding.js';
import { samePlace, type Place } from '../model/place.js';
import type { Audited, FileStory } from '../model/suite.js';
import { ownDatabases } from './separators.js';

export interface Claimed {
  readonly claim: Claim;
  readonly story: FileStory;
}

/** One resource and all who hold it. */
export interface Holding {
  readonly key: string;
  readonly title: string;
  readonly resource: Resource;
  readonly claims: readonly Claimed[];
  /** Test files that hold it, by path. A claim of a setup file is a claim of every test file. */
  readonly files: ReadonlyMap<string, readonly Claimed[]>;
  /** Steps that had to be assumed for it to be one resource. */
  readonly assumed: readonly string[];
}

/** Names that are the same for every worker of one run. */
export function isShared(name: Name | undefined): boolean {
  if (!name) return true;
  const per = uniquePer(name);
  return per === 'constant' || per === 'environment' || per === 'run';
}

/** The text by which a shared name is compared; constants before what comes from outside. */
export function sharedText(name: Name): string | undefined {
  const all = alternatives(name);
  for (const each of all) {
    const text = constantText(each);
    if (text !== undefined) return text;
  }
  const outside = all.find((each) => each.kind === 'parts' && isShared(each));
  return outside ? nameText(outside) : undefined;
}

/** Private to whoever opened it: some part of its identity differs for every worker, file, test or call. */
export function isPrivate(resource: Resource): boolean {
  return [resource.server, resource.name, resource.namespace, resource.unit].some((name) => {
    if (!name) return false;
    const per = uniquePer(name);
    return per === 'worker' || per === 'file' || per === 'test' || per === 'call';
  });
}

const memo = new WeakMap<Audited, Map<string, readonly Holding[]>>();

/** Holdings of these kinds, one per server, name and namespace, and per unit where `byUnit` says so. */
export function holdings(audited: Audited, kinds: readonly ResourceKind[], byUnit = false): readonly Holding[] {
  const question = `${kinds.join()}${byUnit ? '+unit' : ''}`;
  let answers = memo.get(audited);
  if (!answers) memo.set(audited, (answers = new Map()));
  const known = answers.get(question);
  if (known) return known;
  const groups = new Map<string, Claimed[]>();
  const wanted = new Set(kinds);
  for (const story of [...audited.setup, ...audited.stories]) {
    for (const claim of story.claims) {
      if (!wanted.has(claim.resource.kind) || isPrivate(claim.resource)) continue;
      const told = inOwnDatabase(audited, story, claim);
      const key = keyOf(told.resource, byUnit);
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group) group.push({ claim: told, story });
      else groups.set(key, [{ claim: told, story }]);
    }
  }
  const out = [...groups].map(([key, claims]) => holding(key, claims, audited, byUnit)).sort((a, b) => (a.key < b.key ? -1 : 1));
  answers.set(question, out);
  return out;
}

const HAS_SCHEMAS = new Set<ResourceKind>(['postgresql', 'mysql', 'mongodb', 'neo4j', 'clickhouse', 'cassandra', 'database']);

/** A file that hands a name of its own to the helper works in the database or schema of that name, wherever the helper puts it. */
function inOwnDatabase(audited: Audited, story: FileStory, claim: Claim): Claim {
  if (story.role !== 'test' || claim.resource.namespace || !HAS_SCHEMAS.has(claim.resource.kind)) return claim;
  const own = ownDatabases(audited).get(story.file);
  if (!own || own.text === sharedText(claim.resource.name)) return claim;
  return { ...claim, resource: { ...claim.resource, namespace: constantName(own.text, own.at) }, decidedAt: own.at, assumed: [...claim.assumed, 'the helper keeps the files apart by the name that it is given'] };
}

function keyOf(resource: Resource, byUnit: boolean): string | undefined {
  const name = sharedText(resource.name);
  if (name === undefined) return undefined;
  const namespace = resource.namespace ? sharedText(resource.namespace) : '';
  if (namespace === undefined) return undefined;
  const unit = byUnit ? (resource.unit ? sharedText(resource.unit) : undefined) : '';
  if (unit === undefined) return undefined;
  return [resource.kind, sharedText(resource.server) ?? '?', name, namespace, unit].join('|');
}

function holding(key: string, claims: readonly Claimed[], audited: Audited, byUnit: boolean): Holding {
  const files = new Map<string, Claimed[]>();
  const add = (file: string, claimed: Claimed): void => {
    const known = files.get(file);
    if (known) known.push(claimed);
    else files.set(file, [claimed]);
  };
  for (const claimed of claims) {
    if (claimed.story.role === 'test') add(claimed.story.file, claimed);
    else if (claimed.story.role === 'setup') for (const story of audited.stories) add(story.file, claimed);
  }
  const first = claims.find((each) => each.claim.assumed.length === 0) ?? claims[0]!;
  const assumed = new Set<string>();
  if (uniquePer(first.claim.resource.server) === 'unknown') assumed.add('the server is the same');
  return { key, title: titleOf(first.claim.resource, byUnit), resource: first.claim.resource, claims, files, assumed: [...assumed] };
}

const KINDS: Readonly<Record<ResourceKind, string>> = {
  postgresql: 'PostgreSQL database', mysql: 'MySQL database', sqlite: 'SQLite file', mongodb: 'MongoDB database', redis: 'Redis database', neo4j: 'Neo4j database',
  elasticsearch: 'Elasticsearch', clickhouse: 'ClickHouse database', dynamodb: 'DynamoDB', cassandra: 'Cassandra keyspace', kafka: 'Kafka', rabbitmq: 'RabbitMQ', nats: 'NATS',
  mqtt: 'MQTT', s3: 'S3', memcached: 'memcached', filesystem: 'path', 'network-port': 'port', container: 'container', database: 'database',
};

/** ``PostgreSQL database `app_test` ``. */
export function titleOf(resource: Resource, withUnit: boolean): string {
  const name = shownName(resource.name);
  const base = `${KINDS[resource.kind]}${name === '' ? '' : ` ${name}`}`;
  const namespace = resource.namespace && sharedText(resource.namespace) ? `, schema or prefix ${shownName(resource.namespace)}` : '';
  const unit = withUnit && resource.unit ? `, ${shownName(resource.unit)}` : '';
  return base + namespace + unit;
}

/** A name as the reader knows it: `app_test`, `$DATABASE_URL`, the default. */
export function shownName(name: Name): string {
  const text = sharedText(name);
  if (text === undefined) return '';
  if (text === '(default)') return '(default)';
  const outside = /^\{env:(\w+)(?:#\w+)?\}$/.exec(text);
  return outside ? `from \`$${outside[1]}\`` : `\`${text.replace(/^<(root|cwd)>\//, '').replaceAll(/\{env:(\w+)(?:#\w+)?\}/g, '$$$1')}\``;
}

/** Where a claim shows in its story: the call in the test file that leads to it, or the claim itself. */
export function seenAt(claim: Pick<Claim, 'at' | 'via' | 'by'>): Place {
  const own = claim.via.find((place) => place.path === claim.by.file);
  return claim.at.path === claim.by.file ? claim.at : (own ?? claim.at);
}

/** Places without repeats, in order; the first stays first. */
export function distinct(places: readonly NotedPlace[]): [NotedPlace, ...NotedPlace[]] {
  const out: NotedPlace[] = [];
  for (const place of places) if (!out.some((known) => samePlace(known, place))) out.push(place);
  return out as [NotedPlace, ...NotedPlace[]];
}

export const noted = (place: Place, note: string): NotedPlace => ({ path: place.path, span: place.span, note });

/** Ranks what a claim does: what does most harm first. */
const HARM: Readonly<Record<string, number>> = { wipe: 0, write: 1, bind: 1, create: 2, mutate: 2, count: 3, acquire: 4, read: 5, release: 6, restore: 6 };
export const harm = (claimed: Claimed): number => HARM[claimed.claim.op] ?? 5;

const NOTES: Readonly<Record<string, string>> = { wipe: 'emptied here', write: 'written here', bind: 'bound here', create: 'created here', count: 'counted here', acquire: 'opened here', read: 'read here' };
export const noteOf = (claim: Claim): string => NOTES[claim.op] ?? 'used here';

/** One place for each file, the most harmful claim of each; at most one for each file and in a stable order. */
export function claimPlaces(of: Holding, files: readonly string[]): NotedPlace[] {
  const worst = files.map((file) => {
    const claims = [...(of.files.get(file) ?? [])].sort((a, b) => harm(a) - harm(b) || a.claim.at.span[0] - b.claim.at.span[0]);
    return { file, claimed: claims[0]! };
  });
  worst.sort((a, b) => harm(a.claimed) - harm(b.claimed) || (a.file < b.file ? -1 : 1));
  return worst.map(({ claimed }) => noted(seenAt(claimed.claim), `${noteOf(claimed.claim)}${claimed.story.role === 'setup' ? ' for every test file' : ''}`));
}

/** Where the name is decided, most often decided first. */
export function decidedPlaces(claims: readonly Claimed[]): Place[] {
  const counts = new Map<string, { place: Place; count: number }>();
  for (const { claim } of claims) {
    const place = decidingPlace(claim);
    if (!place) continue;
    const key = `${place.path}:${place.span[0]}`;
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { place, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.place.path < b.place.path ? -1 : 1) || a.place.span[0] - b.place.span[0]).map((each) => each.place);
}

/** Inside one database the schema or prefix decides, where the project says one. */
function decidingPlace({ resource: { namespace }, decidedAt }: Claim): Place | undefined {
  return (namespace?.kind === 'parts' ? namespace.at : undefined) ?? decidedAt;
}

/** All that a file does to it through one connection stands between BEGIN and ROLLBACK: nobody else sees it. */
export function isRolledBack(claimed: Claimed, holding: Holding): boolean {
  if (holding.resource.kind === 'mysql') return false;
  const { handle } = claimed.claim;
  if (handle === undefined) return false;
  const notes = (holding.files.get(claimed.story.file) ?? []).filter((each) => each.claim.handle === handle).map((each) => each.claim.note);
  return notes.includes('begin') && notes.includes('rollback') && !notes.includes('commit');
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
