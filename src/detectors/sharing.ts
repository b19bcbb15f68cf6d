/**
 * Which files hold which resource outside the process: the question that all rules about databases, Redis, queues, ports and
 * paths ask. It knows claims and names, and nothing of source text, libraries or runners.
 */
import type { Claim, Resource, ResourceKind } from '../model/claims.js';
import { alternatives, constantName, constantText, nameText, uniquePer, type Name } from '../model/names.js';
import { grouped } from '../model/grouped.js';
import { remembered } from '../model/remembered.js';
import type { Finding, NotedPlace } from '../model/finding.js';
import { type Place, placeKey, samePlace } from '../model/place.js';
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

/**
 * `let db = 0; if (process.env.JEST_WORKER_ID) db = Number(process.env.JEST_WORKER_ID);`: what else it could be is for where no tests run.
 * `app_${process.env.TEST_SLOT ?? '1'}` is told apart by who starts the workers.
 */
const isOfWorker = (name: Name): boolean =>
  name.kind === 'parts' &&
  name.parts.some(
    (part) =>
      typeof part !== 'string' &&
      part.values === undefined &&
      part.meets === undefined &&
      (part.varies === 'worker' || (part.varies === 'environment' && SLOTS.test(part.source))),
  );

/** Variables of the project's own that number workers, not how many there are; those of a runner that does not run are none. */
const SLOTS = /^env:(?!(JEST|VITEST|MOCHA|NODE_TEST|TAP|PLAYWRIGHT)_|TEST_(WORKER|PARALLEL)_INDEX)(\w+_)?(SLOT|(WORKER|SLOT)_?(ID|INDEX|NUMBER|NUM|NO))$/i;

/** The text by which a shared name is compared; constants before what comes from outside. */
export function sharedText(name: Name): string | undefined {
  const all = alternatives(name);
  if (all.some(isOfWorker)) return undefined;
  for (const each of all) {
    const text = constantText(each);
    if (text !== undefined) return text;
  }
  const outside = all.find((each) => each.kind === 'parts' && isShared(each));
  return outside ? nameText(outside) : undefined;
}

/** Whether a name is one of several that branches decide between, of which not all are known: this one may never be used. */
export function isGuess(name: Name): boolean {
  const all = alternatives(name);
  const constants = new Set(all.flatMap((each) => constantText(each) ?? [])).size;
  return constants > 2 || (constants === 2 && all.some((each) => each.kind === 'unknown'));
}

/** The variable that would have to be set for the name to be shared: `process.env.PORT ?? (await freePort())`. */
export function givenOnlyBy(name: Name): string | undefined {
  const all = alternatives(name);
  const outside = all.flatMap((each) =>
    each.kind === 'parts' ? each.parts.flatMap((part) => (typeof part !== 'string' && part.varies === 'environment' ? [part.source] : [])) : [],
  );
  const isElse = all.some((each) => each.kind === 'unknown' || !isShared(each));
  return isElse && outside.length > 0 && !all.some((each) => constantText(each) !== undefined)
    ? outside[0]!.replace(/^env:/, '').replace(/#.*$/, '')
    : undefined;
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

/** Queues live in Redis under names of their own: two files with different queues do not meet. */
export type Part = 'all' | 'queues' | 'no queues';
const QUEUES = new Set(['bullmq', 'bull', 'bee-queue', '@nestjs/bullmq', '@nestjs/bull']);
const isQueue = (claim: Claim): boolean => claim.resource.kind === 'redis' && claim.resource.unit !== undefined && QUEUES.has(claim.client);

/** Holdings of these kinds, one per server, name and namespace, and per unit where `byUnit` says so. */
export function holdings(audited: Audited, kinds: readonly ResourceKind[], byUnit = false, part: Part = 'all'): readonly Holding[] {
  const question = `${kinds.join()}${byUnit ? '+unit' : ''}${part}`;
  let answers = memo.get(audited);
  if (!answers) {
    answers = new Map<string, readonly Holding[]>();
    memo.set(audited, answers);
  }
  const known = answers.get(question);
  if (known) return known;
  const groups = new Map<string, Claimed[]>();
  const wanted = new Set(kinds);
  for (const story of [...audited.setup, ...audited.stories]) {
    for (const claim of story.claims) {
      if (!wanted.has(claim.resource.kind) || isPrivate(claim.resource) || isWayToOwn(claim, story)) continue;
      if (part !== 'all' && isQueue(claim) !== (part === 'queues')) continue;
      const told = inOwnDatabase(audited, story, claim);
      const key = (byUnit || !isNowhere(told) ? keyOf(told.resource, byUnit) : undefined) ?? (byUnit ? undefined : oneOpening(audited, told, story));
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

/**
 * A connection over which a file only creates and drops other databases, or works on those of its own: `CREATE DATABASE app_${id}` through `template1`; and
 * a client of MongoDB that is told one database by its address and asked for others: `client.db('app_1')`.
 */
function isWayToOwn({ op, handle, note, resource: { kind, name } }: Claim, story: FileStory): boolean {
  if (kind === 'neo4j' && (op === 'acquire' || op === 'read' || (op === 'write' && note === 'relationships'))) return hasLabelsOfItsOwn(story);
  if (op !== 'acquire' || handle === undefined) return false;
  // `SELECT version()` asks the server, and no table of a database.
  const asksServer = (each: Claim): boolean => each.op === 'read' && each.resource.unit === undefined;
  const through = story.claims.filter((each) => each.handle === handle && each.op !== 'acquire' && each.op !== 'release' && !asksServer(each));
  const isOther = (each: Claim): boolean => sharedText(each.resource.name) !== sharedText(name);
  return (
    through.length > 0 &&
    through.every((each) =>
      kind === 'mongodb'
        ? each.resource.name.kind !== 'unknown' && isOther(each)
        : isPrivate(each.resource) || ((each.op === 'create' || each.op === 'wipe') && (each.resource.name.kind === 'unknown' || isOther(each))),
    )
  );
}

const LOOKS: ReadonlySet<Claim['op']> = new Set(['acquire', 'read', 'release']);

/** A graph is one for all, and what a file puts into it stands under labels that are made up: `CREATE (:${unique('Order')})`. */
const hasLabelsOfItsOwn = remembered((story: FileStory): boolean => {
  // A relationship is found by the nodes that it joins.
  const changing = story.claims.filter(
    ({ op, note, resource: { kind } }) => kind === 'neo4j' && !LOOKS.has(op) && !(op === 'write' && note === 'relationships'),
  );
  return changing.length > 0 && changing.every(({ resource }) => isPrivate(resource));
});

/** Names that nobody has read come from one expression all the same, unless it is handed a name, makes one up or starts a server. */
const FROM_ONE_PLACE = /^what `|^`[^`]+` of (an object|a library|the configuration)|^a property of a spread|is not exported|cannot be read|is not found/;
const MAKES_ITS_OWN = /memory|container|random|uuid|nanoid|free|port|tmp|temp|mock|fake|unique|worker|embedded|docker/i;

/** It stands in no function of the file: the file opens it once, while it loads. */
const isOutermost = (audited: Audited, path: string, offset: number): boolean =>
  audited.facts(path)?.functions.every(({ kind, at }) => kind === 'module' || offset < at[0] || at[1] <= offset) ?? false;

/** Database 0 of some Redis is no name: without its server, nothing tells it from database 0 of another. */
const isNowhere = ({ resource: { kind, server } }: Claim): boolean => kind === 'redis' && uniquePer(server) === 'unknown';

/** The key of a client that every test file opens through one call outside the tests, wherever its name comes from. */
function oneOpening(audited: Audited, claim: Claim, story: FileStory): string | undefined {
  if (!HAS_SCHEMAS.has(claim.resource.kind) && claim.resource.kind !== 'redis') return undefined;
  const name = alternatives(isNowhere(claim) ? claim.resource.server : claim.resource.name)[0];
  const [, opened, offset] = (claim.handle === undefined ? undefined : /^at:(.*):(\d+)$/.exec(claim.handle)) ?? [];
  if (!opened || opened === story.file || name?.kind !== 'unknown' || MAKES_ITS_OWN.test(name.why)) return undefined;
  if (!FROM_ONE_PLACE.test(name.why) && !(isNowhere(claim) && isOutermost(audited, opened, Number(offset)))) return undefined;
  // A file that makes a database, under a name of its own or one that nobody has read, opens the one that it has made.
  if (story.claims.some((each) => each.resource.kind === claim.resource.kind && (isPrivate(each.resource) || makesUnread(each)))) return undefined;
  return [claim.resource.kind, '?', claim.handle].join('|');
}

const makesUnread = ({ op, resource: { name, unit } }: Claim): boolean => op === 'create' && unit === undefined && name.kind === 'unknown';

const HAS_SCHEMAS = new Set<ResourceKind>(['postgresql', 'mysql', 'mongodb', 'neo4j', 'clickhouse', 'cassandra', 'database']);

/** A file that hands a name of its own to the helper works in the database or schema of that name, wherever the helper puts it. */
function inOwnDatabase(audited: Audited, story: FileStory, claim: Claim): Claim {
  if (story.role !== 'test' || claim.resource.namespace || !HAS_SCHEMAS.has(claim.resource.kind)) return claim;
  const own = ownDatabases(audited).get(story.file);
  if (!own || own.text === sharedText(claim.resource.name)) return claim;
  return {
    ...claim,
    resource: { ...claim.resource, namespace: constantName(own.text, own.at) },
    decidedAt: own.at,
    assumed: [...claim.assumed, 'the helper keeps the files apart by the name that it is given'],
  };
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
  if (uniquePer(first.claim.resource.name) === 'unknown') assumed.add('the name, which is not known, is the same each time');
  return { key, title: titleOf(first.claim.resource, byUnit), resource: first.claim.resource, claims, files, assumed: [...assumed] };
}

const KINDS: Readonly<Record<ResourceKind, string>> = {
  postgresql: 'PostgreSQL database',
  mysql: 'MySQL database',
  sqlite: 'SQLite file',
  mongodb: 'MongoDB database',
  redis: 'Redis database',
  neo4j: 'Neo4j database',
  elasticsearch: 'Elasticsearch',
  clickhouse: 'ClickHouse database',
  dynamodb: 'DynamoDB',
  cassandra: 'Cassandra keyspace',
  kafka: 'Kafka',
  rabbitmq: 'RabbitMQ',
  nats: 'NATS',
  mqtt: 'MQTT',
  s3: 'S3',
  sqs: 'SQS',
  pubsub: 'Pub/Sub project',
  firestore: 'Firestore project',
  couchdb: 'CouchDB database',
  etcd: 'etcd',
  memcached: 'memcached',
  filesystem: 'path',
  'network-port': 'port',
  container: 'container',
  database: 'Database',
};

const UNITS: Partial<Record<ResourceKind, string>> = {
  s3: 'S3 bucket',
  dynamodb: 'DynamoDB table',
  elasticsearch: 'Elasticsearch index',
  kafka: 'Kafka topic',
  sqs: 'SQS queue',
  pubsub: 'Pub/Sub topic',
  firestore: 'Firestore collection',
  etcd: 'etcd key',
};

/** ``PostgreSQL database `app_test` ``. */
export function titleOf(resource: Resource, withUnit: boolean): string {
  const name = shownName(resource.name);
  const noun = UNITS[resource.kind];
  if (noun && withUnit && resource.unit) return `${noun} ${shownName(resource.unit)}${name === '' ? '' : ` in ${name}`}`;
  const base = `${KINDS[resource.kind]}${name === '' ? (HAS_SCHEMAS.has(resource.kind) ? ' whose name is not in the source' : '') : ` ${name}`}`;
  const namespace = resource.namespace && sharedText(resource.namespace) ? `, schema or prefix ${shownName(resource.namespace)}` : '';
  const unit = withUnit && resource.unit ? `, ${shownName(resource.unit)}` : '';
  return base + namespace + unit;
}

/** A title inside a sentence: a database without a name takes an article. */
export const toldTitle = (title: string): string => (title.includes(' whose name is not in the source') ? `the ${title}` : title);
export const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

/** A name as the reader knows it: `app_test`, `$DATABASE_URL`, the default. */
export function shownName(name: Name): string {
  const text = sharedText(name);
  if (text === undefined) return '';
  if (text === '(default)') return '(default)';
  const outside = /^\{env:(\w+)(?:#[\w.]+)*\}$/.exec(text);
  return outside ? `from \`$${outside[1]}\`` : `\`${text.replace(/^<(root|cwd)>\//, '').replaceAll(/\{env:(\w+)(?:#[\w.]+)*\}/g, '$$$1')}\``;
}

/** FLUSHALL empties all databases of a server, FLUSHDB and DBSIZE know no prefix: however private the client's own names are, these reach the others. */
export function reachingBeyond(audited: Audited, kinds: readonly ResourceKind[], op: 'wipe' | 'count' = 'wipe'): readonly Holding[] {
  const all = audited.stories.flatMap((story) => story.claims.filter((claim) => kinds.includes(claim.resource.kind)).map((claim) => ({ claim, story })));
  const out = new Map<string, Holding>();
  for (const { claim } of all) {
    if (claim.op !== op || !isPrivate(claim.resource)) continue;
    const reach = reached(claim);
    if (!reach || isPrivate(reach)) continue;
    const key = keyOf(reach, false);
    if (key === undefined || out.has(key)) continue;
    const told = all.flatMap((each): Claimed[] => {
      const own = each.claim.op === op && isPrivate(each.claim.resource) ? reached(each.claim) : undefined;
      if (own && keyOf(own, false) === key) return [{ ...each, claim: { ...each.claim, resource: own } }];
      if (each.claim.resource.kind !== reach.kind || sharedText(each.claim.resource.server) !== sharedText(reach.server)) return [];
      const inside = { ...each.claim.resource, name: claim.wipes === 'server' ? reach.name : each.claim.resource.name, namespace: undefined };
      return keyOf(withoutNamespace(inside), false) === key
        ? [{ ...each, claim: { ...each.claim, op: each.claim.op === op ? 'write' : each.claim.op, resource: withoutNamespace(inside) } }]
        : [];
    });
    out.set(key, holding(key, told, audited, false));
  }
  return [...out.values()];
}

/** The same with those who keep to a table, collection or label of their own there: what concerns all of it reaches them too. */
export function withOwnUnits(audited: Audited, of: Holding): Holding {
  const own = audited.stories.flatMap((story) => story.claims.filter((claim) => isInOwnUnit(claim, of.key)).map((claim) => ({ claim, story })));
  return own.length === 0 ? of : { ...holding(of.key, [...of.claims, ...own], audited, false), title: of.title, resource: of.resource, assumed: of.assumed };
}

function isInOwnUnit({ resource }: Claim, key: string): boolean {
  if (!resource.unit || !isPrivate(resource)) return false;
  const { unit: _, ...around } = resource;
  return !isPrivate(around) && keyOf(around, false) === key;
}

function withoutNamespace({ namespace: _, ...rest }: Omit<Resource, 'namespace'> & { readonly namespace?: Name | undefined }): Resource {
  return rest;
}

/** What a statement about everything reaches: the server, or the database whatever the prefix. */
function reached(claim: Claim): Resource | undefined {
  if (claim.resource.kind !== 'redis' || uniquePer(claim.resource.server) === 'unknown') return undefined;
  if (claim.wipes === 'server') return { kind: 'redis', server: claim.resource.server, name: constantName('all databases of the server') };
  return claim.wipes === 'database' || (claim.op === 'count' && !claim.resource.unit) ? withoutNamespace(claim.resource) : undefined;
}

/** A port of the machine that is given to a container. */
export const isContainerPort = (claim: Claim): boolean => claim.resource.kind === 'network-port' && /testcontainers|dockerode/.test(claim.client);

export function containerPorts(audited: Audited): readonly Holding[] {
  return holdings(audited, ['network-port']).flatMap((holding) => {
    const claims = holding.claims.filter((each) => isContainerPort(each.claim));
    return claims.length === 0 ? [] : [{ ...holding, claims, title: `host port ${shownName(holding.resource.name)}` }];
  });
}

/** Where a claim shows in its story: the call in the test file that leads to it, or the claim itself. */
export function seenAt(claim: Pick<Claim, 'at' | 'via' | 'by'>): Place {
  const own = claim.via.find((place) => place.path === claim.by.file);
  return claim.at.path === claim.by.file ? claim.at : (own ?? claim.at);
}

/** Findings of one file that differ only in the name, which one place decides, as one: `test-${port}.proto` for five ports has one thing to change. */
export function oncePerDecision(findings: readonly Finding[], name: string): Finding[] {
  const byDecision = grouped(findings, ({ rule, variant, files, places: [first] }) => [rule, variant, ...files, placeKey(first)].join('\0'));
  return [...byDecision.values()].map((same) => {
    const [first] = same as [Finding];
    return same.length === 1
      ? first
      : { ...first, values: { ...first.values, [name]: `${first.values[name]!}, one of ${same.length} that one place decides,` } };
  });
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

/** What a test itself does comes before what its hooks do, writes before reads. */
export const byTest = (a: Claimed, b: Claimed): number =>
  Number(b.claim.by.role === 'test') - Number(a.claim.by.role === 'test') || harm(a) - harm(b) || a.claim.at.span[0] - b.claim.at.span[0];

/** Said of what acts on a whole server or database and removes nothing from it, by the form in which the rule about wipes tells it. */
export const REMOVING_NOTHING: Readonly<Record<string, string>> = { sessions: 'ends other sessions', settings: 'changes settings of the whole server' };

export const removesNothing = ({ note }: Claim): boolean => note !== undefined && Object.values(REMOVING_NOTHING).includes(note);

const NOTES: Readonly<Record<string, string>> = {
  wipe: 'emptied here',
  write: 'written here',
  bind: 'bound here',
  create: 'created here',
  count: 'counted here',
  acquire: 'opened here',
  read: 'read here',
};
/** What is written at the place where a claim is seen; where that is an import, the file that it loads does it. */
export const noteOf = (claim: Claim): string =>
  `${NOTES[claim.op] ?? 'used here'}${claim.by.role === 'module' && seenAt(claim) !== claim.at ? ', when this is loaded' : ''}`;

/** One place for each file, the most harmful claim of each; at most one for each file and in a stable order. */
export function claimPlaces(of: Holding, files: readonly string[]): NotedPlace[] {
  const worst = files.map((file) => {
    const claims = [...(of.files.get(file) ?? [])].sort((a, b) => harm(a) - harm(b) || a.claim.at.span[0] - b.claim.at.span[0]);
    return { file, claimed: claims[0]! };
  });
  worst.sort((a, b) => harm(a.claimed) - harm(b.claimed) || (a.file < b.file ? -1 : 1));
  return worst.map(({ claimed }) => noted(seenAt(claimed.claim), `${noteOf(claimed.claim)}${claimed.story.role === 'setup' ? ' for every test file' : ''}`));
}

/** The calls in helpers that lead several files to it, nearest to the tests first. */
export function commonWays(of: Holding): Place[] {
  const ways = new Map<string, { place: Place; files: Set<string> }>();
  for (const { claim, story } of of.claims) {
    for (const place of claim.via) {
      if (place.path === story.file) continue;
      const key = placeKey(place);
      const known = ways.get(key) ?? { place, files: new Set<string>() };
      known.files.add(story.file);
      ways.set(key, known);
    }
  }
  return [...ways.values()]
    .filter((each) => each.files.size > 1)
    .sort((a, b) => b.files.size - a.files.size || (a.place.path < b.place.path ? -1 : 1) || a.place.span[0] - b.place.span[0])
    .map((each) => each.place);
}

/** Where the name is decided, most often decided first. */
export function decidedPlaces(claims: readonly Claimed[], byUnit = false): Place[] {
  const counts = new Map<string, { place: Place; count: number }>();
  for (const { claim } of claims) {
    const place = (byUnit && claim.resource.unit?.kind === 'parts' ? claim.resource.unit.at : undefined) ?? decidingPlace(claim);
    if (!place) continue;
    const key = placeKey(place);
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { place, count: 1 });
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count || (a.place.path < b.place.path ? -1 : 1) || a.place.span[0] - b.place.span[0])
    .map((each) => each.place);
}

/** So many places are told that decide one name. */
const MOST_DECISIONS = 12;

/** The places that decide `what`, as a finding tells them: the one that decides most often, then the others. */
export const decisions = (what: string, decided: readonly Place[]): NotedPlace[] =>
  decided.slice(0, MOST_DECISIONS).map((place, index) => noted(place, index === 0 ? `${what} is decided here` : 'and here'));

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
