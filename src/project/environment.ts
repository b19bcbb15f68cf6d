import { posix } from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import type { Place } from '../model/place.js';
import type { RunnerUse } from '../model/runner.js';
import { readCompose, type ComposeFile } from './compose.js';
import { inFixture } from './packages.js';
import type { ProjectGap, Walk } from './walk.js';
import type { Ci } from './workflows.js';

/** A value that an environment variable can have, and what says so. */
interface EnvValue {
  readonly value: string;
  readonly at: Place;
  /** `.env.test`, `workflow ci.yml job test`, `script test`, `service db of docker-compose.yml`. */
  readonly from: string;
}

/** A server that the project starts for its tests or for development. */
interface ServiceUse {
  /** A kind of resource where the image tells (`postgresql`), else the image's own name. */
  readonly kind: string;
  readonly name: string;
  readonly from: string;
  readonly image?: string;
  readonly at: Place;
}

/** A container whose name or host port is fixed, so that a second run on the machine meets it. */
interface FixedContainer {
  readonly what: 'container-name' | 'host-port' | 'project-name';
  readonly value: string;
  readonly service?: string;
  readonly file: string;
  readonly at: Place;
}

export interface Environment {
  /** By variable; the most telling source first: scripts, `.env.test`, CI, `.env`, compose, examples. */
  readonly values: ReadonlyMap<string, readonly EnvValue[]>;
  readonly services: readonly ServiceUse[];
  readonly containers: readonly FixedContainer[];
  readonly gaps: readonly ProjectGap[];
}

const ENV_FILE = /^(?:\.env(?:\.[\w.-]+)?|[\w-]+\.env|\.envrc|env\.(?:test|ci))$/;

/** What the project says about variables and servers outside its code. Nothing is executed and nothing of this machine is read. */
export function readEnvironment(walk: Walk, ci: Ci, uses: readonly RunnerUse[]): Environment {
  const gaps: ProjectGap[] = [];
  const found: { rank: number; name: string; value: EnvValue }[] = [];
  const add = (rank: number, name: string, value: EnvValue): void => void found.push({ rank, name, value });
  for (const use of uses) {
    for (const { env, from, at, writtenIn } of use.commands)
      if (at && !from.startsWith('workflow'))
        for (const [name, value] of Object.entries(env)) add(0, name, { value, at: writtenPlace(walk, at, writtenIn, name, value), from });
  }
  for (const { name, value, from, at } of ci.variables) add(2, name, { value, at, from });
  const given = new Map(uses.flatMap((use) => use.commands.flatMap(({ envFiles }) => (envFiles ?? []).map((path, at) => [path, at] as const))));
  for (const path of walk.files) {
    const base = posix.basename(path);
    if (!ENV_FILE.test(base) || inFixture(path)) continue;
    const { text, ...refusal } = walk.read(path) as { text?: string; detail?: string };
    if (text === undefined) {
      gaps.push({ path, why: refusal.detail ?? 'it cannot be read' });
      continue;
    }
    const spans = envSpans(text);
    const rank = given.has(path) ? GIVEN + given.get(path)! / 100 : envRank(base);
    for (const [name, value] of Object.entries(parseDotenv(text))) add(rank, name, { value, at: { path, span: spans.get(name) ?? [0, 0] }, from: path });
  }
  const compose = readCompose(walk, gaps);
  for (const { path, services } of compose) {
    for (const service of services)
      for (const { name, value, at } of service.environment) add(4, name, { value, at, from: `service ${service.name} of ${path}` });
  }
  found.sort((a, b) => a.rank - b.rank);
  const values = new Map<string, EnvValue[]>();
  for (const { name, value } of found) {
    const known = values.get(name) ?? [];
    if (!known.some((each) => each.value === value.value && each.from === value.from)) known.push(value);
    values.set(name, known);
  }
  return { values, services: servicesOf(ci, compose), containers: containersOf(compose), gaps };
}

/** A file that a command names comes after what the command sets itself. */
const GIVEN = 0.1;

/** `test: make test`: the value stands in the file that says the command, or in another script. */
function writtenPlace(walk: Walk, at: Place, writtenIn: string | undefined, name: string, value: string): Place {
  const read = (path: string): string => walk.read(path).text ?? '';
  if (
    value === '' ||
    read(at.path)
      .slice(...at.span)
      .includes(value)
  )
    return at;
  for (const path of [...(writtenIn === undefined ? [] : [writtenIn]), at.path]) {
    const text = read(path);
    for (const start of ['', '"', "'", '\\"'].map((quote) => text.indexOf(`${name}=${quote}${value}`)))
      if (start >= 0) {
        const begins = text.indexOf(value, start + name.length);
        return { path, span: [begins, begins + value.length] };
      }
  }
  return at;
}

function envRank(base: string): number {
  if (/example|sample|template|dist|default/.test(base)) return 5;
  return /test|ci\b|e2e|integration/.test(base) ? 1 : 3;
}

/** Where each assigned value stands, the last one winning as in dotenv. */
function envSpans(text: string): Map<string, readonly [number, number]> {
  const spans = new Map<string, readonly [number, number]>();
  for (const match of text.matchAll(/^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*[=:][ \t]*("(?:\\"|[^"])*"|'(?:\\'|[^'])*'|[^#\r\n]*)/gm)) {
    const value = (match[2] ?? '').trimEnd();
    const start = match.index + match[0].length - (match[2] ?? '').length;
    spans.set(match[1] ?? '', [start, start + value.length]);
  }
  return spans;
}

function servicesOf(ci: Ci, compose: readonly ComposeFile[]): ServiceUse[] {
  return [
    ...compose.flatMap(({ path, services }) =>
      services.flatMap(({ name, image, at }) => (image === undefined ? [] : [{ kind: serviceKind(image), name, from: path, image, at }])),
    ),
    ...ci.services.map(({ name, image, from, at }) => ({ kind: serviceKind(image), name, from, image, at })),
  ];
}

function containersOf(compose: readonly ComposeFile[]): FixedContainer[] {
  return compose.flatMap(({ path: file, projectName, services }): FixedContainer[] => [
    ...(projectName ? [{ what: 'project-name' as const, value: projectName.value, file, at: projectName.at }] : []),
    ...services.flatMap((service): FixedContainer[] => [
      ...(service.containerName
        ? [{ what: 'container-name' as const, value: service.containerName.value, service: service.name, file, at: service.containerName.at }]
        : []),
      ...service.hostPorts.map(({ value, at }) => ({ what: 'host-port' as const, value, service: service.name, file, at })),
    ]),
  ]);
}

/** By words in the image's name, the registry and the tag aside: `bitnami/postgresql:16` and `postgis/postgis` are PostgreSQL. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/postg|timescale|pgvector|cockroach|supabase|edgedb|gel/, 'postgresql'],
  [/mysql|mariadb|percona|vitess|tidb/, 'mysql'],
  [/mongo|ferretdb/, 'mongodb'],
  [/redis|valkey|keydb|dragonfly/, 'redis'],
  [/neo4j|memgraph/, 'neo4j'],
  [/elasticsearch|opensearch/, 'elasticsearch'],
  [/clickhouse/, 'clickhouse'],
  [/dynamodb/, 'dynamodb'],
  [/cassandra|scylla/, 'cassandra'],
  [/kafka|redpanda/, 'kafka'],
  [/rabbitmq|lavinmq/, 'rabbitmq'],
  [/\bnats\b/, 'nats'],
  [/mosquitto|emqx|vernemq/, 'mqtt'],
  [/minio|localstack|s3mock|seaweedfs|fake-s3|adobe\/s3/, 's3'],
  [/memcached/, 'memcached'],
  [
    /mssql|sql-edge|oracle|db2|hana|firebird|couch|arango|dgraph|surreal|rethink|influx|questdb|typesense|meilisearch|qdrant|weaviate|milvus|spanner|firestore|bigtable/,
    'database',
  ],
];

export function serviceKind(image: string): string {
  const name = image
    .replace(/@sha256:.*$/, '')
    .replace(/:[^/:]*$/, '')
    .toLowerCase();
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? posix.basename(name);
}
