/** Databases that belong to one worker: made when they are first asked for, once for all files that the worker runs. */
import { join } from 'node:path';
import { nameOf, runOfName } from './names.js';
import { note, noted } from './place.js';
import { ask } from './service.js';
import { claimFolder } from './service/claims.js';
import type { Claim } from './service/requests.js';
import { thisWorker } from './slot.js';
import { databaseOf, kindOfUrl, serverOf, withDatabase, withoutPassword } from './urls.js';

export interface DatabaseOptions {
  /** What to clone: a database of the same server, or false for an empty one. Without it, the one that the connection string names, where there is one. */
  readonly template?: string | false;
  /** A shell command that fills an empty database, run once in a run. It finds the database in `DATABASE_URL`. */
  readonly migrate?: string;
  /** A directory in which the project's client can be resolved. Without it, the working directory. */
  readonly from?: string;
}

/**
 * The connection string of this worker's own database on the server of `url`. The first call of a worker makes the database, and waits for it.
 * Understands PostgreSQL (`postgres:`) and Redis (`redis:`, where it is a logical database).
 */
export function workerDatabase(url: string, options: DatabaseOptions = {}): string {
  return Object.values(pointed()).includes(url) ? url : ownDatabase(url, { DATABASE_URL: '{url}' }, options);
}

/** `variables` are what a migration reads, with `{url}` and `{name}` in the place of the database's. */
export function ownDatabase(url: string, variables: Readonly<Record<string, string>>, options: DatabaseOptions): string {
  const kind = kindOfUrl(url);
  if (kind === undefined) throw new Error(`${withoutPassword(url)} is no connection string of a server on which this library makes databases.`);
  const { run, slot, path } = thisWorker();
  const base = databaseOf(url) ?? (kind === 'redis' ? '0' : undefined);
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
  return withDatabase(url, name as string);
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

function create(kind: 'postgres', { url, base, from, variables, options: { template, migrate } }: Creation): string {
  const { run, slot, path } = thisWorker();
  const name = nameOf({ base, run, slot, kind });
  const shared = nameOf({ base, run, slot: 't', kind });
  claim(path, { kind, url, from, name });
  ask({ do: 'create', kind, place: path, url, from, name, shared, template, migrate, variables });
  return name;
}

function takeRedis(url: string, from: string): string {
  const { run, slot, path } = thisWorker();
  claim(path, { kind: 'redis', url, from, name: '' });
  return String(ask({ do: 'redis', run, slot, url, from }));
}

const claim = (path: string, what: Claim): void => note(claimFolder(path), `${what.kind} ${serverOf(what.url)} ${what.name}`, what);
