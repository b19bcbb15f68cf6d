/**
 * What the hub saw of one run: every command that a test sent to a service, whose it was and what it touched.
 * Plain data; it must not know how the run was started, nor what anybody concludes from it.
 */

import type { HeldCommand } from '../model/verdict.js';
import type { LockFiles } from './lock-files.js';

export type ServiceKind = 'redis' | 'postgres' | 'mysql' | 'mongodb' | 'neo4j';
/** What this machine itself gives to all tests. */
export type LocalKind = 'files' | 'ports';

/**
 * `keyspace` is all keys of a Redis database, or those that fit a pattern; `schema` and `database` all tables inside; `server` all that a server holds.
 * Sequences and views count as tables.
 */
export type TouchKind =
  'key' | 'keyspace' | 'channel' | 'table' | 'schema' | 'collection' | 'label' | 'lock' | 'role' | 'database' | 'server' | 'path' | 'port';

/** `clear` takes away what others have put there: FLUSHDB, TRUNCATE, DROP, DELETE without WHERE, `fs.rm`. */
export type Access = 'read' | 'write' | 'clear';

export interface Touch {
  readonly kind: TouchKind;
  /** The key, table (`schema.table` where the statement says so, unless it is `public`), channel; the pattern of a `keyspace`; a path from the project's root on, else as it is watched. Empty for all keys, the database of the command, the server. */
  readonly name: string;
  readonly access: Access;
  /** Where that is not the database of the command. */
  readonly database?: string;
}

/** One command, or one statement of several that a client sent as one; or one call of Node for a path or a port. */
export interface Command {
  /** Order in which the hub let them go on to the services, over all connections, from 0. */
  readonly seq: number;
  /** Commands with the same unit are answered together (a transaction that Redis queues, statements in one PostgreSQL query or pipeline): nothing comes between them. */
  readonly unit: number;
  /** Milliseconds since the run began when the hub passed it on; `answered` when its whole answer was there. */
  readonly at: number;
  readonly answered?: number;
  /** Milliseconds for which the schedule held it back. */
  readonly held?: number;
  readonly role: string;
  /** Number of the connection in this run, over all services. */
  readonly connection: number;
  readonly process: { readonly pid: number; readonly thread: number };
  /** Worker id as the runner gives it (JEST_WORKER_ID, VITEST_POOL_ID, MOCHA_WORKER_ID). */
  readonly worker?: string;
  /** As the runner's hooks marked them; absent before the first mark. A concurrent test is marked by its file alone. */
  readonly file?: string;
  readonly test?: string;
  readonly service: ServiceKind | LocalKind;
  /** Database name, or number for Redis; of MySQL in small letters; empty for paths and ports. */
  readonly database: string;
  /** In capitals: `SET`, `CONFIG SET`, `INSERT`, `TRUNCATE`, `BEGIN`. Calls as Node names them, without `Sync`: `writeFile`, `listen`. */
  readonly operation: string;
  readonly touches: readonly Touch[];
  /** Short, for people: at most 200 characters, parameters of statements included. */
  readonly text: string;
  /** `none`: the connection or the run ended before the answer. */
  readonly reply: 'ok' | 'error' | 'none';
  /** Inside a transaction that was open before it, or opened by it. */
  readonly inTransaction: boolean;
}

/** A command that a schedule speaks of, of what can be recorded. */
export interface Step extends HeldCommand {
  readonly service: ServiceKind | LocalKind;
  readonly touch?: Pick<Touch, 'kind' | 'name'>;
}

/** The operation of a step that no call takes: the role is over. */
export const END = 'end';

export const isLocal = ({ service }: Pick<Step, 'service'>): boolean => service === 'files' || service === 'ports';

export interface ScheduleOutcome {
  /**
   * `followed`: all steps were answered, in order. `blocked`: the service or the protocol itself forbids the order (a lock, a transaction that is
   * one unit). `not-reached`: a role ended, or was silent for too long, before a step of its own.
   */
  readonly outcome: 'followed' | 'blocked' | 'not-reached';
  /** Steps that were answered in order. */
  readonly reached: number;
  /** A sentence without a full stop, where it was not followed. */
  readonly why?: string;
  /** Told when the run is over, where there were any. */
  readonly under?: LockFiles['under'];
}

/** Where something happened: what is known of the process and the test. */
export interface Origin {
  readonly role: string;
  readonly process: { readonly pid: number; readonly thread: number };
  readonly worker?: string;
  readonly file?: string;
  readonly test?: string;
}

/** A dial to an address outside this machine, which was refused, or one that was led to the hub although another host was asked for. */
export interface Dial extends Origin {
  /** `db.prod.example:5432`. */
  readonly address: string;
  readonly refused: boolean;
}

/** Bytes that passed the hub without being understood. */
export interface Unread extends Origin {
  readonly connection: number;
  readonly service: ServiceKind;
  /** A fragment: `TLS`, `replication`, `not RESP`. */
  readonly why: string;
}

export interface Recording {
  readonly commands: readonly Command[];
  /** Calls for paths that were watched, and for ports that the tests chose, where the run was told to watch. */
  readonly uses: readonly Command[];
  /** Of a run with steps. */
  readonly schedule?: ScheduleOutcome;
  readonly dials: readonly Dial[];
  readonly unread: readonly Unread[];
}

/**
 * What the preload leaves in every process and thread of a run at `process[Symbol.for('isolation-audit.lab')]`, for the hooks that runner
 * adapters bring. `process`, since it alone is the same inside the sandboxes of Jest and Vitest.
 */
export interface LabHandle {
  /** What is sent from now on belongs to this test of this file; without a test to the file alone, without a file to nobody. */
  mark(file?: string, test?: string): void;
}
