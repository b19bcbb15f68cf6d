/** What a worker asks of the process that does its waiting, and what it notes of what was made. */
import type { DatabaseKind } from '../urls.js';

/** Something on a server that this library has made for a run and removes at its end. */
export interface Claim {
  readonly kind: Exclude<DatabaseKind, 'sqlite'> | 'redis-keys';
  /** With the database that the project names. */
  readonly url: string;
  /** Where the project's client of the server is found. */
  readonly from: string;
  /** Of the database, or what its keys begin with. */
  readonly name: string;
}

/** Servers on which databases have names. */
export type ServerKind = Exclude<DatabaseKind, 'redis' | 'sqlite'>;

export interface CreateDatabase {
  readonly do: 'create';
  readonly kind: ServerKind;
  readonly place: string;
  readonly url: string;
  readonly from: string;
  /** The database to make. */
  readonly name: string;
  /** The one that the workers of a run clone, where `migrate` fills it. */
  readonly shared: string;
  /** What to clone; nothing for the project's own database where there is one, false for an empty one. */
  readonly template?: string | false | undefined;
  /** A command that fills an empty database. */
  readonly migrate?: string | undefined;
  /** What the command reads its database from: variables and what they hold, with `{name}` and `{url}` for those of the database. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Takes a logical database of a Redis server. Answers with its number. */
export interface TakeRedis {
  readonly do: 'redis';
  readonly run: string;
  readonly slot: number;
  readonly url: string;
  readonly from: string;
}

/** A file for the worker. */
export interface CopySqlite {
  readonly do: 'sqlite';
  readonly from: string;
  /** Nothing where the project's file is not there, or a migration fills an empty one. */
  readonly source: string | undefined;
  readonly target: string;
  /** The connection string of the target. */
  readonly url: string;
  readonly migrate?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

/** Reserves a port for the run. Answers with it. */
export interface ReservePort {
  readonly do: 'port';
  readonly run: string;
}

export interface EndRun {
  readonly do: 'end';
  readonly place: string;
}

export type Request = CreateDatabase | TakeRedis | CopySqlite | ReservePort | EndRun;
