/** Databases that belong to one worker: made when they are first asked for, once for all files that the worker runs. */
import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { digest } from './digest.js';
import { nameOf, runOfName } from './names.js';
import { note, noted } from './place.js';
import { ask } from './service.js';
import { claimFolder } from './service/claims.js';
import type { Claim, ServerKind } from './service/requests.js';
import { thisWorker } from './slot.js';
import { databaseOf, fileOf, kindOfUrl, serverOf, withDatabase, withMongoDatabase, withoutPassword, type DatabaseKind } from './urls.js';

export interface DatabaseOptions {
  /** What to clone: a database of the same server, or false for an empty one. Without it, the one that the connection string names, where there is one. */
  readonly template?: string | false;
  /** A shell command that fills an empty database, which it finds in `DATABASE_URL`: once in a run where the server can clone, else for each worker. */
  readonly migrate?: string;
  /** A directory in which the project's client can be resolved. Without it, the working directory. */
  readonly from?: string;
}

/**
 * The connection string of this worker's own database on the server of `url`. The first call of a worker makes the database, and waits for it.
 * Understands PostgreSQL (`postgres:`), MySQL and MariaDB (`mysql:`, `mariadb:`), MongoDB (`mongodb:`), Neo4j (`neo4j:`, `bolt:`, with the database as path),
 * Redis (`redis:`, a logical database) and SQLite (`file:`, `sqlite:`, a file in the worker's directory).
 */
export function workerDatabase(url: string, options: DatabaseOptions = {}): string {
  return Object.values(pointed()).includes(url) ? url : ownDatabase(url, { DATABASE_URL: '{url}' }, options);
}

/** The database that clients take where the string names none. Those of the others depend on the user and the environment. */
const DEFAULTS: Readonly<Partial<Record<DatabaseKind, string>>> = { redis: '0', mongodb: 'test' };

/** `variables` are what a migration reads, with `{url}` and `{name}` in the place of the database's. */
export function ownDatabase(url: string, variables: Readonly<Record<string, string>>, options: DatabaseOptions): string {
  const kind = kindOfUrl(url);
  if (kind === undefined) throw new Error(`${withoutPassword(url)} is no connection string of a server on which this library makes databases.`);
  if (kind === 'sqlite') return ownFile(url, variables, options);
  const { run, slot, path } = thisWorker();
  const base = databaseOf(url) ?? DEFAULTS[kind];
  if (base === undefined) throw new Error(`${withoutPassword(url)} names no database, so there is none to make this worker's own from.`);
  const made = runOfName(base);
  if (made?.run === run && made.slot === String(slot)) return url;
  const folder = join(path, 'made', String(slot));
  const key = `${kind} ${serverOf(url)} ${base}`;
  let name = noted(folder, key);
  if (typeof name !== 'string') {
    const from = options.from ?? process.cwd();
    name = kind === 'redis' ? takeRedis(url, from) : create(kind, { url, base, from, variables, options });
    note(folder, key, name);
  }
  return kind === 'mongodb' ? withMongoDatabase(url, name as string) : withDatabase(url, name as string);
}

function ownFile(url: string, variables: Readonly<Record<string, string>>, { from = process.cwd(), template, migrate }: DatabaseOptions): string {
  const parts = fileOf(url);
  if (!parts || parts.path === '' || parts.path.startsWith(':memory:') || /[?&]mode=memory/.test(parts.query)) return url;
  const { path, slot } = thisWorker();
  const folder = join(path, 'tmp', String(slot), 'sqlite');
  if (parts.path.startsWith(folder)) return url;
  // Prisma reads `file:` from beside its schema.
  const places = [resolve(from, parts.path), resolve(from, 'prisma', parts.path)];
  const named = places.find((place) => existsSync(place)) ?? places[0]!;
  const target = join(folder, digest(named, 8), basename(named));
  const own = `${parts.scheme}${target}${parts.query}`;
  if (existsSync(target)) return own;
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const wanted =
    typeof template === 'string' ? resolve(from, template) : template === undefined && migrate === undefined && existsSync(named) ? named : undefined;
  ask({ do: 'sqlite', from, source: wanted, target, url: own, migrate, variables });
  return own;
}

/** The variables that this worker has pointed at its own already. */
export function pointed(): Readonly<Record<string, string>> {
  const { run, slot } = thisWorker();
  const { by, set } = JSON.parse(process.env['ISOLATION_AUDIT_POINTED'] ?? '{}') as { readonly by?: string; readonly set?: Record<string, string> };
  return by === `${run} ${slot}` ? (set ?? {}) : {};
}

export function markPointed(set: Readonly<Record<string, string>>): void {
  const { run, slot } = thisWorker();
  process.env['ISOLATION_AUDIT_POINTED'] = JSON.stringify({ by: `${run} ${slot}`, set });
}

interface Creation {
  readonly url: string;
  readonly base: string;
  readonly from: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly options: DatabaseOptions;
}

function create(kind: ServerKind, { url, base, from, variables, options: { template, migrate } }: Creation): string {
  const { run, slot, path } = thisWorker();
  const name = nameOf({ base, run, slot, kind });
  const shared = nameOf({ base, run, slot: 't', kind });
  claim(path, { kind, url, from, name });
  ask({ do: 'create', kind, place: path, url, from, name, shared, template, migrate, variables });
  return name;
}

/**
 * `base` with the run and the worker in it, for clients that put a prefix before their keys: where a server has too few databases, or is a cluster. Keys
 * that begin with it are deleted at the end. `KEYS`, `SCAN`, `FLUSHDB` and pub/sub know no prefix.
 */
export function workerKeyPrefix(url: string, base: string, { from = process.cwd() }: Pick<DatabaseOptions, 'from'> = {}): string {
  const { run, slot, path } = thisWorker();
  const prefix = nameOf({ base, run, slot, kind: 'redis' });
  claim(path, { kind: 'redis-keys', url, from, name: prefix });
  return prefix;
}

function takeRedis(url: string, from: string): string {
  const { run, slot, path } = thisWorker();
  claim(path, { kind: 'redis', url, from, name: '' });
  return String(ask({ do: 'redis', run, slot, url, from }));
}

const claim = (path: string, what: Claim): void => note(claimFolder(path), `${what.kind} ${serverOf(what.url)} ${what.name}`, what);
